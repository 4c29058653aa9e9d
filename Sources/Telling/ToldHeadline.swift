import GRDB
import Market
import SQLite
import Schema
import Store

/// An article as it stands beside the figures of a day. Texts are as feeds told them, without markup; escaped by whoever
/// shows them.
package struct ToldHeadline: Hashable, Sendable {
  /// Number of the article.
  package let id: Int64
  /// When its newest edition was published.
  package let publishedAt: Instant
  /// The feed whose text it is, by its name or its host.
  package let source: String
  /// Never empty.
  package let title: String
  /// Where it can be read; any text, as the feed says.
  package let url: String?
  /// How many feeds told it.
  package let sources: Int
}

extension Telling {
  /// The articles of a stretch of time, those first that most feeds told, of these the newest.
  ///
  /// - Parameter symbol: only those that name the asset; `nil` for any.
  package func headlines(
    naming symbol: String?, in span: ClosedRange<Instant>, limit: Int
  ) throws(StoreError) -> [ToldHeadline] {
    try read { db in
      try Row.fetchAll(
        db, sql: ArticleStatements.headlinesOfStretch,
        arguments: [span.lowerBound.epochSeconds, span.upperBound.epochSeconds, symbol, limit]
      ).map { row in
        ToldHeadline(
          id: row["article_id"], publishedAt: Instant(epochSeconds: row["published_at"]), source: row["source"],
          title: row["title"], url: row["url"], sources: row["sources"])
      }
    }
  }
}
