/// Which columns of a table are shown in a given width, and how wide.
///
/// Texts and headings give way first, the widest before the others; then columns are left out from the right, and a
/// column of `…` says so. Numbers are never cut: a number with digits missing is another number.
struct TableLayout: Equatable {
  /// Widths of the columns shown, from the first on.
  private(set) var widths: [Int]
  private(set) var leavesOut = false

  /// Texts are not cut below this, as long as columns to their right can go instead.
  private static let smallestText = 8
  /// Spaces between columns.
  static let gap = 2

  /// - Parameters:
  ///   - columns: what the columns hold.
  ///   - headings: the widths of their names.
  ///   - cells: the widths of their widest cells.
  ///   - limit: the width there is; `nil` for any.
  init(columns: [Column], headings: [Int], cells: [Int], limit: Int?) {
    widths = zip(headings, cells).map(max)
    guard let limit else { return }
    let smallest = columns.indices.map { index in
      columns[index].kind == .text ? min(widths[index], Self.smallestText) : max(cells[index], min(widths[index], 3))
    }
    shrink(to: limit, atLeast: smallest)
    while total > limit, widths.count > 1 {
      widths.removeLast()
      leavesOut = true
    }
    shrinkLast(to: limit, columns: columns)
  }

  private var total: Int {
    widths.reduce(0, +) + Self.gap * (widths.count - 1) + (leavesOut ? Self.gap + 1 : 0)
  }

  private mutating func shrink(to limit: Int, atLeast smallest: [Int]) {
    while total > limit {
      let candidates = widths.indices.filter { widths[$0] > smallest[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }

  /// A single text column is cut as far as it has to be.
  private mutating func shrinkLast(to limit: Int, columns: [Column]) {
    guard total > limit, widths.count == 1, columns[0].kind == .text else { return }
    widths[0] = max(1, widths[0] - (total - limit))
  }
}
