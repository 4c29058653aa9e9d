import Market
import SQLite
import Schema
import Store

/// What is known of the news of a file besides its newest items: a feed may give no dates, and a question no articles.
package struct NewsLooks: Sendable {
  /// When a feed of which nothing is stored was last read, and when a question was last answered.
  private(set) var answered: [SeriesID: Instant] = [:]
  /// When the newest of the items came that bear no date.
  private(set) var came: [SeriesID: Instant] = [:]
  /// When the last step of a feed began that failed, in a run before the last one: that one tells of its own.
  private(set) var failed: [SeriesID: Instant] = [:]

  /// Of whom nothing is known.
  init() {}

  /// What a file knows at an instant.
  package init(of file: StoreStatus, in store: Store, at now: Instant) throws {
    let news = file.series.filter { $0.key.dataset == .newsItem && $0.isAsked }
    for feed in news where feed.key.providerSymbol.contains("//") {
      let last = try store.runs.lastStep(of: feed.id)
      if let last, last.outcome == .failed, file.lastRun.map({ last.startedAt < $0.run.startedAt }) ?? false {
        failed[feed.id] = last.startedAt
      }
      if let last, last.outcome == .done, feed.count == 0 { answered[feed.id] = last.startedAt }
    }
    for series in news where series.extent?.lowerBound.day == NewsItem.undated {
      came[series.id] = try NewsLooks.newestArrival(of: series, in: store)
    }
    // Others are asked about more than news, and not by the words that their series is called by.
    let mixed = Set(file.series.filter { $0.key.dataset != .newsItem }.map(\.key.provider))
    let questions = news.filter { !$0.key.providerSymbol.contains("//") && !mixed.contains($0.key.provider) }
    for (source, series) in Dictionary(grouping: questions, by: \.key.provider) {
      let words = try NewsLooks.answers(of: source, since: now - 7 * 86_400, in: store)
      for series in series { answered[series.id] = words[series.key.providerSymbol] }
    }
  }

  private static func newestArrival(of series: StoredSeries, in store: Store) throws -> Instant? {
    try store.read { db in
      let found = try Statements(db).kept(ArticleStatements.newestArrival)
      found.bind(series.id.rawValue, at: 1)
      found.bind(NewsItem.undated.description, at: 2)
      return try found.step() ? Instant(epochSeconds: found.integer(0)) : nil
    }
  }

  /// When whatever a source was asked with was answered last.
  private static func answers(of source: ProviderName, since first: Instant, in store: Store) throws -> [String:
    Instant]
  {
    try store.read { db in
      let found = try Statements(db).kept(ArticleStatements.answeredSince)
      found.bind(source.description, at: 1)
      found.bind(first.epochSeconds, at: 2)
      var answers: [String: Instant] = [:]
      while try found.step() {
        let request = Request(provider: source, method: .get, target: found.text(0), body: [])
        let at = Instant(epochSeconds: found.integer(1))
        for item in request?.query ?? [] { answers[item.value] = max(answers[item.value] ?? at, at) }
      }
      return answers
    }
  }
}
