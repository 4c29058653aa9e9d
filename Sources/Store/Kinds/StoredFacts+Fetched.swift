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
}
