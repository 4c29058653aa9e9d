/// One item of a feed, as the feed told it.
package struct NewsItem: Hashable, Sendable {
  /// The UTC day of its publication; `undated` where the feed tells no date that can be read.
  package let day: Day
  /// What tells it apart in its feed on that day: the feed's own id, else its canonical address, else its title.
  package let guid: String
  /// When it was published; `nil` where that is not told.
  package let publishedAt: Instant?
  /// Without markup; may be empty.
  package let title: String
  /// Where it can be read, as the feed says; `nil` where it does not.
  package let link: String?
  /// The one form of that address under which the article is known everywhere.
  package let url: String?
  /// A few sentences without markup; `nil` where there are none.
  package let summary: String?
  /// What the feed files it under, with line breaks between them; `nil` for nothing.
  package let tags: String?
  /// What a provider files it under, with what it thinks of it, as `NewsTicker.text` writes it; `nil` for nothing.
  package let tickers: String?

  /// Stands for the day of an item without a date.
  package static let undated = Day(daysSinceEpoch: 0)

  /// An item as read.
  package init(
    guid: String, publishedAt: Instant?, title: String, link: String?, url: String?, summary: String?, tags: [String],
    tickers: [NewsTicker] = []
  ) {
    day = publishedAt?.day ?? NewsItem.undated
    self.guid = guid
    self.publishedAt = publishedAt
    self.title = title
    self.link = link
    self.url = url
    self.summary = summary
    self.tickers = NewsTicker.text(of: tickers)
    self.tags = tags.isEmpty ? nil : tags.joined(separator: "\n")
  }

  /// In the columns of `FactShape.newsItem`.
  package var row: FactRow {
    FactRow(
      key: FactKey(.day(day), .text(guid)),
      values: [
        FigureValue(publishedAt?.epochSeconds), .text(title), FigureValue(link), FigureValue(url), FigureValue(summary),
        FigureValue(tags), FigureValue(tickers),
      ])
  }
}

extension FactShape {
  /// Items of feeds, keyed by the published day and the feed's id.
  package static let newsItem = FactShape(
    .newsItem, key: [.init("day", .day), .init("guid", .text)],
    values: [
      .init(.publishedAt, .whole, mayBeAbsent: true), .init(.title, .text), .init(.link, .text, mayBeAbsent: true),
      .init(.url, .text, mayBeAbsent: true), .init(.summary, .text, mayBeAbsent: true),
      .init(.tags, .text, mayBeAbsent: true), .init(.tickers, .text, mayBeAbsent: true),
    ])
}

extension FigureField {
  /// When an item was published, in epoch seconds.
  package static let publishedAt = Self(rawValue: "published_at")
  /// Of an item, without markup.
  package static let title = Self(rawValue: "title")
  /// Where an item can be read, as its feed says.
  package static let link = Self(rawValue: "link")
  /// The canonical address of an item.
  package static let url = Self(rawValue: "url")
  /// What a feed says of an item in a few sentences.
  package static let summary = Self(rawValue: "summary")
  /// What a feed files an item under.
  package static let tags = Self(rawValue: "tags")
  /// What a provider files an item under, a line each: symbol, relevance, sentiment.
  package static let tickers = Self(rawValue: "tickers")
}
