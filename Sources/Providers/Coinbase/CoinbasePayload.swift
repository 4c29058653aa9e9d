import Formats
import Market

/// A candle: opening time in seconds, **low, high, open, close**, volume. Numbers, some of them without decimals.
enum CoinbaseCandle: CandleShape {
  static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> CandleRow {
    guard try cursor.enterArray() else { throw JSONFault(.integer, at: cursor.offset) }
    let time = try cursor.integer()
    try cursor.nextField()
    let low = try cursor.decimal()
    try cursor.nextField()
    let high = try cursor.decimal()
    try cursor.nextField()
    let open = try cursor.decimal()
    try cursor.nextField()
    let close = try cursor.decimal()
    try cursor.nextField()
    let volume = try cursor.decimal()
    try cursor.leaveArray()
    return CandleRow(time: Self.time(time), open: open, high: high, low: low, close: close, volume: volume)
  }

  static func time(_ number: Int64) -> CandleTime { CandleTime(seconds: number) }

  static func column(of field: FigureField) -> Int? {
    switch field {
    case .low: 1
    case .high: 2
    case .open: 3
    case .close: 4
    case .volume: 5
    default: nil
    }
  }
}

/// Coinbase's errors: `{"message":"…"}`, the kind told by the status.
enum CoinbaseErrors {
  static func check(_ answer: Answer, product: String?) throws(ReadingError) {
    let verdict = HTTPVerdict(answer, messageAt: [["message"]])
    if let objection = verdict.objection(symbol: product, takesKey: false) { throw objection }
    if let message = JSONCursor.text(at: ["message"], in: answer.body) {
      throw .refused(status: answer.status, message: Excerpt.of(message, limit: 200))
    }
  }
}
