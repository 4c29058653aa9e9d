import Formats
import Market

/// What GDELT says in plain text in place of data, under HTTP 200 as often as not. Its words are sorted by a few of them;
/// those that nobody knows mean to wait.
enum GDELTErrors {
  /// Seconds for which nobody asks after one request too many.
  static let secondsAfterBurst: Int64 = 10
  /// No such text is longer, in bytes.
  private static let longest = 4096

  private enum Refusal {
    /// Asked too often.
    case burst
    /// The query is none: too short, too long, or wrongly put.
    case query
    /// The stretch of time is none, or another parameter: our own mistake.
    case call
    /// Words that are not known.
    case other
  }

  /// - Throws: what a text in place of data means, and what a status other than 200 does.
  static func check(_ answer: Answer, about query: String) throws(ReadingError) {
    let words = words(of: answer)
    switch words.map({ Self.refusal($0.lowercased()) }) {
    case .burst?: throw .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? secondsAfterBurst)
    case .query? where answer.status == 200: throw .unknownSymbol("'\(query)': \(words ?? "")")
    case .call? where answer.status == 200: throw .refused(status: answer.status, message: words ?? "")
    default: break
    }
    let verdict = HTTPVerdict(answer, messageAt: [])
    if let objection = verdict.objection(symbol: nil, takesKey: false) { throw objection }
    // Words that nobody knows.
    if let words { throw .outOfOrder(status: answer.status, message: words) }
  }

  /// What an answer means for asking again; `nil` leaves that to its status.
  static func retry(_ answer: Answer) -> RetryVerdict? {
    guard let words = words(of: answer) else { return nil }
    switch refusal(words.lowercased()) {
    case .burst: return .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? secondsAfterBurst)
    case .query, .call: return answer.status == 200 ? .final : nil
    case .other: return answer.status == 200 ? .retry(after: secondsAfterBurst) : nil
    }
  }

  /// The text, on one line; `nil` for JSON, for a page, and for nothing at all.
  private static func words(of answer: Answer) -> String? {
    guard answer.body.count <= longest,
      let first = answer.body.first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }),
      ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")].contains(first)
    else { return nil }
    return Excerpt.of(answer.body, limit: 200).split(separator: " ").joined(separator: " ")
  }

  private static func refusal(_ words: String) -> Refusal {
    if words.contains("limit requests") { return .burst }
    if words.contains("too short or too long") || words.contains("phrase is too short")
      || words.contains("must be surrounded by ()") || words.contains("unsupported country")
    {
      return .query
    }
    return words.contains("timespan is too short") || words.contains("invalid mode") ? .call : .other
  }
}
