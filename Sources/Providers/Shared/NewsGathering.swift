import Formats
import Market

/// Makes rows of the articles that a provider lists, each on its own: one that is none costs itself.
struct NewsGathering {
  let series: SeriesKey
  let receivedAt: Instant
  private var items: [(item: FeedItem, tickers: [NewsTicker])] = []
  private var refusals: [Refusal] = []

  init(_ series: SeriesKey, at receivedAt: Instant) { (self.series, self.receivedAt) = (series, receivedAt) }

  /// An article as a provider tells it, before anything in it is believed.
  struct Told {
    /// What the provider tells it apart by; `nil` for its address.
    var id: String?
    var title: String?
    /// Where it can be read.
    var address: String?
    var summary: String?
    /// Spelled as the provider does.
    var published: String?
    var tags: [String] = []
    var tickers: [NewsTicker] = []
  }

  /// Takes an article.
  ///
  /// - Parameters:
  ///   - told: `nil` for a row that is none.
  ///   - row: its bytes.
  ///   - instant: reads the time of publication.
  mutating func take(_ told: Told?, row: some Collection<UInt8>, at instant: (String) -> Instant?) {
    func refuse(_ reason: RefusalReason, _ detail: String) {
      refusals.append(Refusal(reason: reason, at: nil, detail: detail, excerpt: Excerpt.of(row.prefix(2000))))
    }
    guard let told, let title = told.title else { return refuse(.malformed, "an article without a title") }
    var item = FeedItem()
    item.entitle(title)
    guard !item.title.isEmpty else { return refuse(.malformed, "an article without a title") }
    guard let link = told.address.flatMap({ WebLink.resolved($0, against: "") }) else {
      return refuse(.malformed, "an article without an address that can be followed")
    }
    guard let published = told.published.flatMap(instant) else {
      let text = Excerpt.of(told.published ?? "nothing", limit: 40)
      return refuse(.wrongTime, "'\(text)' is no time of publication")
    }
    item.link = link
    item.guid = told.id.map { FeedItem.plain($0, limit: 200) }.flatMap { $0.isEmpty ? nil : $0 }
    item.published = published
    item.summary = told.summary.map { FeedItem.plain($0) }.flatMap { $0.isEmpty ? nil : $0 }
    item.tags = told.tags.prefix(NewsTicker.most).map { FeedItem.plain($0, limit: 100) }.filter { !$0.isEmpty }
    items.append((item, told.tickers))
  }

  /// All of them, by day.
  var reading: Reading {
    RssReading(receivedAt: receivedAt).reading(of: items, refusals: refusals, series)
  }
}
