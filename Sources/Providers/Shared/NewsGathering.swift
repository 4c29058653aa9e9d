import Formats
import Market

/// Makes rows of the articles that a provider lists, each on its own: one that is none costs itself.
struct NewsGathering {
  private let series: SeriesKey
  private let receivedAt: Instant
  private var items: [(item: FeedItem, tickers: [NewsTicker])] = []
  private var refusals: [Refusal] = []

  private init(_ series: SeriesKey, at receivedAt: Instant) { (self.series, self.receivedAt) = (series, receivedAt) }

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
  private mutating func take(_ told: Told?, row: some Collection<UInt8>, at instant: (String) -> Instant?) {
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

  /// Articles of a list, each with where its bytes stand; `nil` for a row that is none.
  typealias Articles = [(told: Told?, bytes: Range<Int>)]

  /// Reads a list of them.
  static func articles(
    _ cursor: inout JSONCursor, each read: (inout JSONCursor) throws(JSONFault) -> Told
  ) throws(JSONFault) -> Articles {
    var articles: Articles = []
    try cursor.eachObject(read) { told, bytes, _ in articles.append((told, bytes)) }
    return articles
  }

  /// The rows of articles of an answer.
  static func reading(
    of articles: Articles, in answer: Answer, as series: SeriesKey, at instant: (String) -> Instant?
  ) -> Reading {
    var gathering = NewsGathering(series, at: answer.receivedAt)
    for (told, bytes) in articles { gathering.take(told, row: answer.body[bytes], at: instant) }
    return gathering.reading
  }

  /// A time of publication that has a time of day: `2024-06-24T18:33:53Z`.
  static func instant(_ text: String) -> Instant? { text.utf8.count >= 20 ? Instant(text) : nil }

  /// All of them, by day.
  private var reading: Reading {
    RssReading(receivedAt: receivedAt).reading(of: items, refusals: refusals, series)
  }
}
