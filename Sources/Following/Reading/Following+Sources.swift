import GRDB
import Market
import SQLite
import Store

extension Following {
  /// A source of the file: since when it is switched off, and how many series are asked of it.
  package struct Source: Sendable {
    /// Its name, title and homepage.
    package let credit: SourceCredit
    /// Since when the user has it switched off; `nil` while it is not.
    package let disabledAt: Instant?
    /// Series that are asked of it, or would be if it were not switched off.
    package let seriesCount: Int
    /// Rows that it told.
    package let rowCount: Int
  }

  /// All sources of the file, also those that only told imported rows, by name.
  package func sources() throws(StoreError) -> [Source] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source.name, title, homepage, disabled_at, total(row_count) AS row_count,
            count(series_id) FILTER (WHERE coalesce(series.removed_at, asset.removed_at) IS NULL) AS series_count
          FROM source LEFT JOIN series USING (source_id) LEFT JOIN asset USING (asset_id)
          GROUP BY source_id ORDER BY source.name
          """
      ).map { row in
        Source(
          credit: SourceCredit(name: ProviderName(row["name"]), title: row["title"], homepage: row["homepage"]),
          disabledAt: (row["disabled_at"] as Int64?).map(Instant.init(epochSeconds:)),
          seriesCount: row["series_count"], rowCount: Int(row["row_count"] as Double))
      }
    }
  }

  /// Who is not to be asked anything.
  package func disabledSources() throws(StoreError) -> Set<ProviderName> {
    try read { db in
      Set(
        try String.fetchAll(db, sql: "SELECT name FROM source WHERE disabled_at IS NOT NULL").map { ProviderName($0) })
    }
  }

  /// Notes what was used of quotas by what left no run.
  package func note(_ quotas: [QuotaState]) throws(StoreError) {
    try write { db in try Runs.save(quotas, db) }
  }
}

extension Following {
  /// Whether what a provider told is of the past by now and was not believed while it was to come, when an answer came: that
  /// answer read again would say more.
  package func hasCome(of provider: ProviderName, since fetch: FetchID, by now: Instant) throws(StoreError) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM source JOIN series USING (source_id)
            CROSS JOIN quarantine AS held ON held.series_id = series.series_id AND coalesce(held.at, -1) <= ?3
              AND coalesce(held.at, -1) > (SELECT received_at FROM fetch WHERE fetch_id = ?2)
            WHERE source.name = ?1 AND held.reason = 'wrong_time' AND held.state = 'held')
          """, arguments: [provider.description, fetch.rawValue, now.epochSeconds]) ?? false
    }
  }
}
