import Formats
import Market

/// The frame of an answer: `{"error":[],"result":{"XXBTZUSD":[[…]],"last":1502445600}}`.
struct KrakenPayload {
  /// What it complained of; entries that begin with `W` are warnings.
  private(set) var errors: [String] = []
  /// Kraken's name of each pair in the result and where its rows begin.
  private(set) var pairs: [(name: String, offset: Int)] = []
  /// The opening of the last finished row.
  private(set) var last: Int64?
  private(set) var hasResult = false

  init(_ body: [UInt8]) throws(ReadingError) {
    self = try readingDocument(body) { (cursor) throws(JSONFault) in try KrakenPayload(&cursor) }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var (hasErrors, hasResults) = (false, false)
    var more = try cursor.enterObject()
    while more {
      switch try cursor.memberName() {
      case "error":
        try cursor.meet(&hasErrors)
        try readErrors(&cursor)
      case "result":
        try cursor.meet(&hasResults)
        try readResult(&cursor)
      default: try cursor.skipValue(toleratingWords: true)
      }
      more = try cursor.nextMember()
    }
  }

  private mutating func readErrors(_ cursor: inout JSONCursor) throws(JSONFault) {
    if cursor.takeNull() { return }
    var more = try cursor.enterArray()
    while more {
      errors.append(Excerpt.of(try cursor.text().string, limit: 200))
      more = try cursor.nextElement()
    }
  }

  private mutating func readResult(_ cursor: inout JSONCursor) throws(JSONFault) {
    if cursor.takeNull() { return }
    hasResult = true
    var hasLast = false
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName()
      if name == "last" {
        try cursor.meet(&hasLast)
        last = try cursor.integer()
      } else {
        pairs.append((name.string, cursor.offset))
        try skipPair(&cursor)
      }
      more = try cursor.nextMember()
    }
  }

  private func skipPair(_ cursor: inout JSONCursor) throws(JSONFault) {
    if cursor.peek() == UInt8(ascii: "[") {
      try cursor.skipRows(of: .arrays)
    } else {
      try cursor.skipValue(toleratingWords: true)
    }
  }
}

/// An entry: opening time in seconds, open, high, low, close, volume-weighted average, volume, count. Strings, but for the
/// time and the count. Intervals without trades are sent flat, with volume 0.
enum KrakenEntry: CandleShape {
  static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> CandleRow {
    guard try cursor.enterArray() else { throw JSONFault(.integer, at: cursor.offset) }
    let time = try cursor.integer()
    try cursor.nextField()
    let open = try cursor.decimal()
    try cursor.nextField()
    let high = try cursor.decimal()
    try cursor.nextField()
    let low = try cursor.decimal()
    try cursor.nextField()
    let close = try cursor.decimal()
    try cursor.nextField()
    _ = try cursor.decimal()
    try cursor.nextField()
    let volume = try cursor.decimal()
    try cursor.leaveArray()
    return CandleRow(time: Self.time(time), open: open, high: high, low: low, close: close, volume: volume)
  }

  static func time(_ number: Int64) -> CandleTime { CandleTime(seconds: number) }

  static func column(of field: FigureField) -> Int? {
    switch field {
    case .open: 1
    case .high: 2
    case .low: 3
    case .close: 4
    case .volume: 6
    default: nil
    }
  }
}

/// Kraken's errors: strings in the body, mostly under HTTP 200.
enum KrakenErrors {
  static func meaning(of errors: [String], status: Int, pair: String) -> ReadingError? {
    guard let error = errors.first(where: { !$0.hasPrefix("W") }) else { return nil }
    return switch error {
    case "EQuery:Unknown asset pair", "EQuery:Invalid asset pair": .unknownSymbol(pair)
    case "EGeneral:Too many requests", "EAPI:Rate limit exceeded", "EGeneral:Temporary lockout":
      .throttled(retryAfter: nil)
    case let text where text.hasPrefix("EService:"): .outOfOrder(status: status, message: text)
    case let text: .refused(status: status, message: text)
    }
  }
}
