import Formats
import Market

/// What the SEC says in place of data. A page under 403 tells that it does not take who asks: a matter of settings, and the
/// same as often as one asks; or that it was asked too often, which lasts ten minutes.
enum SECErrors {
  private static let secondsAfterBurst: Int64 = 600
  /// Bytes of a page in which its title stands.
  private static let head = 8192

  static func check(_ answer: Answer, about filer: Int64?) throws(ReadingError) {
    if answer.status == 403 {
      if isBurst(answer) {
        throw .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? secondsAfterBurst)
      }
      throw .keyRefused(
        message: "it takes a User-Agent with a mail address, and not this one: check SEC_CONTACT")
    }
    let verdict = HTTPVerdict(answer, messageAt: [["message"]])
    if let objection = verdict.objection(symbol: filer.map { "CIK \($0)" }, takesKey: false) {
      throw objection
    }
  }

  /// What an answer means for asking again; `nil` leaves that to its status.
  static func retry(_ answer: Answer) -> RetryVerdict? {
    guard answer.status == 403 else { return nil }
    return isBurst(answer)
      ? .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? secondsAfterBurst) : .final
  }

  private static func isBurst(_ answer: Answer) -> Bool {
    Excerpt.of(answer.body, limit: head).lowercased().contains("request rate threshold exceeded")
  }
}
