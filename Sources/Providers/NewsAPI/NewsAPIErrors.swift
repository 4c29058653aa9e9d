import Formats
import Market

/// `{"status":"error","code":"apiKeyInvalid","message":"…"}` under a status that fits; 426 for what a plan does not include.
enum NewsAPIErrors {
  /// Half the requests of a day last half a day; when its day turns it does not say.
  private static let secondsAfterExhaustion: Int64 = 12 * 3600

  static func check(_ answer: Answer) throws(ReadingError) {
    let verdict = HTTPVerdict(answer, messageAt: [["message"]])
    switch code(of: answer) {
    case "apiKeyMissing", "apiKeyInvalid", "apiKeyDisabled": throw .keyRefused(message: verdict.message)
    case "apiKeyExhausted", "rateLimited": throw .throttled(retryAfter: rest(after: answer))
    default: break
    }
    if answer.status == 426 { throw .refused(status: 426, message: verdict.message) }
    if let objection = verdict.objection(symbol: nil, takesKey: true) { throw objection }
    if code(of: answer) != nil { throw .refused(status: answer.status, message: verdict.message) }
  }

  /// What an answer means for asking again; `nil` leaves that to its status.
  static func retry(_ answer: Answer) -> RetryVerdict? {
    switch code(of: answer) {
    case "apiKeyExhausted", "rateLimited": .throttled(retryAfter: rest(after: answer))
    case nil, "unexpectedError": nil
    default: .final
    }
  }

  /// It says that it was asked too often when the requests of half a day are used up.
  private static func rest(after answer: Answer) -> Int64 { RetryAfter.seconds(in: answer) ?? secondsAfterExhaustion }

  private static func code(of answer: Answer) -> String? {
    JSONCursor.text(at: ["status"], in: answer.body) == "error"
      ? JSONCursor.text(at: ["code"], in: answer.body) ?? "" : nil
  }
}
