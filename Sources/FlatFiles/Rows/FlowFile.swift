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
  private let lineWidth: LineWidth
  private let later: LaterHeader?
  /// Whether the file says what all funds come to, and of no single one.
  private let hasTotalsOnly: Bool
  /// Why the file as a whole is not read any further.
  private var end: FileRefusal?
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
    let text = UnsafeRawBufferPointer(rebasing: sample[mark...])
    var settled = order
    let amounts = AmountText(
      try NumberForm.settled(found, text, isWhole: isWhole, columns: found.plan.numbers, &settled))
    try found.check(order, isWhole: isWhole)
    if !order.isSettled {
      found.plan = FlowFile.withoutTotals(found, amounts)
    }
    funds = FundOwners(order, knowing: knowledge)
    var evidence = SymbolEvidence(found, order, SymbolReader(order, knowing: knowledge), isWhole: isWhole)
    filter = try evidence.filter()
    if order.judgesEvidence { try funds.check(found.plan, filter.rows(found.rows)) }
    let plan = found.plan
    lineWidth = try LineWidth(found, &settled)
    later = LaterHeader(found, order)
    hasTotalsOnly = try FlowEvidence.hasTotalsOnly(found, &settled)
    times = try TimeColumn(plan, rows: filter.rows(found.rows), header: found.header, order: order)
    unit = try FlowEvidence.unit(order, found)
    if order.judgesEvidence {
      try FlowEvidence(found, amounts, unit: unit, known: funds.known).check(order)
    }
    remarks = evidence.told + (amounts.form.told.map { [$0] } ?? [])
    self.plan = plan
    self.amounts = amounts
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
    let shape = hasTotalsOnly ? "totals only" : plan.funds.isEmpty ? "a row a fund" : "\(plan.funds.count) funds"
    layout = [found.words, shape, "in \(unit == 1 ? "dollars" : "units of \(unit) dollars")", amounts.form.told]
      .compactMap { $0 }.joined(separator: ", ")
  }

  // MARK: What the header and the first rows tell

  /// A column that is the sum of the others is none of a fund, whatever it is called.
  private static func withoutTotals(_ layout: FileLayout, _ amounts: AmountText) -> ColumnPlan {
    var plan = layout.plan
    guard plan.totals.isEmpty, let last = plan.funds.keys.max(), plan.funds.count > 2 else { return plan }
    let sums = layout.rows.compactMap { row -> Bool? in
      let values = plan.funds.keys.sorted().map { $0 < row.count ? amounts.number(row[$0]) ?? 0 : 0 }
      guard let total = values.last, values.contains(where: { $0 != 0 }) else { return nil }
      return abs(values.dropLast().reduce(0, +) - total) < 0.2
    }
    guard sums.count > 2, sums.count(where: { $0 }) * 100 >= sums.count * 95 else { return plan }
    plan.funds[last] = nil
    plan.totals.insert(last)
    return plan
  }

  // MARK: Rows

  func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(FileRefusal) -> FilePart {
    lines.read(piece, isLast: isLast) { bytes, row, place, isEndless in
      tally.lines += 1
      add(bytes, row, place, isEndless)
    } end: { _, _ in
    }
    if let end { throw end }
    try lines.checkVoid()
    guard isLast else { return FilePart(reading: SeriesReading(series: series, facts: .flows([]), covers: nil)) }
    if let fault = filter.refusalOfAll(asked: asset) { throw fault }
    tally.leftOut.merge(filter.leftOut) { $1 }
    return settle()
  }

  private func add(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ place: FilePlace, _ isEndless: Bool)
  {
    let line = FlowTable.Line(
      place: place, excerpt: Excerpt.of(UnsafeBufferPointer(start: bytes + row.start, count: row.end - row.start)))
    guard !isEndless, !row.hasStrayQuote, row.count >= plan.width, !row.isTooWide, !lineWidth.isExceeded(by: row) else {
      end = end ?? later?.refusal(bytes, row, place.line)
      return table.refuse(.malformed, nil, lineWidth.fault(row, needed: plan.width), line)
    }
    guard row.count >= filter.width, filter.verdict(bytes, row) == .taken else {
      end = end ?? later?.refusal(bytes, row, place.line)
      return
    }
    let day: Day
    switch times.place(bytes, row) {
    case .key(let key): day = Instant(epochSeconds: key).day
    case .refused(let reason, let detail):
      end = end ?? later?.refusal(bytes, row, place.line)
      return table.refuse(reason, nil, detail, line)
    }
    guard day.start.epochSeconds >= BarCheck.earliest else {
      return table.refuse(.wrongTime, nil, BarCheck.tooOld(day.start.epochSeconds), line)
    }
    guard day < today else {
      tally.notFinal += 1
      return
    }
    if plan[.ticker] != nil {
      long(bytes, row, day, line)
    } else {
      wide(bytes, row, day, line)
    }
  }

  private func long(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ day: Day, _ line: FlowTable.Line) {
    guard let tickerColumn = plan[.ticker], let flowColumn = plan[.flow] else { return }
    var ticker = DelimitedText.text(row[tickerColumn], in: bytes)
    guard (1...12).contains(ticker.utf8.count), ticker.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      return table.refuse(.malformed, day, "its ticker is none", line)
    }
    if FlowEvidence.isTotal(ticker) {
      guard hasTotalsOnly else {
        tally.passedOver += 1
        return
      }
      ticker = EtfFlow.allFunds
    }
    if let owner = funds.otherOwner(of: ticker) {
      tally.leftOut["\(ticker), a fund of \(owner)", default: 0] += 1
      return
    }
    switch dollars(bytes, row[flowColumn], line.place.line) {
    case .number(let value): table.add([ticker: value], on: day, line)
    case .blank: table.add([ticker: nil], on: day, line)
    case .other: table.refuse(.notANumber, day, "its flow is not a number", line)
    case .absurd(let value): table.refuse(.outOfBounds, day, FlowEvidence.absurd(value), line)
    }
  }

  private func wide(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ day: Day, _ line: FlowTable.Line) {
    var flows: [String: Int64?] = [:]
    let columns = hasTotalsOnly ? Dictionary(plan.totals.map { ($0, EtfFlow.allFunds) }) { $1 } : plan.funds
    for (column, ticker) in columns.sorted(by: { $0.key < $1.key }) {
      switch dollars(bytes, row[column], line.place.line) {
      case .number(let value): flows[ticker] = .some(value)
      case .blank: flows[ticker] = .some(nil)
      case .other: return table.refuse(.notANumber, day, "the flow of \(ticker) is not a number", line)
      case .absurd(let value):
        return table.refuse(.outOfBounds, day, "\(ticker): \(FlowEvidence.absurd(value))", line)
      }
    }
    if !hasTotalsOnly, let total = contradictingTotal(bytes, row, flows, line) {
      let sum = flows.values.compactMap { $0 }.reduce(0, &+)
      return table.refuse(
        .contradictory, day, "its funds sum to \(sum) dollars and its total says \(total)", line, saying: flows)
    }
    for (ticker, owner) in flows.keys.compactMap({ ticker in funds.otherOwner(of: ticker).map { (ticker, $0) } }) {
      flows[ticker] = nil
      tally.leftOut["\(ticker), a fund of \(owner)", default: 0] += 1
    }
    table.add(flows, on: day, line)
  }

  /// What a column of totals says that is not the sum of the funds.
  private func contradictingTotal(
    _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ flows: [String: Int64?], _ line: FlowTable.Line
  ) -> Int64? {
    let sum = flows.values.compactMap { $0 }.reduce(0, &+)
    for column in plan.totals where column < row.count {
      // Each fund and the total are rounded to a tenth of a million.
      if case .number(let total) = dollars(bytes, row[column], line.place.line),
        abs(total - sum) > unit / 10 * Int64(flows.count + 1)
      {
        return total
      }
    }
    return nil
  }

  /// What a cell says, in whole dollars.
  private enum Dollars {
    case number(Int64)
    /// The fund has not reported.
    case blank
    /// No number.
    case other
    /// More than ever went into or out of all funds on a day.
    case absurd(Double)
  }

  private func dollars(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field, _ line: Int) -> Dollars {
    switch amounts.value(bytes, field) {
    case .blank: return .blank
    case .number(let value):
      guard abs(value * Double(unit)) <= FlowEvidence.most else { return .absurd(value * Double(unit)) }
      return whole(value).map(Dollars.number) ?? .other
    case .other:
      if end == nil, amounts.isOtherForm(bytes, field) {
        end = .otherForm(
          Excerpt.of(DelimitedText.text(field, in: bytes), limit: 40), line: line, than: amounts.form)
      }
      return .other
    }
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
