import Formats
import Market

/// Makes rows of the items of a feed.
struct RssReading {
  let receivedAt: Instant

  /// No publisher dates anything before there were feeds: such dates stand for none.
  private static let first = Day(year: 1995, month: 1, day: 1) ?? NewsItem.undated

  func reading(of feed: Feed, _ series: SeriesKey) -> Reading {
    var rows: [FactKey: FactRow] = [:]
    var refusals: [Refusal] = []
    for item in feed.items {
      if let refusal = refusal(of: item) {
        refusals.append(refusal)
        continue
      }
      let row = newsItem(item).row
      // Sent twice under one id: the first is the newest.
      if rows[row.key] == nil { rows[row.key] = row }
    }
    let sorted = rows.values.sorted { $0.key < $1.key }
    return Reading(series: series, facts: .rows(.newsItem, sorted), refusals: refusals, covers: nil)
  }

  private func newsItem(_ item: FeedItem) -> NewsItem {
    let url = item.link.map(WebLink.canonical)
    let published = item.published.flatMap { $0.day < RssReading.first ? nil : $0 }
    return NewsItem(
      guid: item.guid ?? url ?? "title: \(item.title)", publishedAt: published, title: item.title, link: item.link,
      url: url, summary: item.summary, tags: item.tags)
  }

  private func refusal(of item: FeedItem) -> Refusal? {
    let excerpt = Excerpt.of("\(item.title) \(item.link ?? "")")
    if item.isTitleCut {
      return Refusal(
        reason: .outOfBounds, at: item.published, detail: "its title is longer than \(FeedItem.longestTitle) bytes",
        excerpt: excerpt)
    }
    if let published = item.published, published > receivedAt + Rss.leeway {
      return Refusal(
        reason: .wrongTime, at: published, detail: "it is dated \(published), which is to come", excerpt: excerpt,
        row: .rows(.newsItem, [newsItem(item).row]))
    }
    return nil
  }
}
