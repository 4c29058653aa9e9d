import Formats
import Market

/// `{"status":"error","code":"apiKeyInvalid","message":"…"}` under a status that fits; 426 for what a plan does not include.
enum NewsAPIErrors {
  /// Half the requests of a day last half a day; when its day turns it does not say.
  private static let secondsAfterExhaustion: Int64 = 12 * 3600
  /// Of a burst it says no more than to wait for a while.
  private static let secondsAfterBurst: Int64 = 60

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

  /// Under the code of a burst it also says that the requests of half a day are used up, in words: "limited to 100 requests
  /// over a 24 hour period (50 requests available every 12 hours)".
  private static func rest(after answer: Answer) -> Int64 {
    if let seconds = RetryAfter.seconds(in: answer) { return seconds }
    let words = (JSONCursor.text(at: ["message"], in: answer.body) ?? "").lowercased()
    let isBurst = code(of: answer) == "rateLimited" && !words.contains("hour") && !words.contains("day")
    return isBurst ? secondsAfterBurst : secondsAfterExhaustion
  }

  private static func code(of answer: Answer) -> String? {
    JSONCursor.text(at: ["status"], in: answer.body) == "error"
      ? JSONCursor.text(at: ["code"], in: answer.body) ?? "" : nil
  }
}
