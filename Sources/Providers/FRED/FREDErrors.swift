import Formats
import Market

/// FRED's errors: `{"error_code":400,"error_message":"…"}` or `<error code="400" message="…"/>`, whatever was asked for.
enum FREDErrors {
  /// No such message is longer, in bytes.
  private static let longest = 4096

  /// - Parameter id: the series that was asked about.
  static func check(_ answer: Answer, about id: String?) throws(ReadingError) {
    if let words = message(in: answer) { throw refusal(answer.status, words, id) }
    let verdict = HTTPVerdict(answer, messageAt: [["error_message"]])
    if let objection = verdict.objection(symbol: id, takesKey: true) { throw objection }
  }

  private static func refusal(_ status: Int, _ words: String, _ id: String?) -> ReadingError {
    let low = words.lowercased()
    if low.contains("api_key") { return .keyRefused(message: words) }
    if low.contains("does not exist") || low.contains("not available via the api") {
      return id.map { .unknownSymbol($0) } ?? .refused(status: status, message: words)
    }
    if status == 429 || low.contains("too many requests") { return .throttled(retryAfter: nil) }
    return status >= 500
      ? .outOfOrder(status: status, message: words) : .refused(status: status, message: words)
  }

  /// A refusal of what was asked stays one; `nil` leaves it to the status.
  static func retry(_ answer: Answer) -> RetryVerdict? {
    guard (400..<429).contains(answer.status), message(in: answer) != nil else { return nil }
    return .final
  }

  /// The words of an error, on one line.
  private static func message(in answer: Answer) -> String? {
    guard answer.body.count <= longest else { return nil }
    if let words = JSONCursor.text(at: ["error_message"], in: answer.body) { return Excerpt.of(words, limit: 200) }
    let text = Excerpt.of(answer.body, limit: longest)
    guard text.contains("<error "), let start = text.range(of: "message=\"")?.upperBound,
      let end = text[start...].firstIndex(of: "\"")
    else { return nil }
    return Excerpt.of(String(text[start..<end]), limit: 200)
  }
}
