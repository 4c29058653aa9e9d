import GRDB
import Market
import SQLite

extension StoredFacts {
  /// When the newest of the answers came that taught us the bars of a stretch; `nil` where there is no bar.
  package func newestFetch(ofBarsOf series: SeriesID, in span: ClosedRange<Instant>) throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT max(received_at) FROM fetch
          WHERE fetch_id IN (SELECT fetch_id FROM bar WHERE series_id = ? AND open_time BETWEEN ? AND ?)
          """,
        arguments: [series.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds]
      ).map(Instant.init(epochSeconds:))
    }
  }

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
