import Formats
import Market

/// The Fear & Greed Index of alternative.me: one value a day for the crypto market, since 2018-02-01.
package struct AlternativeMe: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "alternative.me"
  /// The name of the index, as a series spells it.
  package static let index = "fng"

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: once a second, without a key.
  package let profile = ProviderProfile(
    name: name, title: "alternative.me", baseURL: "https://api.alternative.me",
    homepage: "https://alternative.me/crypto/fear-and-greed-index/",
    politeness: Politeness(limit: 60, window: 60, concurrency: 1, spacing: .seconds(1)), safety: 0,
    probe: Request(
      provider: name, path: "/fng/", query: [QueryItem("limit", "1")], maximumBytes: 1 << 16, timeLimit: 20))

  /// One request for as many of the newest days as reach back to the first one wanted; for everything, beyond 1000.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .sentiment, series.provider == Self.name,
      want.span.lowerBound <= now
    else {
      return []
    }
    let first = want.span.lowerBound.clamped(to: Instant.representable).day
    let days = now.day - first + 1
    // One day more than counted: a day may begin while the question is under way.
    let limit = days > 1000 ? 0 : days + 1
    return [
      Request(
        provider: Self.name, path: "/fng/", query: [QueryItem("limit", "\(limit)"), QueryItem("format", "json")],
        maximumBytes: 4 << 20)
    ]
  }

  /// The index by UTC day, oldest first, 0 to 100; errors in the document throw even under HTTP 200.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let verdict = HTTPVerdict(answer, messageAt: [["metadata", "error"], ["error"], ["message"]])
    if let objection = verdict.objection(symbol: nil, takesKey: false) { throw objection }
    guard request.path.hasPrefix("/fng") else { throw .notOurs(request) }
    let payload = try readingDocument(answer.body) { (cursor) throws(JSONFault) in try FearAndGreedPayload(&cursor) }
    if let error = payload.error { throw .refused(status: answer.status, message: error) }
    guard let entries = payload.entries else {
      throw .shapeChanged(expected: "a member 'data'", found: "none", offset: nil)
    }
    if entries.isEmpty { throw .empty }
    // The provider's own default is the newest day alone.
    let limit = request.queryValue("limit").map { Int($0) } ?? 1
    return FearAndGreedReading(limit: limit).read(entries, madeAt: answer.madeAt)
  }

  /// Where in an answer's JSON a day's value or label stands; `nil` where it does not.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    FearAndGreedPlaces.place(of: figure, in: answer.body)
  }
}

extension Instant {
  /// This instant, or the nearer end of `range` if it lies outside.
  func clamped(to range: ClosedRange<Instant>) -> Instant {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
