import Formats
import Market

/// Reads fund flows from a table: wide, a column a fund, or long, a row a fund and day.
final class FlowFile: FactFile {
  let layout: String
  let settled: ImportOrder
  let remarks: [String]
  private(set) var tally = FileTally()
  private let series: SeriesKey
  private let asset: String?
  private let plan: ColumnPlan
  private let unit: Int64
  private let amounts: AmountText
  private let today: Day
  private var lines: FileLines
  private var times: TimeColumn
  private var table = FlowTable()
  private let funds: FundOwners
  private var filter: RowFilter

  /// - Parameter knowledge: the funds that are known, with the assets that they hold.
  init(
    _ order: ImportOrder, series: SeriesKey, knowing knowledge: FileKnowledge?, sample: UnsafeRawBufferPointer,
    isWhole: Bool, at now: Instant
  ) throws(FileRefusal) {
    let mark = FileMark.length(sample)
    var found = try FileLayout.of(sample, isWhole: isWhole, order: order)
    let amounts = AmountText(decimalComma: order.decimalComma, grouped: false)
    if !order.isSettled {
      found.plan = FlowFile.withoutTotals(found)
    }
    funds = FundOwners(order, knowing: knowledge)
    var evidence = SymbolEvidence(found, order, SymbolReader(order, knowing: knowledge), isWhole: isWhole)
    filter = try evidence.filter()
    remarks = evidence.told
    if !order.isSettled { try funds.check(found.plan, filter.rows(found.rows)) }
    let plan = found.plan
    times = try TimeColumn(plan, rows: filter.rows(found.rows), order: order)
    unit = try FlowFile.unit(order, found)
    self.plan = plan
    self.amounts = amounts
    var settled = order
    found.settle(&settled)
    times.settle(&settled)
    settled.unit = unit
    filter.settle(&settled)
    funds.settle(&settled)
    self.settled = settled
    self.series = series
    asset = order.asset
    lines = FileLines(found, mark: mark)
    today = now.day
    let shape = plan.funds.isEmpty ? "a row a fund" : "\(plan.funds.count) funds"
    layout = "\(found.words), \(shape), in \(unit == 1 ? "dollars" : "units of \(unit) dollars")"
  }

  // MARK: What the header and the first rows tell

  /// A column that is the sum of the others is none of a fund, whatever it is called.
  private static func withoutTotals(_ layout: FileLayout) -> ColumnPlan {
    var plan = layout.plan
    guard plan.totals.isEmpty, let last = plan.funds.keys.max(), plan.funds.count > 2 else { return plan }
    let sums = layout.rows.compactMap { row -> Bool? in
      let values = plan.funds.keys.sorted().map { $0 < row.count ? Double(row[$0]) ?? 0 : 0 }
      guard let total = values.last, values.contains(where: { $0 != 0 }) else { return nil }
      return abs(values.dropLast().reduce(0, +) - total) < 0.2
    }
    guard sums.count > 2, sums.count(where: { $0 }) * 100 >= sums.count * 95 else { return plan }
    plan.funds[last] = nil
    plan.totals.insert(last)
    return plan
  }

  private static func unit(_ order: ImportOrder, _ layout: FileLayout) throws(FileRefusal) -> Int64 {
    if let unit = order.unit ?? layout.named?.unit { return unit }
    if let column = layout.plan[.flow], column < layout.header.count,
      let unit = HeaderWords.unit(ofFlow: layout.header[column])
    {
      return unit
    }
    throw FileRefusal(
      "nothing in it says what its flows are counted in", hint: "Say --unit millions or --unit dollars")
  }

  // MARK: Rows

  func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(FileRefusal) -> FilePart {
    lines.read(piece, isLast: isLast) { bytes, row, place, isEndless in
      tally.lines += 1
      add(bytes, row, place, isEndless)
    } end: { _, _ in
    }
    guard isLast else { return FilePart(reading: SeriesReading(series: series, facts: .flows([]), covers: nil)) }
    if let fault = filter.refusalOfAll(asked: asset) { throw fault }
    tally.leftOut.merge(filter.leftOut) { $1 }
    return settle()
  }

  private func add(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ place: FilePlace, _ isEndless: Bool)
  {
    let line = FlowTable.Line(
      place: place, excerpt: Excerpt.of(UnsafeBufferPointer(start: bytes + row.start, count: row.end - row.start)))
    guard !isEndless, !row.hasStrayQuote, row.count >= plan.width, !row.isTooWide else {
      return table.refuse(.malformed, nil, "it has \(row.count) fields where \(plan.width) are needed", line)
    }
    guard row.count >= filter.width, filter.verdict(bytes, row) == .taken else { return }
    let day: Day
    switch times.place(bytes, row) {
    case .key(let key): day = Instant(epochSeconds: key).day
    case .refused(let reason, let detail): return table.refuse(reason, nil, detail, line)
    }
    guard day < today else {
      tally.notFinal += 1
      return
    }
    if plan.funds.isEmpty {
      long(bytes, row, day, line)
    } else {
      wide(bytes, row, day, line)
    }
  }

  private func long(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ day: Day, _ line: FlowTable.Line) {
    guard let tickerColumn = plan[.ticker], let flowColumn = plan[.flow] else { return }
    let ticker = DelimitedText.text(row[tickerColumn], in: bytes)
    guard (1...12).contains(ticker.utf8.count), ticker.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      return table.refuse(.malformed, day, "its ticker is none", line)
    }
    if ["TOTAL", "SUM"].contains(ticker.uppercased()) {
      tally.passedOver += 1
      return
    }
    if let owner = funds.otherOwner(of: ticker) {
      tally.leftOut["\(ticker), a fund of \(owner)", default: 0] += 1
      return
    }
    switch dollars(bytes, row[flowColumn]) {
    case .some(let value): table.add([ticker: value], on: day, line)
    case nil: table.refuse(.notANumber, day, "its flow is not a number", line)
    }
  }

  private func wide(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ day: Day, _ line: FlowTable.Line) {
    var flows: [String: Int64?] = [:]
    for (column, ticker) in plan.funds {
      guard let value = dollars(bytes, row[column]) else {
        return table.refuse(.notANumber, day, "the flow of \(ticker) is not a number", line)
      }
      flows[ticker] = .some(value)
    }
    let sum = flows.values.compactMap { $0 }.reduce(0, &+)
    for column in plan.totals where column < row.count {
      // Each fund and the total are rounded to a tenth of a million.
      if case .some(.some(let total)) = dollars(bytes, row[column]),
        abs(total - sum) > unit / 10 * Int64(flows.count + 1)
      {
        return table.refuse(
          .contradictory, day, "its funds sum to \(sum) dollars and its total says \(total)", line, saying: flows)
      }
    }
    for (ticker, owner) in flows.keys.compactMap({ ticker in funds.otherOwner(of: ticker).map { (ticker, $0) } }) {
      flows[ticker] = nil
      tally.leftOut["\(ticker), a fund of \(owner)", default: 0] += 1
    }
    table.add(flows, on: day, line)
  }

  /// Whole dollars; `.some(nil)` where the fund has not reported, `nil` where there is no number.
  private func dollars(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Int64?? {
    switch amounts.value(bytes, field) {
    case .blank: return .some(nil)
    case .other: return loss(bytes, field).map { .some($0) }
    case .number(let value): return whole(value).map { .some($0) }
    }
  }

  /// A number in parentheses, as accountants and Farside write a loss.
  private func loss(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Int64? {
    guard field.range.count > 2, bytes[field.start] == UInt8(ascii: "("), bytes[field.end - 1] == UInt8(ascii: ")")
    else {
      return nil
    }
    var inner = field
    inner.start += 1
    inner.end -= 1
    guard case .number(let value) = amounts.value(bytes, inner), value >= 0 else { return nil }
    return whole(-value)
  }

  private func whole(_ value: Double) -> Int64? {
    Int64(exactly: (value * Double(unit)).rounded())
  }

  // MARK: The table

  private func settle() -> FilePart {
    let (flows, places, refusals) = table.settled()
    tally.refused = Dictionary(refusals.map { ($0.reason, 1) }, uniquingKeysWith: +)
    tally.folded = table.folded
    tally.passedOver += table.passedOver
    let covers = flows.first.flatMap { first in flows.last.map { first.day.start...$0.day.start } }
    if let covers { tally.extent = covers }
    return FilePart(
      reading: SeriesReading(series: series, facts: .flows(flows), refusals: refusals, covers: covers), places: places)
  }
}
