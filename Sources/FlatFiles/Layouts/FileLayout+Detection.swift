import Formats
import Market

/// How a file is laid out: found out from its first lines, or told.
struct FileLayout {
  let delimiter: UInt8
  /// Where the first row begins, and the number of its line.
  let start: Int
  let firstLine: Int
  var plan: ColumnPlan
  var named: NamedLayout?
  /// Names of the columns; empty without a header.
  let header: [String]
  /// The rows of the sample, as fields.
  let rows: [[String]]
  /// What a person should know of the columns.
  var told: [String] = []
  /// How many fields most rows have.
  var commonWidth: Int { FileLayout.commonWidth(rows) }
  /// Whether a date and a time of day stand under one name, so that rows are a field wider than the header.
  private(set) var hasSplitTime = false

  /// What people are told: `commas, header in line 2`.
  var words: String {
    let mark = [0x09: "tabs", 0x3B: "semicolons", 0x7C: "bars", 0x2C: "commas"][Int(delimiter)] ?? "?"
    let head = header.isEmpty ? "no header" : "header above line \(firstLine)"
    return [mark, head, named.map { "\($0.name) layout" }].compactMap { $0 }.joined(separator: ", ")
  }
}

extension FileLayout {
  /// A header is looked for in so many lines.
  static let preamble = 25

  init(_ sample: FileSample, order: ImportOrder, reader: SymbolReader? = nil) throws(FileRefusal) {
    let reader = reader ?? SymbolReader(order)
    guard !sample.lines.isEmpty else { throw FileRefusal("it holds no line of text", hint: "") }
    let named = order.layout.flatMap(NamedLayout.named)
    if !order.columns.isEmpty {
      try self.init(told: order, sample, named, reader)
    } else if let found = try FileLayout.headed(sample, order, reader) {
      self.init(sample, dataFrom: found.index + 1, plan: found.plan, header: found.names.names, named)
      told = try PreambleLines(sample, above: found.first, order, reader).check() + found.names.told
    } else {
      try self.init(headerless: sample, order, named)
    }
  }

  init(_ sample: FileSample, dataFrom index: Int, plan: ColumnPlan, header: [String], _ named: NamedLayout?) {
    delimiter = sample.delimiter
    // Behind the end of the sample where it holds no row at all.
    start = index < sample.starts.count ? sample.starts[index] : Int.max
    firstLine = index < sample.lines.count ? sample.lines[index].number : (sample.lines.last?.number ?? 0) + 1
    rows = sample.lines.dropFirst(index).map(\.fields)
    self.plan = plan
    self.header = header
    self.named = named
    widenForSplitTime()
  }

  /// A header of one name for a date and a time in two fields: every row is one field wider.
  private mutating func widenForSplitTime() {
    guard let time = plan[.time], plan[.clock] == nil, !header.isEmpty else { return }
    let split = rows.count { row in
      row.count == header.count + 1 && time + 1 < row.count && FileLayout.isClock(row[time + 1])
    }
    guard split * 2 > rows.count else { return }
    hasSplitTime = true
    for (field, column) in plan.columns where column > time { plan[field] = column + 1 }
    plan[.clock] = time + 1
  }

  // MARK: With a header

  private static func headed(
    _ sample: FileSample, _ order: ImportOrder, _ reader: SymbolReader
  ) throws(FileRefusal) -> (first: Int, index: Int, plan: ColumnPlan, names: TickerLines)? {
    for index in sample.lines.indices.prefix(preamble) {
      let names = try TickerLines(sample, over: index, order, reader)
      var plan = HeaderWords.plan(names.names, for: order)
      var last = index
      if plan[.time] == nil || plan[.time] == plan[.close] || sameColumn(plan), let time = timeBelow(index, sample) {
        plan[.time] = time.column
        if plan[.close] == time.column { plan[.close] = nil }
        last = time.index
      }
      if isEnough(plan, for: order.dataset) {
        // A file without a header, behind which one with a header was put.
        return sample.lines[..<index].contains { isRow($0.fields, plan) } ? nil : (index, last, plan, names)
      }
    }
    return nil
  }

  private static func isRow(_ fields: [String], _ plan: ColumnPlan) -> Bool {
    guard let time = plan[.time], fields.count >= plan.width else { return false }
    return isTime(fields[time])
  }

  private static func sameColumn(_ plan: ColumnPlan) -> Bool { plan[.time] == nil }

  /// The second and third line of a header in three: `Ticker,AAPL,…` and `Date,,,`.
  private static func timeBelow(_ index: Int, _ sample: FileSample) -> (index: Int, column: Int)? {
    for next in index + 1..<max(index + 1, min(index + 4, sample.lines.count)) {
      let words = sample.lines[next].fields.map(HeaderWords.plain)
      if let column = words.firstIndex(where: { ["date", "datetime", "timestamp"].contains($0) }),
        words.allSatisfy({ $0.isEmpty || $0 == words[column] })
      {
        return (next, column)
      }
    }
    return nil
  }

  static func isEnough(_ plan: ColumnPlan, for dataset: Dataset) -> Bool {
    guard plan[.time] != nil else { return false }
    return switch dataset {
    case .bar: plan.lacks([.open, .high, .low, .close]).isEmpty
    case .sentiment: plan[.value] != nil
    case .etfFlow:
      plan.funds.count > 1 || plan[.ticker] != nil && plan[.flow] != nil || !plan.totals.isEmpty
    default: false
    }
  }

  // MARK: Told

  private init(
    told order: ImportOrder, _ sample: FileSample, _ named: NamedLayout?, _ reader: SymbolReader
  ) throws(FileRefusal) {
    let names = order.columns.filter { Int($0.column) == nil }.map(\.column)
    var header = sample.lines.prefix(FileLayout.preamble).firstIndex { line in
      !names.isEmpty && names.allSatisfy { name in line.fields.contains { FileLayout.same($0, name) } }
    }
    guard names.isEmpty || header != nil else {
      throw FileRefusal(
        "no line of the first \(FileLayout.preamble) holds the columns \(names.joined(separator: ", "))",
        hint: "The first line is: \(sample.lines[0].fields.joined(separator: " | "))", isUsage: true)
    }
    var plan = ColumnPlan()
    if header == nil, let found = try FileLayout.headed(sample, order, reader) {
      header = found.index
    }
    if let header { plan = HeaderWords.plan(sample.lines[header].fields, for: order) }
    for choice in order.columns {
      guard let field = Field.told(choice.field) else {
        throw FileRefusal("--map: there is no field '\(choice.field)'", hint: "", isUsage: true)
      }
      let column =
        Int(choice.column).map { $0 - 1 }
        ?? header.flatMap { header in sample.lines[header].fields.firstIndex { FileLayout.same($0, choice.column) } }
      guard let column, (0..<DelimitedRow.maximumFields).contains(column) else {
        throw FileRefusal("--map \(choice.field)=\(choice.column): columns are counted from 1", hint: "", isUsage: true)
      }
      plan[field] = column
      if field == .time, !order.columns.contains(where: { $0.field == "time-of-day" }) {
        plan[.text] = nil
        plan[.clock] = nil
      }
    }
    guard FileLayout.isEnough(plan, for: order.dataset) else {
      throw FileRefusal(
        "--map names too few columns",
        hint: "A bar needs time, open, high, low and close; an index time and value; a flow time, ticker and flow",
        isUsage: true)
    }
    let time = plan[.time] ?? 0
    let first =
      header.map { $0 + 1 }
      ?? sample.lines.firstIndex { time < $0.fields.count && FileLayout.isTime($0.fields[time]) } ?? 0
    self.init(
      sample, dataFrom: first, plan: plan, header: header.map { sample.lines[$0].fields } ?? [], named)
  }

  static func same(_ a: String, _ b: String) -> Bool {
    a == b || !HeaderWords.plain(a).isEmpty && HeaderWords.plain(a) == HeaderWords.plain(b)
  }

  // MARK: Not known

  static func unknown(_ sample: FileSample, _ order: ImportOrder) -> FileRefusal {
    let head = sample.lines.first { $0.fields.count > 1 }?.fields ?? sample.lines[0].fields
    let columns = head.prefix(12).map { Excerpt.of($0, limit: 40) }.joined(separator: ", ")
    switch sample.lines[0].fields[0].first {
    case "{", "[":
      return FileRefusal(
        "it is JSON and no table (\(columns))",
        hint: "Make a table of it, a row a line and names above; jq does: jq -r '.[] | @csv' FILE | appliance import -")
    case "<":
      return FileRefusal(
        "it is a page of markup and no table (\(columns))", hint: "Save the table that it shows as CSV")
    default: break
    }
    switch order.dataset {
    case .bar:
      let priced = HeaderWords.plan(head, for: order)
      if priced[.time] != nil, priced.lacks([.open, .high, .low]).count > 0 {
        return FileRefusal(
          "no columns for open, high, low and close are to be found (\(columns)): one value a day is no bar",
          hint: "Where they bear other names: --map open=NAME --map high=NAME --map low=NAME --map close=NAME")
      }
      return FileRefusal(
        "its columns are not known (\(columns))",
        hint: "Name the layout with --source, or the columns: --map time=1 --map open=2 --map high=3 and so on")
    case .sentiment:
      return FileRefusal(
        "no columns for a day and a value are to be found (\(columns))",
        hint: "Name them: --map time=NAME --map value=NAME --map classification=NAME")
    default:
      return FileRefusal(
        "no columns for a day and flows are to be found (\(columns))",
        hint: "A wide table has a column a fund; a long one: --map time=NAME --map ticker=NAME --map flow=NAME")
    }
  }
}
