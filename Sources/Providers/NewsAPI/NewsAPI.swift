import Formats
import Market

/// NewsAPI: what is written on a subject, by a query in its own words. Needs a key; a free one asks a hundred times a day,
/// is told a hundred articles of a query, and those a day late.
///
/// Facts from its documentation, from recorded answers, and from texts of its errors in public issues.
package struct NewsAPI: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "newsapi"

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: a second apart, fifty times in half a day, never without a key.
  package let profile = ProviderProfile(
    name: name, title: "NewsAPI", baseURL: "https://newsapi.org", homepage: "https://newsapi.org",
    politeness: Politeness(
      windows: [.init(limit: 50, seconds: 43_200), .init(limit: 100, seconds: 86_400)], concurrency: 1,
      spacing: .seconds(1)),
    credential: Credential(
      header: "x-api-key", setting: "NEWSAPI_KEY", isRequired: true, page: "https://newsapi.org/register"),
    safety: 0,
    probe: Request(
      provider: name, path: "/v2/top-headlines", query: [QueryItem("country", "us"), QueryItem("pageSize", "1")],
      maximumBytes: 1 << 18, timeLimit: 20),
    verdict: { NewsAPIErrors.retry($0) })

  /// Each query that is followed, once a day.
  package var questions: [Question] {
    [Question(provider: Self.name, name: "news", step: .news, every: 20 * 3600, about: .newsItem, needsKey: true)]
  }

  /// One request a query, about the days that even a free key is told in full.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard case .question(let question) = want.subject, question.provider == Self.name else { return [] }
    return Set(want.tickers).sorted().map { NewsAPIReading.request($0, on: now.day) }
  }

  /// The articles of an answer.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    guard let query = NewsAPIReading.query(of: request) else { throw .notOurs(request) }
    try NewsAPIErrors.check(answer)
    return try NewsAPIReading(answer).reading(of: query)
  }
}
