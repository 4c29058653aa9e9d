import Formats
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rows of several assets or sources in one file, where no name says so: the price jumps wherever some column of few
/// values changes, or rows of one time contradict each other and such a column tells them apart.
struct GroupEvidence {
  private let columns: SampleColumns
  private let order: ImportOrder
  private let times: [String]
  private let prices: [Double?]

  init(_ columns: SampleColumns, _ order: ImportOrder) {
    self.columns = columns
    self.order = order
    let plan = columns.layout.plan
    let timed = [plan[.time], plan[.clock], plan[.text]].compactMap { $0 }
    let grid = order.rhythm.grid
    times = columns.rows.map { row in
      timed.contains { GroupEvidence.isTime(columns.text(row, $0), on: grid) }
        ? timed.map { columns.text(row, $0) }.joined(separator: " ") : ""
    }
    let price = plan[.close] ?? plan[.value]
    prices = columns.rows.map { row in price.flatMap { SampleColumns.number(columns.text(row, $0)) } }
  }

  /// An epoch that opens no bar may be rounded, and then says nothing of rows that bear the same.
  private static func isTime(_ text: String, on grid: OpeningGrid) -> Bool {
    guard let seconds = Int64(text), seconds >= 100_000_000 else { return FileLayout.isTime(text) }
    let unit: Int64 = seconds < 100_000_000_000 ? 1 : seconds < 100_000_000_000_000 ? 1000 : 1_000_000
    return grid.step >= 86_400 || seconds % unit == 0 && grid.opens(at: seconds / unit)
  }

  func judge() throws(FileRefusal) {
    guard columns.rows.count > 2 else { return }
    let doubled = doubled()
    for column in 0..<columns.width where mayGroup(column) {
      guard let values = columns.values(column), (2...50).contains(values.counts.count),
        values.counts.count * 2 <= columns.rows.count
      else { continue }
      let groups = columns.rows.map { values.places[RowFilter.key(columns.text($0, column))] ?? 0 }
      if order.dataset == .bar, jumps(groups) {
        throw ask(column, values, "and the price jumps where it changes")
      }
      if tellsApart(doubled, groups) { throw ask(column, values, "and rows of one time differ by it") }
    }
    try judgeContradictions(doubled)
  }

  private func mayGroup(_ column: Int) -> Bool { columns.areWords(column) || columns.areNumbers(column) }

  // MARK: Jumps

  private func jumps(_ groups: [Int]) -> Bool {
    var last: [Int: Double] = [:]
    var within: [Double] = []
    var across: [Double] = []
    var before: (group: Int, price: Double)?
    for (group, price) in zip(groups, prices) {
      guard let price, price > 0 else { continue }
      if let own = last[group] { within.append(abs(log(price / own))) }
      if let before, before.group != group { across.append(abs(log(price / before.price))) }
      last[group] = price
      before = (group, price)
    }
    guard !across.isEmpty, !within.isEmpty else { return false }
    let usual = within.sorted()[within.count / 2]
    let least = max(0.12, 8 * usual)
    return across.count(where: { $0 > least }) * 10 >= across.count * 8
      && within.count(where: { $0 > least }) * 20 <= within.count
  }

  // MARK: Rows of one time

  /// Rows that bear the same time and another price, in groups.
  private func doubled() -> [[Int]] {
    let byTime = Dictionary(grouping: columns.rows.indices.filter { !times[$0].isEmpty }) { times[$0] }
    return byTime.values.filter { rows in rows.count > 1 && rows.contains { prices[$0] != prices[rows[0]] } }
  }

  private func tellsApart(_ doubled: [[Int]], _ groups: [Int]) -> Bool {
    guard !doubled.isEmpty, doubled.count * 10 >= Set(times).count else { return false }
    return doubled.count(where: { Set($0.map { groups[$0] }).count == $0.count }) * 10 >= doubled.count * 9
  }

  private func judgeContradictions(_ doubled: [[Int]]) throws(FileRefusal) {
    let involved = doubled.reduce(0) { $0 + $1.count }
    guard involved * 2 > columns.rows.count, let first = doubled.map({ $0.sorted() }).min(by: { $0[0] < $1[0] }),
      let other = first.first(where: { prices[$0] != prices[first[0]] })
    else { return }
    func price(_ row: Int) -> String { prices[row].map { "\($0)" } ?? "nothing" }
    throw FileRefusal(
      "\(involved) of its first \(columns.rows.count) rows contradict each other: at \(Excerpt.of(times[other], limit: 40)) "
        + "one says \(price(first[0])) and another \(price(other))",
      hint:
        "They may be of several assets or sources, which nothing in it tells apart; import them from files of their own"
    )
  }

  // MARK: Words

  private func ask(_ column: Int, _ values: SampleColumns.Values, _ why: String) -> FileRefusal {
    let name = columns.name(column)
    return FileRefusal(
      "its column \(Excerpt.of(name, limit: 40)) says \(columns.shown(values, column)), \(why)",
      hint: "Say which rows to take: "
        + values.counts.prefix(6).map { "--where-column \(SymbolWords.typed("\(name)=\($0.text)"))" }
        .joined(separator: " or "))
  }
}
