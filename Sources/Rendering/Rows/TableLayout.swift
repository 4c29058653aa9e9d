import Market

/// Which columns of a table are shown in a given width, and how wide.
///
/// Long texts and headings give way first, the widest before the others; where that is not enough, columns are left
/// out by their rank, those to the right before the others, and a column of `…` says so, unless a usual one has its place.
/// Numbers are never cut: a number with digits missing is another number. For people headings are not cut either, and a
/// column goes instead.
struct TableLayout: Equatable {
  /// Which columns are shown, in order.
  let shown: [Int]
  /// Their widths.
  private(set) var widths: [Int]
  /// Whether a column of `…` says that some are left out.
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
  ///     instead; words of more than 40 are cut all the same, and those of columns that say so.
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
      if let enough = columns[index].least { return min(natural[index], max(enough, headings[index])) }
      guard let words else { return least }
      return max(least, min(headings[index], limit), min(words[index], Self.longestWord, natural[index]))
    }
    (shown, leavesOut) = Self.chosen(columns, smallest, limit)
    let isTooNarrow = Self.total(shown.map { smallest[$0] }, leavesOut: leavesOut) > limit
    widths = shown.map { natural[$0] }
    let isLoneText = shown.count == 1 && columns[shown[0]].kind == .text
    shrink(to: limit, atLeast: isTooNarrow && isLoneText ? [1] : shown.map { smallest[$0] })
  }

  private static func chosen(_ columns: [Column], _ widths: [Int], _ limit: Int) -> (shown: [Int], leavesOut: Bool) {
    guard total(widths, leavesOut: false) > limit else { return (Array(columns.indices), false) }
    let bare = fitting(columns, widths, limit, leavesOut: false)
    let marked = fitting(columns, widths, limit, leavesOut: true)
    func usual(_ shown: [Int]) -> Int { shown.count { columns[$0].rank == .usual } }
    if usual(bare) > usual(marked) { return (bare, false) }
    // One column is shown, however wide it is.
    let first = Column.Rank.allCases.lazy.compactMap { rank in columns.firstIndex { $0.rank == rank } }.first
    return (marked.isEmpty ? [first ?? 0] : marked, columns.count > 1)
  }

  /// Rank by rank, from the left. Where a usual column has no room others of its rank may have some; where a name or a
  /// minor column has none, nothing that ranks lower is shown.
  private static func fitting(_ columns: [Column], _ widths: [Int], _ limit: Int, leavesOut: Bool) -> [Int] {
    var shown: [Int] = []
    func take(_ more: [Int]) -> Bool {
      guard total((shown + more).map { widths[$0] }, leavesOut: leavesOut) <= limit else { return false }
      shown += more
      return true
    }
    for rank in Column.Rank.allCases {
      let ranked = columns.indices.filter { columns[$0].rank == rank }
      if rank == .range {
        _ = take(ranked)
        continue
      }
      let isWhole = rank == .usual ? ranked.filter { !take([$0]) }.isEmpty : ranked.allSatisfy { take([$0]) }
      if !isWhole { break }
    }
    return shown.sorted()
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
