import Market

/// Which columns of a table are shown in a given width, and how wide.
///
/// Long texts and headings give way first, the widest before the others; where that is not enough, columns are left
/// out from the right, minor ones before the others, and a column of `…` says so. Numbers are never cut: a number with
/// digits missing is another number. For people headings are not cut either, and a column goes instead.
struct TableLayout: Equatable {
  /// Which columns are shown, in order.
  let shown: [Int]
  /// Their widths.
  private(set) var widths: [Int]
  let leavesOut: Bool

  /// Spaces between columns.
  static let gap = 2
  /// Texts are not cut below this while columns to their right can go instead: an instant fits, and so do names.
  private static let smallestText = 20
  private static let longestWord = 40

  /// - Parameters:
  ///   - columns: what the columns hold.
  ///   - headings: the widths of their names.
  ///   - cells: the widths of their widest cells.
  ///   - limit: the width there is; `nil` for any.
  ///   - words: the widest words of their cells, where no heading and no word is to be cut while another column can go
  ///     instead; words of more than 40 are cut all the same.
  init(columns: [Column], headings: [Int], cells: [Int], limit: Int?, words: [Int]? = nil) {
    let limit = limit ?? .max
    let natural = columns.indices.map { index in
      let isText = columns[index].kind == .text
      return max(min(max(headings[index], cells[index]), limit), isText ? 0 : cells[index])
    }
    let smallest = columns.indices.map { index in
      let least =
        columns[index].kind == .text
        ? min(natural[index], Self.smallestText) : max(cells[index], min(natural[index], 3))
      guard let words else { return least }
      return max(least, min(headings[index], limit), min(words[index], Self.longestWord, natural[index]))
    }
    var shown = Array(columns.indices)
    func least() -> Int { Self.total(shown.map { smallest[$0] }, leavesOut: shown.count < columns.count) }
    while shown.count > 1, least() > limit {
      shown.remove(at: shown.lastIndex { columns[$0].isMinor } ?? shown.count - 1)
    }
    let isTooNarrow = least() > limit
    self.shown = shown
    leavesOut = shown.count < columns.count
    widths = shown.map { natural[$0] }
    let isLoneText = shown.count == 1 && columns[shown[0]].kind == .text
    shrink(to: limit, atLeast: isTooNarrow && isLoneText ? [1] : shown.map { smallest[$0] })
  }

  private static func total(_ widths: some Collection<Int>, leavesOut: Bool) -> Int {
    widths.reduce(0, +) + gap * (widths.count - 1) + (leavesOut ? gap + 1 : 0)
  }

  private mutating func shrink(to limit: Int, atLeast smallest: [Int]) {
    while Self.total(widths, leavesOut: leavesOut) > limit {
      let candidates = widths.indices.filter { widths[$0] > smallest[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }
}
