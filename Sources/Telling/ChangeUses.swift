import GRDB
import Market
import SQLite
import Store

/// What had been made of a value before it was restated.
package struct ChangeUses: Hashable, Sendable {
  /// A snapshot that was computed from the old value.
  package struct UsedSnapshot: Hashable, Sendable {
    /// Symbol of the asset whose day it is.
    package let asset: String
    /// The UTC day of the snapshot.
    package let day: Day
    /// Whether a figure of it became another one when it was computed again, at the restatement or later.
    package let changed: Bool
  }

  /// A summary that was written from the old value.
  package struct UsedSummary: Hashable, Sendable {
    /// Its number, by which `tracedSummary(_:)` finds it; it stays when the text is written anew.
    package let id: Int64
    /// The UTC day that it is about.
    package let day: Day
    /// `nil` for the market's.
    package let asset: String?
    /// Whether it was written anew with another text or other facts, at the restatement or later.
    package let changed: Bool
  }

  /// By asset, then the oldest day first.
  package let snapshots: [UsedSnapshot]
  /// The oldest day first, then the market's, then by asset; only of days that `snapshots` has.
  package let summaries: [UsedSummary]
}

extension Telling {
  /// The snapshots and summaries within reach of a restated row that were made before it was restated.
  ///
  /// The reach is the one by which days are computed again: a bar moves its own day and the seven after it, a flow its
  /// own day and those whose five-day sum holds it.
  package func uses(of change: Change) throws(StoreError) -> ChangeUses {
    try read { db in
      guard let reach = store.kinds[change.series.key.dataset]?.snapshotReach(change.series.key) else {
        return ChangeUses(snapshots: [], summaries: [])
      }
      let day = change.at.day
      let snapshots = try Telling.usedSnapshots(change, day...day + Int(reach), db)
      let days = Set(snapshots.map(\.day))
      let summaries = try Telling.usedSummaries(change, day...day + Int(reach), db).filter { days.contains($0.day) }
      return ChangeUses(snapshots: snapshots, summaries: summaries)
    }
  }

  /// Made before the restatement; of two runs at one instant, by an earlier run than the one that brought it.
  private static func isBefore(_ table: String) -> String {
    """
    (\(table)made_at < ?3 OR (\(table)made_at = ?3
      AND \(table)run_id < (SELECT run_id FROM fetch WHERE fetch_id = ?5)))
    """
  }

  private static func usedSnapshots(
    _ change: Change, _ days: ClosedRange<Day>, _ db: Database
  ) throws -> [ChangeUses.UsedSnapshot] {
    // Of prices, only the days that were made from this very series.
    let ofSeries = change.series.key.holdsBars ? "= \(change.series.id.rawValue)" : "> 0"
    return try Row.fetchAll(
      db,
      sql: """
        SELECT asset.symbol, used.day, max(used.changed) AS changed
        FROM (
          SELECT now.asset_id, now.day, now.series_id, 0 AS changed
          FROM market_snapshot AS now
          JOIN market_snapshot_made AS made ON made.asset_id = now.asset_id AND made.day = now.day
          WHERE now.day BETWEEN ?1 AND ?2 AND \(Telling.isBefore("made."))
          UNION ALL
          SELECT asset_id, day, series_id, 1 FROM market_snapshot_restatement
          WHERE day BETWEEN ?1 AND ?2 AND \(Telling.isBefore("")) AND replaced_at >= ?3
        ) AS used
        JOIN asset ON asset.asset_id = used.asset_id
        WHERE used.series_id \(ofSeries) AND (?4 IS NULL OR asset.symbol = ?4)
        GROUP BY asset.symbol, used.day ORDER BY asset.symbol, used.day
        """, arguments: arguments(change, days)
    ).compactMap { row in
      Day(row["day"] as String).map {
        ChangeUses.UsedSnapshot(asset: row["symbol"], day: $0, changed: row["changed"])
      }
    }
  }

  private static func arguments(_ change: Change, _ days: ClosedRange<Day>) -> StatementArguments {
    [
      days.lowerBound.description, days.upperBound.description, change.replacedAt.epochSeconds, change.series.asset,
      change.replacedBy.fetch?.rawValue,
    ]
  }

  private static func usedSummaries(
    _ change: Change, _ days: ClosedRange<Day>, _ db: Database
  ) throws -> [ChangeUses.UsedSummary] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT used.summary_id, used.day, asset.symbol, max(used.changed) AS changed
        FROM (
          SELECT now.summary_id, now.day, now.asset_id, 0 AS changed
          FROM summary AS now JOIN summary_made AS made ON made.summary_id = now.summary_id
          WHERE now.day BETWEEN ?1 AND ?2 AND \(Telling.isBefore("made."))
          UNION ALL
          SELECT summary_id, day, asset_id, 1 FROM summary_restatement
          WHERE day BETWEEN ?1 AND ?2 AND \(Telling.isBefore("")) AND replaced_at >= ?3
        ) AS used
        LEFT JOIN asset ON asset.asset_id = used.asset_id
        WHERE ?4 IS NULL OR used.asset_id IS NULL OR asset.symbol = ?4
        GROUP BY used.summary_id ORDER BY used.day, asset.symbol IS NOT NULL, asset.symbol
        """,
      arguments: arguments(change, days)
    ).compactMap { row in
      Day(row["day"] as String).map {
        ChangeUses.UsedSummary(id: row["summary_id"], day: $0, asset: row["symbol"], changed: row["changed"])
      }
    }
  }
}
