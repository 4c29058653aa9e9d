import Formats
import Market

/// What the first rows of a table of flows show of its columns and its unit.
struct FlowEvidence {
  /// Dollars that never went into or out of all funds of an asset on one day.
  static let most = 20e9

  private let layout: FileLayout
  private let amounts: AmountText
  private let unit: Int64
  private let known: Set<String>

  /// - Parameters:
  ///   - unit: what the flows are counted in, in dollars.
  ///   - known: tickers of the funds that are known.
  init(_ layout: FileLayout, _ amounts: AmountText, unit: Int64, known: Set<String>) {
    self.layout = layout
    self.amounts = amounts
    self.unit = unit
    self.known = known
  }

  /// Whether a ticker of a long table stands for all funds together.
  static func isTotal(_ ticker: String) -> Bool { ["TOTAL", "SUM", "ALL"].contains(ticker.uppercased()) }

  static func absurd(_ dollars: Double) -> String {
    "\(told(dollars)) dollars in a day, more than ever went into or out of all funds"
  }

  /// `64,000,000,000`, by groups, since so large a number cannot be read without.
  private static func told(_ dollars: Double) -> String {
    guard abs(dollars) < 1e18 else { return "\(dollars)" }
    var text = ""
    for (index, digit) in String(Int64(abs(dollars))).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (dollars < 0 ? "-" : "") + String(text.reversed())
  }

  // MARK: Totals

  private static let totals = "totals-only"

  /// Whether the file says what all funds come to, and of no single one; noted in the order.
  static func hasTotalsOnly(_ layout: FileLayout, _ order: inout ImportOrder) throws(FileRefusal) -> Bool {
    if order.isSettled, order.findings["columns"] != nil { return order.findings[totals] != nil }
    let isOnly: Bool
    if let column = layout.plan[.ticker] {
      let tickers = Set(layout.rows.compactMap { column < $0.count ? $0[column] : nil })
      isOnly = !tickers.isEmpty && tickers.allSatisfy(isTotal)
    } else {
      isOnly = layout.plan.funds.isEmpty
      guard !isOnly || layout.plan.totals.count == 1 else {
        let names = layout.plan.totals.sorted().filter { $0 < layout.header.count }.map { layout.header[$0] }
        throw FileRefusal(
          "it has no column of a fund and \(names.count) of totals (\(names.joined(separator: ", ")))",
          hint: "Leave out all but one: --skip-column '\(names.dropFirst().joined(separator: ","))'")
      }
    }
    if isOnly { order.findings[totals] = "1" }
    return isOnly
  }

  // MARK: The unit

  /// What one unit is worth, in dollars: as told, else by the header, else by the layout that was named.
  static func unit(_ order: ImportOrder, _ layout: FileLayout) throws(FileRefusal) -> Int64 {
    if order.isSettled, let unit = order.unit { return unit }
    let columns = layout.plan[.flow].map { [$0] } ?? layout.plan.totals.sorted()
    let named = columns.filter { $0 < layout.header.count }.map { layout.header[$0] }
    let ofHeader = named.compactMap { name in HeaderWords.unit(ofFlow: name).map { (name, $0) } }.first
    if let told = order.unit {
      // Who names the column himself has read its name.
      guard let (name, unit) = ofHeader, unit != told, order.columns.isEmpty else { return told }
      throw FileRefusal(
        "its column '\(Excerpt.of(name, limit: 40))' is in \(words(unit)), and --unit says \(words(told))",
        hint: "Leave --unit away" + ([1, 1_000_000].contains(unit) ? ", or say --unit \(words(unit))" : ""))
    }
    if let unit = ofHeader?.1 ?? layout.named?.unit { return unit }
    throw FileRefusal(
      "nothing in it says what its flows are counted in", hint: "Say --unit millions or --unit dollars")
  }

  private static func words(_ unit: Int64) -> String {
    [1: "dollars", 1000: "thousands", 1_000_000: "millions", 1_000_000_000: "billions"][unit] ?? "units of \(unit)"
  }

  // MARK: Columns that are no fund

  private struct Column {
    let name: String
    /// Dollars by row, where there is a number, with the row.
    let flows: [(dollars: Double, row: Int)]
    /// Of the sizes that are not 0.
    let median: Double
    let largest: (dollars: Double, row: Int)
  }

  /// - Throws: what is asked where a column is no fund, or the unit is wrong.
  func check(_ order: ImportOrder) throws(FileRefusal) {
    let columns = self.columns
    let absurd = columns.filter { abs($0.largest.dollars) > FlowEvidence.most }
    for column in columns
    where !known.contains(column.name) && column.name != EtfFlow.allFunds && layout.plan[.ticker] == nil {
      let others = columns.filter { $0.name != column.name }
      guard !others.isEmpty, let why = whyNoFund(column, others, absurd) else { continue }
      throw FileRefusal(
        "its column \(column.name) is no fund: \(why)", hint: "Leave it out: --skip-column \(column.name)")
    }
    guard let worst = absurd.max(by: { abs($0.largest.dollars) < abs($1.largest.dollars) }) else { return }
    let (name, words) = (worst.name, FlowEvidence.words(unit))
    throw FileRefusal(
      "counted in \(words), \(name) has \(FlowEvidence.absurd(worst.largest.dollars))",
      hint: unit > 1 && absurd.allSatisfy { abs($0.largest.dollars) / Double(unit) <= FlowEvidence.most }
        ? "Say --unit dollars" : "Leave it out: --skip-column \(name)")
  }

  private func whyNoFund(_ column: Column, _ others: [Column], _ absurd: [Column]) -> String? {
    let isAlone = absurd.allSatisfy { $0.name == column.name }
    if abs(column.largest.dollars) > FlowEvidence.most, isAlone {
      return "it has \(FlowEvidence.absurd(column.largest.dollars))"
    }
    let next = others.map(\.median).max() ?? 0
    if column.median > 5 * next, column.median > 2e9, isAlone {
      return
        "half of its values are above \(FlowEvidence.told(column.median)) dollars, far beyond those of all others"
    }
    if FlowEvidence.notFunds.contains(column.name) { return "it is called so" }
    return hardlyMoves(column) ? "its values hardly change from row to row, as a price's or a size's do" : nil
  }

  /// Flows change their sign and their size from day to day.
  private func hardlyMoves(_ column: Column) -> Bool {
    guard column.flows.count > 2, column.flows.allSatisfy({ $0.dollars > 0 }) else { return false }
    let steps = zip(column.flows, column.flows.dropFirst()).filter { $0.dollars != $1.dollars }
    return !steps.isEmpty && steps.allSatisfy { abs($1.dollars / $0.dollars - 1) < 0.2 }
  }

  private static let notFunds: Set<String> = [
    "PRICE", "CLOSE", "OPEN", "HIGH", "LOW", "AUM", "NAV", "VOLUME", "VOL", "MCAP", "CUM", "CUMUL", "SHARES", "YEAR",
    "MONTH", "WEEK", "DAY", "ID", "INDEX", "BTCUSD", "ETHUSD", "NET",
  ]

  private var columns: [Column] {
    if let ticker = layout.plan[.ticker], let flow = layout.plan[.flow] {
      let rows = layout.rows.enumerated().filter { ticker < $1.count }
      return Dictionary(grouping: rows) { $0.element[ticker] }.sorted { $0.key < $1.key }.compactMap { name, rows in
        column(name, rows.map { ($0.offset, $0.element) }, flow)
      }
    }
    let own = layout.plan.funds.sorted { $0.key < $1.key } + layout.plan.totals.sorted().map { ($0, EtfFlow.allFunds) }
    return own.compactMap { column($1, Array(layout.rows.enumerated()).map { ($0.offset, $0.element) }, $0) }
  }

  private func column(_ name: String, _ rows: [(Int, [String])], _ index: Int) -> Column? {
    let flows = rows.compactMap { number, row in
      (index < row.count ? amounts.number(row[index]) : nil).map { (dollars: $0 * Double(unit), row: number) }
    }
    guard let largest = flows.max(by: { abs($0.dollars) < abs($1.dollars) }) else { return nil }
    let sizes = flows.map { abs($0.dollars) }.filter { $0 > 0 }.sorted()
    return Column(
      name: name, flows: flows, median: sizes.isEmpty ? 0 : sizes[sizes.count / 2], largest: largest)
  }
}
