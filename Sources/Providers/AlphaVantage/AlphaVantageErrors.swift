import Formats
import Market

/// What Alpha Vantage says under HTTP 200 in place of data: `{"Information":"…"}`, `{"Note":"…"}`, `{"Error Message":"…"}`,
/// `{}`. The wording changes, so it is sorted by a few words, and what is not known means to wait.
enum AlphaVantageErrors {
  enum Verdict: Hashable {
    case data
    /// It has nothing of what was asked.
    case nothing
    /// Only a key that is paid for is told that.
    case beyondPlan
  }

  /// No such message is longer, in bytes.
  private static let longest = 4096
  private static let secondsAfterBurst: Int64 = 2
  private static let secondsAfterMinute: Int64 = 60

  static func check(
    _ answer: Answer, _ question: AlphaVantageAddress.Question?
  ) throws(ReadingError) -> Verdict {
    let verdict = HTTPVerdict(answer, messageAt: [["Information"], ["Note"], ["Error Message"]])
    if let objection = verdict.objection(symbol: nil, takesKey: true) { throw objection }
    switch refusal(in: answer) {
    case nil: return .data
    case .nothing: return .nothing
    case .burst: throw .throttled(retryAfter: secondsAfterBurst)
    case .minute: throw .throttled(retryAfter: secondsAfterMinute)
    case .day: throw .throttled(retryAfter: restOfDay(answer))
    case .key: throw .keyRefused(message: verdict.message)
    case .plan:
      guard case .bars(let bars)? = question?.subject, bars.isFull else {
        throw .refused(status: answer.status, message: verdict.message)
      }
      return .beyondPlan
    case .call:
      guard let question else { throw .refused(status: answer.status, message: verdict.message) }
      // Of a month without a session of the share it says the same as of a share that it does not know.
      if case .bars(let bars) = question.subject, bars.month != nil { return .nothing }
      throw .unknownSymbol(question.symbol)
    case .other: throw .throttled(retryAfter: nil)
    case .fault: throw .refused(status: answer.status, message: verdict.message)
    }
  }

  /// What an answer means for asking again; `nil` leaves that to its status.
  static func retry(_ answer: Answer) -> RetryVerdict? {
    guard answer.status == 200, let refusal = refusal(in: answer) else { return nil }
    switch refusal {
    case .nothing, .key, .plan, .call, .fault: return .final
    case .burst: return .throttled(retryAfter: secondsAfterBurst)
    case .minute: return .throttled(retryAfter: secondsAfterMinute)
    case .day: return .throttled(retryAfter: restOfDay(answer))
    case .other: return .throttled(retryAfter: nil)
    }
  }

  // MARK: Words

  private enum Refusal {
    case nothing
    /// More than one request a second.
    case burst
    /// More than five requests a minute.
    case minute
    /// The requests of the day are used up.
    case day
    case key
    case plan
    /// A symbol that is not known, or a parameter.
    case call
    /// Words that are not known, in a message.
    case other
    /// The same, called an error.
    case fault
  }

  private static func refusal(in answer: Answer) -> Refusal? {
    guard answer.body.count <= longest else { return nil }
    if isBare(answer.body) { return .nothing }
    let isError = JSONCursor.text(at: ["Error Message"], in: answer.body)
    let told = isError ?? ["Information", "Note"].lazy.compactMap { JSONCursor.text(at: [$0], in: answer.body) }.first
    guard let words = told?.lowercased() else { return nil }
    return refusal(words) ?? (isError == nil ? .other : .fault)
  }

  /// The limits of a second and of a minute are told with that of a day, and all of them with praise for what is paid for.
  private static func refusal(_ words: String) -> Refusal? {
    // First, since it names the function, in which there may be other words of these.
    if words.contains("invalid api call") { return .call }
    if words.contains("apikey is invalid") || words.contains("invalid api key") || words.contains("api key is invalid")
    {
      return .key
    }
    if words.contains("demo") && words.contains("api key") { return .key }
    if words.contains("spreading out") || words.contains("per second") { return .burst }
    if words.contains("per minute") { return .minute }
    if words.contains("per day") || words.contains("daily rate limit") { return .day }
    return words.contains("premium") ? .plan : nil
  }

  /// `{}`
  private static func isBare(_ body: [UInt8]) -> Bool { body.filter { $0 > 0x20 } == Array("{}".utf8) }

  /// Seconds until the date changes in New York; when its own day turns it does not say.
  private static func restOfDay(_ answer: Answer) -> Int64 {
    guard var clock = LocalClock("America/New_York") else { return 86_400 }
    let midnight = (clock.day(at: answer.receivedAt) + 1).start.epochSeconds
    guard case .one(let offset) = clock.meaning(of: midnight) else { return 86_400 }
    return min(max(midnight - offset - answer.receivedAt.epochSeconds, 60), 86_400)
  }
}
