import GRDB
import Market
import SQLite
import Store

/// What a file tells of its facts, for those who put it into words: sampled days, days of an index of mood, values as they
/// were published, and what was revised.
package struct Telling: Sendable {
  let store: Store

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.read(body) }
}

extension Store {
  /// What the file tells of its facts.
  package var telling: Telling { Telling(store: self) }
}

extension Telling {
  /// The values of a sentiment index in a stretch of days, oldest first, each with the instant at which we were told.
  package func sentiment(
    of series: SeriesID, in days: ClosedRange<Day>
  ) throws(StoreError) -> [(value: SentimentValue, fetchedAt: Instant)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT sentiment.day, sentiment.value, sentiment.classification, fetch.received_at
          FROM sentiment JOIN fetch ON fetch.fetch_id = sentiment.fetch_id
          WHERE sentiment.series_id = ? AND sentiment.day BETWEEN ? AND ? ORDER BY sentiment.day
          """,
        arguments: [series.rawValue, days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["day"] as String).map {
          (
            SentimentValue(day: $0, value: row["value"], classification: row["classification"]),
            Instant(epochSeconds: row["received_at"])
          )
        }
      }
    }
  }
}
