/// How long a provider asks us to stay away.
package enum RetryAfter {
  /// Nobody is stayed away from for longer than this, whatever the header says: a week, in seconds.
  package static let longest: Int64 = 7 * 86_400

  /// The seconds to wait that an answer's `Retry-After` asks for, from 0 to `longest`; `nil` without a legible one.
  ///
  /// It comes as seconds (a fraction is rounded up) or as a date; a date is measured from the answer's own `Date`, so
  /// that a wrong clock on either side does no harm, or from when it was received where that is missing.
  package static func seconds(in answer: Answer) -> Int64? {
    guard let text = answer.header("retry-after") else { return nil }
    if let seconds = count(text) { return seconds }
    guard let until = Instant(httpDate: text) else { return nil }
    let sent = answer.header("date").flatMap(Instant.init(httpDate:)) ?? answer.receivedAt
    return min(max(until - sent, 0), longest)
  }

  private static func count(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard isNumber, let whole = parts.first else { return nil }
    let hasFraction = parts.count > 1 && parts[1].utf8.contains { $0 != 48 }
    let seconds = Int64(whole) ?? longest
    return min(seconds, longest - 1) + (hasFraction || seconds >= longest ? 1 : 0)
  }
}
