import GRDB
import Market
import SQLite

/// What is missing of a series where something ought to be: not before its listing, after its delisting, or while its
/// market was closed.
package struct GapCounts: Hashable, Sendable {
  /// Unbroken runs of keys that are missing and may yet come: what `gaps` lists.
  package let count: Int
  /// Keys missing in all of them.
  package let missing: Int
  /// Keys that an answer proves to be missing at the provider too, in runs that are not counted.
  package let proven: Int
}

/// A run that has ended, as far as a screen wants to know.
package struct RunStatus: Sendable {
  /// The run itself, with its end.
  package let run: StoredRun
  /// Rows of facts and derived tables, requests and bytes of all its steps.
  package let counts: StepCounts
  /// The steps that failed, wholly or in part, or were interrupted; in the order in which they began.
  package let troubled: [StepReport]
  /// What was taken back, in words: an import that was undone.
  package let undone: [String]
}

/// How long the file is.
package struct StoreSize: Hashable, Sendable {
  /// Pages in use and free, times their length; the log beside the file is not counted.
  package let bytes: Int64
  /// Bodies as they are stored, compressed. A kept figure.
  package let vaultBytes: Int64
  /// Growth of the file over the last week, or since its first run where that is at least a day ago; `nil` before.
  package let bytesPerDay: Int64?
}

/// The state of a file in one snapshot, from kept figures: its cost follows the number of series, not of rows.
package struct StoreStatus: Sendable {
  /// `nil` before anything was stored.
  package let origin: Origin?
  /// By asset, dataset and priority.
  package let series: [StoredSeries]
  /// By series; one without such gaps is left out.
  package let gaps: [SeriesID: GapCounts]
  /// The series that are the price of their asset now.
  package let chosen: Set<SeriesID>
  /// The last run that has ended, whatever began after it; `nil` where none has.
  package let lastRun: RunStatus?
  /// A later run that has no end yet: it is going on, or it died.
  package let unended: StoredRun?
  /// By provider, then the shortest window first, as last saved.
  package let quotas: [QuotaState]
  /// The length of the file and of its vault, and how fast it grows.
  package let size: StoreSize
}

extension Store {
  /// What `status` shows of the file.
  ///
  /// - Parameter now: what the growth is measured to.
  package func status(at now: Instant) throws(StoreError) -> StoreStatus {
    try read { db in
      let unended = try Row.fetchOne(db, sql: "SELECT * FROM run ORDER BY run_id DESC LIMIT 1").map(StoredRun.init)
      return StoreStatus(
        origin: try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'origin'")
          .flatMap(Origin.init(rawValue:)),
        series: try StoredSeries.all(StoredSeries.order, [], db),
        gaps: try Store.gaps(db), chosen: try Store.chosen(db), lastRun: try Store.lastEndedRun(db),
        unended: unended?.finishedAt == nil ? unended : nil, quotas: try Runs.quotas(db),
        size: try Store.size(at: now, db))
    }
  }

  private static func gaps(_ db: Database) throws -> [SeriesID: GapCounts] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT series_id, sum(reason <> 'provider_empty') AS count,
          sum(CASE WHEN reason = 'provider_empty' THEN 0 ELSE missing END) AS missing,
          sum(CASE WHEN reason = 'provider_empty' THEN missing ELSE 0 END) AS proven
        FROM gap WHERE reason NOT IN ('market_closed', 'before_listing', 'after_delisting')
        GROUP BY series_id
        """)
    return Dictionary(
      rows.map { row in
        (SeriesID(row["series_id"]), GapCounts(count: row["count"], missing: row["missing"], proven: row["proven"]))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func chosen(_ db: Database) throws -> Set<SeriesID> {
    let holding = "SELECT series_id FROM price_choice_current JOIN series USING (series_id) WHERE row_count > 0"
    return Set(try Int64.fetchAll(db, sql: holding).map(SeriesID.init))
  }

  private static func lastEndedRun(_ db: Database) throws -> RunStatus? {
    let last = try Row.fetchOne(
      db, sql: "SELECT * FROM run WHERE finished_at IS NOT NULL ORDER BY run_id DESC LIMIT 1")
    guard let run = last.map(StoredRun.init) else { return nil }
    let counts = try Row.fetchOne(
      db,
      sql: """
        SELECT coalesce(sum(rows_new), 0) AS new, coalesce(sum(rows_changed), 0) AS changed,
          coalesce(sum(rows_unchanged), 0) AS unchanged, coalesce(sum(rows_refused), 0) AS refused,
          coalesce(sum(requests), 0) AS requests, coalesce(sum(bytes), 0) AS bytes
        FROM step WHERE run_id = ?
        """, arguments: [run.id.rawValue]
    ).map { row in
      StepCounts(
        new: row["new"], changed: row["changed"], unchanged: row["unchanged"], refused: row["refused"],
        requests: row["requests"], bytes: row["bytes"])
    }
    let troubled = try Runs.steps(
      of: run.id, where: "step.outcome IN ('failed', 'partial', 'interrupted') AND step.reason IS NOT 'rationed'", db)
    let undone = try Runs.steps(of: run.id, where: "step.reason = 'undone'", db).compactMap(\.detail)
    return RunStatus(run: run, counts: counts ?? StepCounts(), troubled: troubled, undone: undone)
  }

  private static func size(at now: Instant, _ db: Database) throws -> StoreSize {
    let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    let bytes = pages * (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    let vault = try Int64.fetchOne(db, sql: "SELECT vault_bytes FROM run ORDER BY run_id DESC LIMIT 1") ?? 0
    return StoreSize(bytes: bytes, vaultBytes: vault, bytesPerDay: try growth(to: bytes, at: now, db))
  }

  /// Against the last run that ended a week ago or earlier; the first bulk load of a file is no growth.
  private static func growth(to bytes: Int64, at now: Instant, _ db: Database) throws -> Int64? {
    let measured = "SELECT started_at, file_bytes FROM run WHERE file_bytes IS NOT NULL"
    let base =
      try Row.fetchOne(
        db, sql: measured + " AND started_at <= ? ORDER BY run_id DESC LIMIT 1",
        arguments: [(now - 7 * 86_400).epochSeconds])
      ?? Row.fetchOne(db, sql: measured + " ORDER BY run_id LIMIT 1")
    guard let base else { return nil }
    let seconds = now - Instant(epochSeconds: base["started_at"])
    guard seconds >= 86_400 else { return nil }
    return Int64(Double(bytes - (base["file_bytes"] as Int64)) * 86_400 / Double(seconds))
  }
}
