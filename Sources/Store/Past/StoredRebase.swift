import GRDB
import Market
import SQLite

/// A series that its provider restated as a whole after a split, as it stands in the file.
package struct StoredRebase: Hashable, Sendable {
  /// The series whose rows were restated.
  package let series: StoredSeries
  /// New price for one of before.
  package let factor: Double
  /// `split 4 for 1 on 2020-08-31`
  package let cause: String
  /// The answer that told it.
  package let fetch: FetchID
  /// When that came.
  package let receivedAt: Instant
  /// How many prices it restated.
  package let rows: Int
  /// How many splits and dividends beside them.
  package let actions: Int
}

extension StoredRebase {
  /// Those of a selection, newest first.
  static func all(_ selection: ChangeSelection, _ db: Database) throws -> [StoredRebase] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT rebase.series_id, factor, cause, rebase.fetch_id, fetch.received_at, rebase.rows,
          (SELECT count(*) FROM corporate_action_restatement AS old JOIN series AS acting ON acting.series_id = old.series_id
            WHERE old.replaced_by_fetch_id = rebase.fetch_id AND acting.asset_id = series.asset_id) AS actions
        FROM rebase JOIN fetch ON fetch.fetch_id = rebase.fetch_id JOIN series ON series.series_id = rebase.series_id
        WHERE fetch.received_at >= ? ORDER BY rebase.rebase_id DESC
        """, arguments: [selection.since?.epochSeconds ?? .min]
    ).compactMap { row in
      let stored = try Row.fetchOne(
        db, sql: StoredSeries.selection + " WHERE series.series_id = ?", arguments: [row["series_id"] as Int64])
      guard let series = try stored.map(StoredSeries.init), selection.assets?.contains(series.asset ?? "") ?? true
      else {
        return nil
      }
      return StoredRebase(
        series: series, factor: row["factor"], cause: row["cause"], fetch: FetchID(row["fetch_id"]),
        receivedAt: Instant(epochSeconds: row["received_at"]), rows: row["rows"], actions: row["actions"])
    }
  }

  /// Whether a restatement is one of those that it groups.
  func groups(_ replacedBy: Replacement, of series: StoredSeries) -> Bool {
    replacedBy.fetch == fetch && series.asset == self.series.asset
  }
}
