import GRDB
import Market
import SQLite

/// A stored row about which something is odd.
package struct FlaggedRow: Hashable, Sendable {
  /// The series that holds the row.
  package let series: SeriesKey
  /// Symbol of the asset; `nil` for an index of a whole market.
  package let asset: String?
  /// The row's key: open time, instant of a sample, or start of the day.
  package let at: Instant
  /// What it was measured by; a row that several rules mark is there once for each.
  package let rule: FlagRule
  /// What is odd about it, in words, with the figures.
  package let detail: String
  /// The answer that brought what is odd.
  package let fetch: FetchID
}

/// How much of what came is not taken at its word.
package struct FlagCounts: Hashable, Sendable {
  /// Rows that are stored although something about them is odd.
  package let marked: Int
  /// Rows that were refused, that nobody has decided about, and of whose key no later answer brought a row.
  package let refused: Int
}

extension Judgement {
  /// The stored rows about which something is odd, by series, then oldest first; of the past, what was odd then.
  ///
  /// - Parameter span: where their keys lie.
  package func flaggedRows(
    assets: [String] = [], rule: FlagRule? = nil, in span: ClosedRange<Instant> = Instant.representable
  ) throws(StoreError) -> [FlaggedRow] {
    let asOf = store.asOf ?? Instant.representable.upperBound
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT series.dataset, series.provider_symbol, series.interval, source.name AS source, asset.symbol AS asset,
            flag.at, flag.rule, flag.detail, flag.fetch_id
          FROM series
          CROSS JOIN quality_flag AS flag ON flag.series_id = series.series_id AND flag.at BETWEEN ?1 AND ?2
          JOIN source USING (source_id) LEFT JOIN asset USING (asset_id)
          JOIN fetch ON fetch.fetch_id = flag.fetch_id
          WHERE fetch.received_at <= ?3
          ORDER BY asset.symbol, source.name, flag.series_id, flag.at, flag.rule
          """,
        arguments: [span.lowerBound.epochSeconds, span.upperBound.epochSeconds, asOf.epochSeconds]
      ).compactMap { row in
        guard let known = FlagRule(rawValue: row["rule"]) else { return nil }
        return FlaggedRow(
          series: try StoredCatalogue.seriesKey(row), asset: row["asset"], at: Instant(epochSeconds: row["at"]),
          rule: known,
          detail: row["detail"], fetch: FetchID(row["fetch_id"]))
      }.filter { row in
        (rule == nil || row.rule == rule) && (assets.isEmpty || row.asset.map(assets.contains) ?? false)
      }
    }
  }

  /// How many stored rows are marked as odd, and how many refused ones wait for a decision.
  package func flagCounts() throws(StoreError) -> FlagCounts {
    try read { db in
      let marked = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM (SELECT DISTINCT series_id, at, sub_key FROM quality_flag)")
      let refused = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM quarantine LEFT JOIN series USING (series_id)
          WHERE quarantine.state = 'held' AND \(kinds.storedLater) IS NULL
          """)
      return FlagCounts(marked: marked ?? 0, refused: refused ?? 0)
    }
  }
}
