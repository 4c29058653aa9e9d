import Formats
import Market

/// Feeds of news: RSS 2.0, RSS 1.0 and Atom, wherever they lie. A series is one feed, its symbol the feed's address.
package struct Rss: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "rss"
  /// Seconds by which a publisher's clock may be ahead of ours.
  static let leeway: Int64 = 3600

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: any public host, each feed on its own; four at a time.
  package let profile = ProviderProfile(
    name: name, title: "news feeds", baseURL: "", hosts: .anyPublic, homepage: "https://www.rssboard.org",
    politeness: Politeness(windows: [], concurrency: 4), answersConditionally: true, safety: 0,
    probe: Rss.request("https://www.coindesk.com/arc/outboundfeeds/rss/")
      ?? Request(provider: name, path: "/", maximumBytes: 1 << 20, timeLimit: 20))

  /// The request for a feed; `nil` for what is no address.
  package static func request(_ address: String) -> Request? {
    Request(provider: name, address: address, maximumBytes: 16 << 20)
  }

  /// One request for the feed as it is now; a feed has no past.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .newsItem, series.provider == Self.name else { return [] }
    return Rss.request(series.providerSymbol).map { [$0] } ?? []
  }

  /// The items of a feed. One from the future, or with a title longer than any, is refused.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let address = profile.address(of: request)
    return try RssReading.read(
      answer, at: address,
      as: SeriesKey(dataset: .newsItem, provider: Self.name, providerSymbol: address, interval: .day1))
  }
}
