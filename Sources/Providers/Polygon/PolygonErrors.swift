import Formats
import Market

/// Polygon's errors: `{"status":"NOT_AUTHORIZED","message":"…"}`, or the words in `error`, under a status that fits.
enum PolygonErrors {
  enum Verdict: Hashable {
    case data
    /// The key's plan does not reach back to anything of what was asked.
    case beyondPlan
  }

  static func check(_ answer: Answer, _ question: PolygonAddress.Question?) throws(ReadingError) -> Verdict {
    let verdict = HTTPVerdict(answer, messageAt: [["error"], ["message"]])
    let status = JSONCursor.text(at: ["status"], in: answer.body)
    if answer.status == 403, status == "NOT_AUTHORIZED" {
      guard case .bars(let candles)? = question, isBeyondReach(candles, answer) else {
        throw .refused(status: 403, message: verdict.message)
      }
      return .beyondPlan
    }
    if answer.status == 429 {
      throw .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? Polygon.restAfterRefusal)
    }
    if let objection = verdict.objection(symbol: nil, takesKey: true) { throw objection }
    return .data
  }

  /// A day less than the reach: the answer may have been made on the day after the one on which it was asked for.
  private static func isBeyondReach(_ candles: CandleQuestion, _ answer: Answer) -> Bool {
    candles.window.map { $0.upperBound <= answer.madeAt - Int64(Polygon.freeReach - 2) * 86_400 } ?? false
  }

  /// Refuses an answer that says of itself that it is none.
  static func expectSuccess(_ status: String?, _ body: [UInt8]) throws(ReadingError) {
    switch status {
    case "OK", "DELAYED": return
    case nil: throw .shapeChanged(expected: "a member 'status'", found: "none", offset: nil)
    case let status?:
      let words = [["error"], ["message"]].lazy.compactMap { JSONCursor.text(at: $0, in: body) }.first
      throw .refused(status: 200, message: Excerpt.of(words ?? status, limit: 200))
    }
  }
}
