import Formats
import Market

/// The two lists of acts, with the names of their members.
enum PolygonActs: CaseIterable, Hashable {
  case splits, dividends

  var path: String { self == .splits ? "/v3/reference/splits" : "/v3/reference/dividends" }
  /// The member that holds the first day traded without it.
  var dateName: String { self == .splits ? "execution_date" : "ex_dividend_date" }
}

/// `{"status":"OK","results":[{"execution_date":"2020-08-31","split_from":1,"split_to":4,"ticker":"AAPL"}]}`, or rows of
/// `cash_amount`, `dividend_type`, `currency`, `ex_dividend_date`, `ticker`.
struct PolygonActList {
  struct Row {
    var kind: CorporateActionKind?
    var day: Day?
    var value: Double?
    var currency: String?
    var ticker: String?
    /// All of it.
    var bytes = 0..<0
    /// What the value was made of: of a payment its sum, of a split the whole row.
    var source = 0..<0
  }

  private(set) var status: String?
  /// `nil` where the member is not there.
  private(set) var rows: [Row]?

  init(_ body: [UInt8], _ acts: PolygonActs) throws(ReadingError) {
    self = try readingDocument(body) { (cursor) throws(JSONFault) in
      var (list, hasResults) = (PolygonActList(), false)
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "status": list.status = try cursor.textOrNull()
        case "results":
          try cursor.meet(&hasResults)
          list.rows = try Row.all(&cursor, acts)
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
      return list
    }
    try PolygonErrors.expectSuccess(status, body)
    guard rows != nil else { throw .shapeChanged(expected: "a member 'results'", found: "none", offset: nil) }
  }

  private init() {}
}

extension PolygonActList.Row {
  static func all(_ cursor: inout JSONCursor, _ acts: PolygonActs) throws(JSONFault) -> [Self] {
    var rows: [Self] = []
    if cursor.takeNull() { return rows }
    try cursor.eachObject({ (cursor) throws(JSONFault) in try Self(&cursor, acts) }) { read, bytes, _ in
      var row = read ?? Self()
      row.bytes = bytes
      if acts == .splits { row.source = bytes }
      rows.append(row)
    }
    return rows
  }

  private init(_ cursor: inout JSONCursor, _ acts: PolygonActs) throws(JSONFault) {
    let members = try cursor.members()
    func text(_ name: String) -> String? {
      members[name].flatMap {
        var inner = cursor
        inner.offset = $0.lowerBound
        return (try? inner.text())?.string
      }
    }
    func number(_ name: String) -> Double? {
      members[name].flatMap {
        var inner = cursor
        inner.offset = $0.lowerBound
        return try? inner.decimal()
      }
    }
    day = text(acts.dateName).flatMap { Day($0) }
    ticker = text("ticker")
    if acts == .splits {
      kind = .split
      value = number("split_to").flatMap { new in
        number("split_from").flatMap { $0 > 0 && new > 0 ? new / $0 : nil }
      }
    } else {
      kind = Self.kind(text("dividend_type"))
      value = number("cash_amount")
      source = members["cash_amount"] ?? source
      // Shares listed in America are priced in dollars.
      currency = text("currency").flatMap { $0.uppercased() == "USD" ? nil : $0.uppercased() }
    }
  }

  /// Gains of a fund are told as held long or short.
  private static func kind(_ type: String?) -> CorporateActionKind {
    type == "LT" || type == "ST" ? .capitalGain : .dividend
  }
}

/// The acts of a list that have begun.
///
/// Lists hold copies of a row, and one split under two dates: of equal splits within two weeks the later is believed.
struct PolygonActsReading {
  private static let sameSplitWithin = 14

  private let symbol: String
  private let rows: [PolygonActList.Row]
  private let body: [UInt8]
  private let today: Day

  init(acts: PolygonActs, symbol: String, madeAt: Instant, body: [UInt8]) throws(ReadingError) {
    (self.symbol, self.body) = (symbol, body)
    rows = try PolygonActList(body, acts).rows ?? []
    // The market's day; in the small hours of UTC it is that of before.
    today = LocalClock("America/New_York")?.day(at: madeAt) ?? madeAt.day
  }

  func reading() throws(ReadingError) -> Reading {
    var gathering = ActionGathering(window: nil, today: today)
    var seen: Set<[UInt8]> = []
    for row in rows where seen.insert(Array(body[row.bytes])).inserted {
      let excerpt = Excerpt.of(body[row.bytes])
      if let ticker = row.ticker, ticker != symbol {
        gathering.refuse(
          .contradictory, row.day, "a row of \(Excerpt.of(ticker, limit: 20)), not of \(symbol)", excerpt)
      } else if let later = repetition(of: row) {
        gathering.refuse(.contradictory, row.day, "the same split again on \(later)", excerpt)
      } else {
        gathering.add(row.kind ?? .dividend, on: row.day, row.value, currency: row.currency, excerpt: excerpt)
      }
    }
    return Reading(
      series: .actions(of: symbol, at: Polygon.name), facts: .actions(gathering.actions), refusals: gathering.refusals,
      covers: nil)
  }

  /// The day of an equal split soon after.
  private func repetition(of row: PolygonActList.Row) -> Day? {
    guard row.kind == .split, let day = row.day, let value = row.value else { return nil }
    return rows.compactMap { other -> Day? in
      guard other.kind == .split, other.value == value, other.ticker == row.ticker, let later = other.day, later > day,
        later <= today
      else { return nil }
      return later - day <= Self.sameSplitWithin ? later : nil
    }.min()
  }

  /// The only row of its day and kind; a sum of several stands nowhere.
  func place(of figure: Figure) -> Place? {
    let found = rows.indices.filter {
      rows[$0].kind?.rawValue == figure.key.text && rows[$0].day?.start == figure.at
        && rows[$0].ticker ?? symbol == symbol
    }
    guard let index = found.first, found.count == 1, !rows[index].source.isEmpty else { return nil }
    let path = JSONPath.root.member("results").element(index)
    switch (figure.field, rows[index].kind) {
    case (.value, .split):
      return Place(path: .json(path.text), bytes: rows[index].source, rule: .ratio)
    case (.value, _):
      return Place(path: .json(path.member("cash_amount").text), bytes: rows[index].source, rule: .number)
    default: return nil
    }
  }
}
