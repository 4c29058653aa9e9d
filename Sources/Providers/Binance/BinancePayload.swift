import Formats
import Market

/// A kline: opening time, open, high, low, close, volume, closing time, quote volume, trades, taker volumes, unused.
///
/// Numbers are strings of eight decimals; times are integers, milliseconds unless the account or a header asked for
/// microseconds.
enum BinanceKline: CandleShape {
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
    let volume = try cursor.decimal()
    try cursor.leaveArray()
    return CandleRow(time: Self.time(time), open: open, high: high, low: low, close: close, volume: volume)
  }

  static func time(_ number: Int64) -> CandleTime { CandleTime(millisecondsOrMicroseconds: number) }

  /// The closing time, in the seventh field, is the last tick before the next row opens.
  static func length(_ cursor: inout JSONCursor) -> Int64? {
    guard (try? cursor.enterArray()) == true, let opens = try? cursor.integer() else { return nil }
    for _ in 1..<6 { guard (try? cursor.nextField()) != nil, (try? cursor.skipValue()) != nil else { return nil } }
    guard (try? cursor.nextField()) != nil, let closes = try? cursor.integer(), closes > opens, closes < Int64.max
    else {
      return nil
    }
    let (opening, next) = (Self.time(opens), Self.time(closes + 1))
    return next.isWhole ? next.seconds - opening.seconds : nil
  }

  static func column(of field: FigureField) -> Int? {
    switch field {
    case .open: 1
    case .high: 2
    case .low: 3
    case .close: 4
    case .volume: 5
    default: nil
    }
  }
}

/// Binance's errors: `{"code":-1121,"msg":"Invalid symbol."}`, usually under HTTP 400.
enum BinanceErrors {
  static func check(_ answer: Answer, symbol: String?) throws(ReadingError) {
    let verdict = HTTPVerdict(answer, messageAt: [["msg"]])
    if answer.status != 451, let code = JSONCursor.text(at: ["code"], in: answer.body).flatMap({ Int($0) }) {
      try check(code, verdict, symbol: symbol)
    }
    if let objection = verdict.objection(symbol: nil, takesKey: false) { throw objection }
  }

  private static func check(_ code: Int, _ verdict: HTTPVerdict, symbol: String?) throws(ReadingError) {
    let status = verdict.answer.status
    switch code {
    case -1121: throw .unknownSymbol(symbol ?? "the symbol")
    case -1003, -1015: throw .throttled(retryAfter: wait(verdict))
    case -1000, -1001, -1006, -1007, -1008, -1016: throw .outOfOrder(status: status, message: verdict.message)
    case 0 where status == 200: throw .refused(status: status, message: verdict.message)
    case ..<0 where status == 200 || status == 400: throw .refused(status: status, message: verdict.message)
    default: return
    }
  }

  /// From the header, else from the end of a ban, which stands in the message in milliseconds.
  private static func wait(_ verdict: HTTPVerdict) -> Int64? {
    if let seconds = RetryAfter.seconds(in: verdict.answer) { return seconds }
    let words = verdict.message.split { !$0.isASCII || !$0.isNumber }
    guard let end = words.first(where: { $0.utf8.count == 13 }).flatMap({ Int64($0) }) else { return nil }
    return max(0, end / 1000 - verdict.answer.receivedAt.epochSeconds)
  }
}
