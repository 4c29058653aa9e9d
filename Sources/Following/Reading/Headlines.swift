import GRDB
import Market
import Newsdesk
import SQLite
import Schema
import Store

/// An article as a list shows it.
package struct Headline: Hashable, Sendable {
  /// Number of the article.
  package let id: Int64
  /// When its newest edition was published.
  package let publishedAt: Instant
  /// Texts as they were told, without markup; escaped by whoever shows them.
  package let source, title: String
  /// `nil` where there is none.
  package let summary, url: String?
  /// Symbols of the assets that it names, followed or not.
  package let tickers: [String]
  /// How many feeds told it.
  package let sources: Int
}

extension Following {
  /// The articles of a stretch of time, the newest first.
  ///
  /// - Parameters:
  ///   - asset: only those that name it.
  ///   - source: only those of feeds whose name or address holds this text.
  ///   - search: only those in whose title or summary this stands, as it is told now.
  package func headlines(
    since: Instant, asset: String? = nil, source: String? = nil, search: SearchQuery? = nil, limit: Int
  ) throws(StoreError) -> [Headline] {
    try read { db in
      let sql = ArticleStatements.headlines(isSearch: search != nil)
      var arguments: StatementArguments = [since.epochSeconds, asset, source.map { "%\($0.escapedForLike)%" }, limit]
      if let search { arguments += [search.match] }
      return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
        Headline(
          id: row["article_id"], publishedAt: Instant(epochSeconds: row["published_at"]), source: row["source"],
          title: row["title"], summary: row["summary"], url: row["url"],
          tickers: (row["tickers"] as String? ?? "").split(separator: ",").map(String.init), sources: row["sources"])
      }
    }
  }
}

extension Following {
  /// Of the item that an article shows: its feed and its key; `nil` where there is no article of that number.
  package func shownItem(ofArticle id: Int64) throws(StoreError) -> (series: SeriesKey, key: FactKey)? {
    try read { db in
      guard let row = try Row.fetchOne(db, sql: ArticleStatements.shownItem, arguments: [id]),
        let day = Day(row["day"] as String)
      else { return nil }
      return (try StoredCatalogue.seriesKey(row), FactKey(.day(day), .text(row["guid"])))
    }
  }
}

extension String {
  fileprivate var escapedForLike: String {
    replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}
