import Formats
import Market

/// `{"ticker","adjusted","status","results":[{"o","h","l","c","v","vw","n","t"}],"next_url"}`; without bars `results` is
/// null or missing.
struct PolygonAggregates {
  struct Row {
    /// When its window starts, in milliseconds; `nil` where that cannot be read.
    var start: Int64?
    var prices: [Amount] = [.absent, .absent, .absent, .absent]
    var volume = Amount.absent
    /// The average price, weighted by volume.
    var average = Amount.absent
    var trades = Amount.absent
    var bytes = 0..<0

    /// `nil` for what is no time, or not a whole second.
    var opening: Instant? {
      guard let start, start % 1000 == 0 else { return nil }
      let instant = Instant(epochSeconds: start / 1000)
      return Instant.representable.contains(instant) ? instant : nil
    }
  }

  private(set) var ticker: String?
  private(set) var isAdjusted: Bool?
  private(set) var status: String?
  /// Whether there is more of what was asked than this answer holds.
  private(set) var isCut = false
  private(set) var rows: [Row] = []

  init(_ body: [UInt8]) throws(ReadingError) {
    self = try readingDocument(body) { (cursor) throws(JSONFault) in
      var (answer, hasResults, hasNext) = (PolygonAggregates(), false, false)
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "ticker": answer.ticker = try cursor.textOrNull()
        case "status": answer.status = try cursor.textOrNull()
        case "adjusted": answer.isAdjusted = try cursor.truth()
        case "next_url":
          try cursor.meet(&hasNext)
          answer.isCut = try cursor.textOrNull()?.isEmpty == false
        case "results":
          try cursor.meet(&hasResults)
          answer.rows = try Row.all(&cursor)
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
      return answer
    }
  }

  private init() {}

  /// Refuses bars of something else than was asked for, and bars as traded.
  func check(_ question: CandleQuestion, _ body: [UInt8]) throws(ReadingError) {
    try PolygonErrors.expectSuccess(status, body)
    if let ticker, ticker != question.symbol {
      throw .shapeChanged(
        expected: "bars of \(question.symbol)", found: "bars of \(Excerpt.of(ticker, limit: 20))", offset: nil)
    }
    if isAdjusted == false {
      throw .shapeChanged(expected: "bars adjusted for splits", found: "bars as traded", offset: nil)
    }
  }
}

extension PolygonAggregates.Row {
  static func all(_ cursor: inout JSONCursor) throws(JSONFault) -> [Self] {
    var rows: [Self] = []
    if cursor.takeNull() { return rows }
    try cursor.eachObject(Self.init(_:)) { read, bytes, _ in
      // A row of another shape has no time, and is refused for that.
      var row = read ?? Self()
      row.bytes = bytes
      rows.append(row)
    }
    return rows
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var met = [false, false, false, false, false, false, false, false]
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "t":
        try cursor.meet(&met[0])
        start = try cursor.integer()
      case "o": prices[0] = try cursor.single(&met[1])
      case "h": prices[1] = try cursor.single(&met[2])
      case "l": prices[2] = try cursor.single(&met[3])
      case "c": prices[3] = try cursor.single(&met[4])
      case "v": volume = try cursor.single(&met[5])
      case "vw": average = try cursor.single(&met[6])
      case "n": trades = try cursor.single(&met[7])
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
  }

  /// The member that holds a figure.
  static func member(of field: FigureField) -> String? {
    switch field {
    case .open: "o"
    case .high: "h"
    case .low: "l"
    case .close: "c"
    case .volume: "v"
    case .vwap: "vw"
    case .trades: "n"
    default: nil
    }
  }
}

extension JSONCursor {
  /// The value of a member that may stand but once.
  fileprivate mutating func single(_ wasMet: inout Bool) throws(JSONFault) -> Amount {
    try meet(&wasMet)
    return try amount()
  }

  /// `true` or `false`; `nil` for anything else.
  fileprivate mutating func truth() throws(JSONFault) -> Bool? {
    _ = peek()
    let start = offset
    try skipValue(toleratingWords: true)
    switch Array(bytes(from: start)) {
    case Array("true".utf8): return true
    case Array("false".utf8): return false
    default: return nil
    }
  }
}
