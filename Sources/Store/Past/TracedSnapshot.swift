import GRDB
import Market
import SQLite

/// When something derived was made, and by which run; both are unknown for what was made before this was kept.
package struct MadeAt: Hashable, Sendable {
  /// When, to the second; `nil` where it was not kept.
  package let at: Instant?
  /// The run that made it; `nil` where it was not kept.
  package let run: RunID?
}

/// One asset's day with what it said before.
package struct TracedSnapshot: Hashable, Sendable {
  /// The day as it stands now.
  package let row: SnapshotRow
  /// The series of its prices.
  package let series: StoredSeries
  /// When the row as it stands was computed.
  package let made: MadeAt
  /// Whether facts moved since and the day waits to be computed again.
  package let isDue: Bool
  /// Oldest first.
  package let earlier: [EarlierSnapshot]
}

/// A day as it stood before it was computed again.
package struct EarlierSnapshot: Hashable, Sendable {
  /// The day as it stood.
  package let row: SnapshotRow
  /// The provider whose prices it was made from.
  package let source: ProviderName
  /// When it was computed.
  package let made: MadeAt
  /// When the next one took its place, and by which run.
  package let replaced: MadeAt
}

extension Past {
  /// The snapshot of an asset's day; `nil` where there is none.
  package func snapshot(of asset: String, on day: Day) throws(StoreError) -> TracedSnapshot? {
    try read { db in
      let key: StatementArguments = [asset, day.description]
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT market_snapshot.*, made.made_at, made.run_id, due.day IS NOT NULL AS is_due
            FROM market_snapshot
            JOIN asset ON asset.asset_id = market_snapshot.asset_id
            LEFT JOIN market_snapshot_made AS made
              ON made.asset_id = market_snapshot.asset_id AND made.day = market_snapshot.day
            LEFT JOIN snapshot_due AS due
              ON due.asset_id = market_snapshot.asset_id AND due.day = market_snapshot.day
            WHERE asset.symbol = ? AND market_snapshot.day = ?
            """, arguments: key),
        let series = try Row.fetchOne(
          db, sql: StoredSeries.selection + " WHERE series.series_id = ?", arguments: [row["series_id"] as Int64])
      else { return nil }
      let earlier = try Row.fetchAll(
        db,
        sql: """
          SELECT old.*, source.name AS source FROM market_snapshot_restatement AS old
          JOIN asset ON asset.asset_id = old.asset_id
          JOIN series ON series.series_id = old.series_id
          JOIN source ON source.source_id = series.source_id
          WHERE asset.symbol = ? AND old.day = ? ORDER BY old.replaced_at
          """, arguments: key
      ).map(EarlierSnapshot.init)
      return TracedSnapshot(
        row: try Snapshots.snapshot(row), series: try StoredSeries(series), made: MadeAt(row), isDue: row["is_due"],
        earlier: earlier)
    }
  }
}

extension MadeAt {
  /// Reads `made_at` and `run_id`.
  init(_ row: Row) {
    self.init(
      at: (row["made_at"] as Int64?).map(Instant.init(epochSeconds:)), run: (row["run_id"] as Int64?).map(RunID.init))
  }

  /// Reads `replaced_at` and `replaced_by_run_id`.
  init(replacing row: Row) {
    self.init(
      at: (row["replaced_at"] as Int64?).map(Instant.init(epochSeconds:)),
      run: (row["replaced_by_run_id"] as Int64?).map(RunID.init))
  }
}

extension EarlierSnapshot {
  fileprivate init(_ row: Row) throws {
    self.init(
      row: try Snapshots.snapshot(row), source: ProviderName(row["source"]), made: MadeAt(row),
      replaced: MadeAt(replacing: row))
  }
}

/// A text with what it said before.
package struct TracedSummary: Hashable, Sendable {
  /// Its number, which stays when the text is written anew.
  package let id: Int64
  /// The summary as it stands now.
  package let row: SummaryRow
  /// When the text as it stands was written.
  package let made: MadeAt
  /// Oldest first.
  package let earlier: [EarlierSummary]
}

/// A text as it stood before it was written again.
package struct EarlierSummary: Hashable, Sendable {
  /// What it said.
  package let text: String
  /// The facts that text was made from, as a JSON object.
  package let facts: String
  /// When it was written.
  package let made: MadeAt
  /// When the next one took its place, and by which run.
  package let replaced: MadeAt
}

extension Past {
  /// The summary of this number; `nil` where there is none.
  package func summary(_ id: Int64) throws(StoreError) -> TracedSummary? {
    try read { db in
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT summary.*, asset.symbol, made.made_at, made.run_id
            FROM summary
            LEFT JOIN asset ON asset.asset_id = summary.asset_id
            LEFT JOIN summary_made AS made ON made.summary_id = summary.summary_id
            WHERE summary.summary_id = ?
            """, arguments: [id]),
        let day = Day(row["day"] as String)
      else { return nil }
      let earlier = try Row.fetchAll(
        db, sql: "SELECT * FROM summary_restatement WHERE summary_id = ? ORDER BY replaced_at", arguments: [id]
      ).map {
        EarlierSummary(text: $0["text"], facts: $0["facts"], made: MadeAt($0), replaced: MadeAt(replacing: $0))
      }
      return TracedSummary(
        id: id,
        row: SummaryRow(row, on: day),
        made: MadeAt(row), earlier: earlier)
    }
  }

  /// The newest summaries, of one day if it is named, newest first: number, day, asset (`nil` for the market's).
  package func newestSummaries(
    _ count: Int, on day: Day? = nil
  ) throws(StoreError) -> [(id: Int64, day: String, asset: String?)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT summary_id, day, symbol FROM summary LEFT JOIN asset USING (asset_id)
          WHERE ifnull(day = ?, 1) ORDER BY day DESC, symbol LIMIT ?
          """, arguments: [day?.description, count]
      ).map { ($0["summary_id"], $0["day"], $0["symbol"]) }
    }
  }
}
