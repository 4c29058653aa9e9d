import GRDB
import Market
import SQLite

extension Judgement {
  /// The refused rows that wait for a decision whose key lies in a stretch, and those without a readable key that came in an answer received in
  /// it; by series, then by key.
  package func refusedRows(in span: ClosedRange<Instant>) throws(StoreError) -> [RefusedRow] {
    try read { db in
      // Once a series, so that the index by series and key is used.
      try Row.fetchAll(
        db,
        sql: """
          SELECT series.dataset, series.provider_symbol, series.interval, source.name AS source, asset.symbol AS asset,
            quarantine.at, quarantine.reason, quarantine.detail, quarantine.excerpt, fetch.received_at
          FROM series
          CROSS JOIN quarantine ON quarantine.series_id = series.series_id
            AND (coalesce(quarantine.at, -1) BETWEEN ?1 AND ?2 OR coalesce(quarantine.at, -1) = -1)
          JOIN source ON source.source_id = series.source_id
          JOIN fetch ON fetch.fetch_id = quarantine.fetch_id
          LEFT JOIN asset ON asset.asset_id = series.asset_id
          WHERE coalesce(quarantine.at, fetch.received_at) BETWEEN ?1 AND ?2 AND quarantine.state = 'held'
            AND \(kinds.storedLater) IS NULL
          ORDER BY asset.symbol, source.name, series.provider_symbol, quarantine.at, quarantine.reason,
            quarantine.excerpt
          """,
        arguments: [span.lowerBound.epochSeconds, span.upperBound.epochSeconds]
      ).map { row in
        RefusedRow(
          series: try StoredCatalogue.seriesKey(row), asset: row["asset"],
          at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), reason: row["reason"], detail: row["detail"],
          excerpt: row["excerpt"], fetchedAt: Instant(epochSeconds: row["received_at"]))
      }
    }
  }
}
