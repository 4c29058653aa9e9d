import Formats
import Market

/// SoSoValue's errors. The code numbers of its documentation contradict each other, so the status counts; the older
/// generation says `{"code":1,"msg":"…"}` under HTTP 200.
enum SoSoValueErrors {
  static func check(_ answer: Answer, _ request: Request) throws(ReadingError) {
    let verdict = HTTPVerdict(answer, messageAt: [["message"], ["msg"]])
    if answer.status == 429 { throw .throttled(retryAfter: wait(answer)) }
    if answer.status == 400 || answer.status == 404, let symbol = unknownSymbol(answer, request) {
      throw .unknownSymbol(symbol)
    }
    if let objection = verdict.objection(symbol: nil, takesKey: true) { throw objection }
    guard let code = JSONCursor.text(at: ["code"], in: answer.body), code != "0" else { return }
    switch verdict.message {
    case let words where words.contains("AUTH_REQUIRED") || words.contains("PERMISSION_DENIED"):
      throw .keyRefused(message: words)
    case let words where words.contains("RATE_LIMITED"): throw .throttled(retryAfter: wait(answer))
    case let words where words.contains("INTERNAL_ERROR"): throw .outOfOrder(status: answer.status, message: words)
    case let words: throw .refused(status: answer.status, message: words)
    }
  }

  /// `{"details":{"field":"symbol","value":"XYZ","issue":"Unknown symbol"}}`
  private static func unknownSymbol(_ answer: Answer, _ request: Request) -> String? {
    guard let field = JSONCursor.text(at: ["details", "field"], in: answer.body), ["symbol", "ticker"].contains(field)
    else { return nil }
    let value = JSONCursor.text(at: ["details", "value"], in: answer.body)
    return Excerpt.of(value ?? request.queryValue("symbol") ?? request.path, limit: 40)
  }

  /// From the header, the body, or the instant at which the limit starts anew.
  private static func wait(_ answer: Answer) -> Int64? {
    if let seconds = RetryAfter.seconds(in: answer) { return seconds }
    if let text = JSONCursor.text(at: ["details", "retry_after"], in: answer.body), let seconds = Int64(text),
      seconds >= 0
    {
      return seconds
    }
    guard let reset = answer.header("x-ratelimit-reset").flatMap({ Int64($0) }) else { return nil }
    return max(0, reset / 1000 - answer.receivedAt.epochSeconds)
  }
}
