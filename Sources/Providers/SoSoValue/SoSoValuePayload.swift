import Formats
import Market

/// The rows of all three answers: a bare array, or one under `data` or `data.list`. Names differ by generation; numbers
/// may stand in quotes, dates may be text or milliseconds.
struct SoSoValuePayload {
  struct Row {
    var day: Day?
    var ticker: String?
    /// `nil` where the row has no such member.
    var netFlow: Amount?
    var netAssets: Amount?
    var excerpt = ""
    /// Why it cannot be read at all.
    var fault: JSONExpectation?
  }

  /// Whole dollars.
  enum Amount: Hashable {
    /// `null` or an empty text: not reported.
    case absent
    case dollars(Int64)
    case notANumber
  }

  static func rows(in body: [UInt8]) throws(ReadingError) -> [Row] {
    let rows = try readingDocument(body) { (cursor) throws(JSONFault) -> [Row]? in try self.rows(&cursor) }
    guard let rows else { throw .shapeChanged(expected: "an array of days", found: "none", offset: nil) }
    return rows
  }

  /// Looks for the array at the cursor, below `data`, below `list`; other members are passed over.
  private static func rows(_ cursor: inout JSONCursor, depth: Int = 0) throws(JSONFault) -> [Row]? {
    if cursor.takeNull() { return nil }
    guard cursor.peek() == UInt8(ascii: "{"), depth < 3 else { return try array(&cursor) }
    var found: [Row]?
    var (hasData, hasList, hasCode) = (false, false, false)
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName()
      if name == "data" { try cursor.meet(&hasData) }
      if name == "list" { try cursor.meet(&hasList) }
      if name == "code" { try cursor.meet(&hasCode) }
      if name == "data" || name == "list" {
        found = try rows(&cursor, depth: depth + 1) ?? found
      } else {
        try cursor.skipValue(toleratingWords: true)
      }
      more = try cursor.nextMember()
    }
    return found
  }

  private static func array(_ cursor: inout JSONCursor) throws(JSONFault) -> [Row] {
    var rows: [Row] = []
    var more = try cursor.enterArray()
    while more {
      let start = cursor.offset
      var row = Row()
      do throws(JSONFault) {
        row = try self.row(&cursor)
      } catch {
        row.fault = error.expected
      }
      cursor.offset = start
      try cursor.skipRow(of: .objects)
      row.excerpt = Excerpt.of(cursor.bytes(from: start))
      rows.append(row)
      more = try cursor.nextElement()
    }
    return rows
  }

  private static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> Row {
    var row = Row()
    var (hasDate, hasTicker, hasFlow, hasAssets) = (false, false, false, false)
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName()
      let start = cursor.offset
      switch name {
      case "date":
        try cursor.meet(&hasDate)
        row.day = day(&cursor)
      case "ticker":
        try cursor.meet(&hasTicker)
        row.ticker = (try? cursor.text())?.string
      case "totalNetInflow", "total_net_inflow", "net_inflow", "netInflow":
        try cursor.meet(&hasFlow)
        row.netFlow = amount(&cursor)
      case "totalNetAssets", "total_net_assets", "net_assets", "netAssets":
        try cursor.meet(&hasAssets)
        row.netAssets = amount(&cursor)
      default: break
      }
      cursor.offset = start
      try cursor.skipValue(toleratingWords: true)
      more = try cursor.nextMember()
    }
    return row
  }

  private static func amount(_ cursor: inout JSONCursor) -> Amount {
    if cursor.takeNull() { return .absent }
    guard let digits = try? cursor.numberText() else { return .notANumber }
    if digits.isEmpty { return .absent }
    return DecimalUnits.whole(digits, scale: 0).map { .dollars($0) } ?? .notANumber
  }

  /// `"2024-04-12"`, or milliseconds since 1970, bare or in quotes.
  static func day(_ cursor: inout JSONCursor) -> Day? {
    let start = cursor.offset
    if let milliseconds = try? cursor.integer() {
      let instant = Instant(epochSeconds: CandleTime(millisecondsOrMicroseconds: milliseconds).seconds)
      return Instant.representable.contains(instant) ? instant.day : nil
    }
    cursor.offset = start
    return (try? cursor.text()).flatMap { Day($0.string) }
  }
}
