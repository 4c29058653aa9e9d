import Formats
import Market

/// Makes rows of the items of a feed, or of the articles that a provider lists.
struct RssReading {
  let receivedAt: Instant
  /// What tells one list apart from others that bring items of the same series; `nil` where there is one.
  var list: String?

  /// No publisher dates anything before there were feeds: such dates stand for none.
  private static let first = Day(year: 1995, month: 1, day: 1) ?? NewsItem.undated

  /// The feed in an answer, whoever asked for it.
  ///
  /// - Parameters:
  ///   - address: where it lies, by which its links are completed.
  ///   - series: whose items they are.
  ///   - list: which of several feeds of that series it is: each tells an item in its own words, and corrects its own.
  static func read(
    _ answer: Answer, at address: String, as series: SeriesKey, list: String? = nil
  ) throws(ReadingError) -> Reading {
    if answer.status != 200 {
      let verdict = HTTPVerdict(answer, messageAt: [["message"], ["error"]])
      throw verdict.objection(symbol: address, takesKey: false)
        ?? .refused(status: answer.status, message: verdict.message)
    }
    let feed: Feed
    do {
      feed = try Feed.read(answer.body, from: address, contentType: answer.header("content-type"))
    } catch {
      throw ReadingError(error)
    }
    var reading = RssReading(receivedAt: answer.receivedAt, list: list)
      .reading(of: feed.items.map { ($0, []) }, refusals: [], series)
    reading.damage = feed.damage
    return reading
  }

  /// - Parameters:
  ///   - items: each with what its provider files it under.
  ///   - refusals: of what could not be read as an item.
  func reading(
    of items: [(item: FeedItem, tickers: [NewsTicker])], refusals: [Refusal], _ series: SeriesKey
  ) -> Reading {
    var told: [FactKey: Told] = [:]
    var refusals = refusals
    for (place, (item, tickers)) in items.enumerated() {
      let news = newsItem(item, tickers)
      if let refusal = refusal(of: item, news.row) {
        refusals.append(refusal)
        continue
      }
      // Sent twice under one id: the one that was published later counts, of two at once the first.
      let new = Told(row: news.row, publishedAt: news.publishedAt, place: place)
      if told[new.row.key].map({ new.isNewer(than: $0) }) ?? true { told[new.row.key] = new }
    }
    var newest = told.values.sorted { $0.isNewer(than: $1) }
    let leftOut = max(0, newest.count - Self.mostItems) + max(0, refusals.count - Self.mostItems)
    newest = Array(newest.prefix(Self.mostItems))
    let sorted = newest.map(\.row).sorted { $0.key < $1.key }
    var reading = Reading(
      series: series, facts: .rows(.newsItem, sorted), refusals: Array(refusals.prefix(Self.mostItems)), covers: nil)
    reading.leftOut = leftOut
    return reading
  }

  /// Items of an answer that are stored, the newest ones, and rows of it that are told to be refused: it is stored as a
  /// whole, and nobody can interrupt that.
  static let mostItems = 2000

  /// A row with what decides which one counts.
  private struct Told {
    let row: FactRow
    let publishedAt: Instant?
    let place: Int

    /// Whether it was published later; of two that were published at once, or without a date, whether it stands first.
    func isNewer(than other: Told) -> Bool {
      let (mine, theirs) = (publishedAt?.epochSeconds ?? .min, other.publishedAt?.epochSeconds ?? .min)
      return (mine, other.place) > (theirs, place)
    }
  }

  private func newsItem(_ item: FeedItem, _ tickers: [NewsTicker]) -> NewsItem {
    let url = item.link.map(WebLink.canonical)
    let published = item.published.flatMap { $0.day < RssReading.first ? nil : $0 }
    let guid = item.guid ?? url ?? "title: \(item.title)"
    return NewsItem(
      guid: list.map { "\(guid)#\($0)" } ?? guid, publishedAt: published, title: item.title, link: item.link,
      url: url, summary: item.summary, tags: item.tags, tickers: tickers)
  }

  private func refusal(of item: FeedItem, _ row: FactRow) -> Refusal? {
    let excerpt = Excerpt.of("\(item.title) \(item.link ?? "")")
    if item.isTitleCut {
      return Refusal(
        reason: .outOfBounds, at: item.published, detail: "its title is longer than \(FeedItem.longestTitle) bytes",
        excerpt: excerpt)
    }
    if let published = item.published, published > receivedAt + Rss.leeway {
      return Refusal(
        reason: .wrongTime, at: published, detail: "it is dated \(published), which is to come", excerpt: excerpt,
        row: .rows(.newsItem, [row]))
    }
    return nil
  }
}

extension ReadingError {
  /// What it means that there is no feed where one was asked for.
  fileprivate init(_ fault: FeedFault) {
    switch fault {
    case .empty: self = .empty
    case .page: self = .blocked(message: "a web page in place of a feed")
    case .tooLarge, .notXML, .noFeed:
      self = .shapeChanged(expected: "a feed (RSS or Atom)", found: fault.description, offset: nil)
    }
  }
}
