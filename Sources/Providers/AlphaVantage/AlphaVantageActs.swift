import Formats
import Market

/// The two lists of acts, with the names of their members.
enum AlphaVantageActs: CaseIterable, Hashable {
  case splits, dividends

  var function: String { self == .splits ? "SPLITS" : "DIVIDENDS" }
  var kind: CorporateActionKind { self == .splits ? .split : .dividend }
  /// The member that holds the first day traded without it.
  var dateName: String { self == .splits ? "effective_date" : "ex_dividend_date" }
  /// The member that holds new shares for an old one, or money a share as it was paid.
  var valueName: String { self == .splits ? "split_factor" : "amount" }
}

/// `{"symbol":"IBM","data":[{"effective_date":"2021-11-04","split_factor":"1.0460"}]}`, newest first, or the same as a table.
/// A date that is not known is `None`.
struct AlphaVantageActsReading {
  private struct Row {
    var day: Day?
    var value: Double?
    /// All of it, and the value.
    var bytes = 0..<0
    var source = 0..<0
  }

  private let acts: AlphaVantageActs
  private let symbol: String
  private let isTable: Bool
  private let body: [UInt8]
  private let today: Day
  private var rows: [Row] = []

  init(
    _ acts: AlphaVantageActs, _ question: AlphaVantageAddress.Question, _ answer: Answer
  ) throws(ReadingError) {
    (self.acts, symbol, isTable, body) = (acts, question.symbol, question.isTable, answer.body)
    // The market's day; in the small hours of UTC it is that of before.
    today = LocalClock("America/New_York")?.day(at: answer.madeAt) ?? answer.madeAt.day
    rows = try isTable ? tableRows() : jsonRows()
  }

  func reading() -> Reading {
    var gathering = ActionGathering(window: nil, today: today)
    var seen: Set<[UInt8]> = []
    for row in rows where seen.insert(Array(body[row.bytes])).inserted {
      gathering.add(acts.kind, on: row.day, row.value, excerpt: Excerpt.of(body[row.bytes]))
    }
    return Reading(
      series: .actions(of: symbol, at: AlphaVantage.name), facts: .actions(gathering.actions),
      refusals: gathering.refusals, covers: nil)
  }

  /// The only row of its day; a sum of several stands nowhere.
  func place(of figure: Figure) -> Place? {
    let found = rows.indices.filter { rows[$0].day?.start == figure.at && rows[$0].value != nil }
    guard figure.field == .value, figure.key.text == acts.kind.rawValue, let index = found.first, found.count == 1
    else { return nil }
    if isTable { return .line(of: rows[index].source, in: body) }
    let path = JSONPath.root.member("data").element(index).member(acts.valueName)
    return Place(path: .json(path.text), bytes: rows[index].source, rule: .number)
  }

  // MARK: Rows

  private func tableRows() throws(ReadingError) -> [Row] {
    try AlphaVantageTable(body, expecting: [acts.dateName, acts.valueName]).lines.map { line in
      Row(
        day: Day(String(decoding: body[line.cells[0]], as: UTF8.self)),
        value: AlphaVantageTable.amount(body[line.cells[1]]).number, bytes: line.bytes, source: line.cells[1])
    }
  }

  private func jsonRows() throws(ReadingError) -> [Row] {
    var told: String?
    let rows = try readingDocument(body) { (cursor) throws(JSONFault) -> [Row]? in
      var rows: [Row]?
      var hasData = false
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "symbol": told = try cursor.textOrNull()
        case "data":
          try cursor.meet(&hasData)
          rows = try elements(&cursor)
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
      return rows
    }
    guard let rows else { throw .shapeChanged(expected: "a member 'data'", found: "none", offset: nil) }
    if let told, told.uppercased() != symbol.uppercased() {
      throw .shapeChanged(
        expected: "acts of \(symbol)", found: "acts of \(Excerpt.of(told, limit: 20))", offset: nil)
    }
    return rows
  }

  private func elements(_ cursor: inout JSONCursor) throws(JSONFault) -> [Row] {
    var rows: [Row] = []
    try cursor.eachObject(row) { read, bytes, _ in
      var row = read ?? Row()
      row.bytes = bytes
      rows.append(row)
    }
    return rows
  }

  private func row(_ cursor: inout JSONCursor) throws(JSONFault) -> Row {
    var (row, hasDate, hasValue) = (Row(), false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      if name.string == acts.dateName {
        try cursor.meet(&hasDate)
        row.day = try cursor.textOrNull().flatMap { Day($0) }
      } else if name.string == acts.valueName {
        try cursor.meet(&hasValue)
        row.value = try cursor.amount().number
        row.source = start..<cursor.offset
      } else {
        try cursor.skipValue(toleratingWords: true)
      }
    }
    return row
  }
}
