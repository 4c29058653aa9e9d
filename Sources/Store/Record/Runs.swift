import GRDB
import Market
import SQLite

/// A run as it stands in the file.
package struct StoredRun: Hashable, Sendable {
  /// Its number; a later run has a higher one.
  package let id: RunID
  /// The command line that began it.
  package let command: String
  /// When it was opened, to the second.
  package let startedAt: Instant
  /// When it ended, or was found dead by the next one; `nil` while it has no end.
  package let finishedAt: Instant?
  /// How it ended; `nil` while it has no end.
  package let outcome: RunOutcome?

  init(_ row: Row) {
    id = RunID(row["run_id"])
    command = row["command"]
    startedAt = Instant(epochSeconds: row["started_at"])
    finishedAt = (row["finished_at"] as Int64?).map(Instant.init(epochSeconds:))
    outcome = (row["outcome"] as String?).flatMap(RunOutcome.init(rawValue:))
  }
}

extension Runs {
  /// Opens a run and marks those that died before it: the lock is ours, so none of them can be alive.
  package func begin(command: String, at now: Instant, processID: Int32, version: String) throws(StoreError) -> RunID {
    try write { db in
      try db.execute(
        sql: """
          UPDATE step SET outcome = 'interrupted', reason = 'interrupted'
          WHERE outcome IS NULL AND run_id IN (SELECT run_id FROM run WHERE finished_at IS NULL);
          """)
      try db.execute(
        sql: "UPDATE run SET finished_at = max(started_at, ?), outcome = 'interrupted' WHERE finished_at IS NULL",
        arguments: [now.epochSeconds])
      try db.execute(
        sql: """
          INSERT INTO run (command, started_at, process_id, version, vault_bytes)
          VALUES (?, ?, ?, ?, coalesce((SELECT vault_bytes FROM run ORDER BY run_id DESC LIMIT 1), 0))
          """,
        arguments: [command, now.epochSeconds, processID, version])
      return RunID(db.lastInsertedRowID)
    }
  }

  /// Ends a run: its outcome, the length of the file, and how much of each quota is used.
  package func finish(_ run: RunID, outcome: RunOutcome, at now: Instant, quotas: [QuotaState]) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          UPDATE run SET finished_at = max(started_at, ?), outcome = ?,
            file_bytes = (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)
          WHERE run_id = ?
          """,
        arguments: [now.epochSeconds, outcome.rawValue, run.rawValue])
      try Runs.save(quotas, db)
    }
  }

  /// Begins a step of a run; one that never ends is told as the work of a process that died.
  package func beginStep(_ name: StepName, series: SeriesID?, of run: RunID, at now: Instant) throws(StoreError)
    -> StepID
  {
    try write { db in
      try db.execute(
        sql: "INSERT INTO step (run_id, name, series_id, started_at) VALUES (?, ?, ?, ?)",
        arguments: [run.rawValue, name.rawValue, series?.rawValue, now.epochSeconds])
      return StepID(db.lastInsertedRowID)
    }
  }

  /// Ends a step with what it came to; its counts take the place of those that were added on the way.
  package func finish(_ step: StepID, _ report: StepReport) throws(StoreError) {
    try write { db in
      let counts = report.counts
      try db.execute(
        sql: """
          UPDATE step SET outcome = ?, reason = ?, detail = ?, rows_new = ?, rows_changed = ?, rows_unchanged = ?,
            rows_refused = ?, requests = ?, bytes = ?, seconds = ?
          WHERE step_id = ?
          """,
        arguments: [
          report.outcome.rawValue, report.reason?.rawValue, report.detail, counts.new, counts.changed, counts.unchanged,
          counts.refused, counts.requests, counts.bytes, report.seconds, step.rawValue,
        ])
    }
  }

  /// Takes back a step that was begun and had nothing to do.
  package func withdraw(_ step: StepID) throws(StoreError) {
    try write { db in
      try db.execute(sql: "DELETE FROM step WHERE step_id = ?", arguments: [step.rawValue])
    }
  }

  /// The last run that has ended or is under way, and what its steps came to.
  package func lastRun() throws(StoreError) -> (run: StoredRun, steps: [StepReport])? {
    try read { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT * FROM run ORDER BY run_id DESC LIMIT 1") else { return nil }
      let run = StoredRun(row)
      return (run, try Runs.steps(of: run.id, db))
    }
  }

  /// The latest instant at which a run was at work, whichever it was: clocks are set back. `nil` before the first.
  package func latestInstant() throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(db, sql: "SELECT max(coalesce(finished_at, started_at)) FROM run")
        .map(Instant.init(epochSeconds:))
    }
  }

  /// - Parameter condition: narrows the steps, in SQL.
  static func steps(of run: RunID, where condition: String = "TRUE", _ db: Database) throws -> [StepReport] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT step.*, series.dataset, series.provider_symbol, series.interval, source.name AS source, asset.symbol AS asset,
          CASE series.dataset WHEN 'theme_value' THEN macro_series.title END AS title
        FROM step
        LEFT JOIN series ON series.series_id = step.series_id
        LEFT JOIN source ON source.source_id = series.source_id
        LEFT JOIN asset ON asset.asset_id = series.asset_id
        LEFT JOIN macro_series ON macro_series.series_id = series.series_id
        WHERE step.run_id = ? AND \(condition) ORDER BY step.step_id
        """, arguments: [run.rawValue])
    return rows.compactMap(stepReport)
  }

  private static func stepReport(_ row: Row) -> StepReport? {
    guard let name = StepName(rawValue: row["name"]) else { return nil }
    var key: SeriesKey?
    if let source: String = row["source"], let dataset = (row["dataset"] as String?).flatMap(Dataset.init(rawValue:)),
      let interval = (row["interval"] as String?).flatMap(Interval.init(rawValue:))
    {
      key = SeriesKey(
        dataset: dataset, provider: ProviderName(source), providerSymbol: row["provider_symbol"], interval: interval)
    }
    var report = StepReport(
      name: name, series: key, asset: row["asset"],
      outcome: (row["outcome"] as String?).flatMap(StepOutcome.init(rawValue:)) ?? .interrupted,
      reason: (row["reason"] as String?).flatMap(StepReason.init(rawValue:)), detail: row["detail"],
      counts: StepCounts(
        new: row["rows_new"], changed: row["rows_changed"], unchanged: row["rows_unchanged"],
        refused: row["rows_refused"],
        requests: row["requests"], bytes: row["bytes"]), seconds: row["seconds"])
    report.title = row["title"]
    return report
  }
}

extension Runs {
  /// What is used of each provider's quota, as last saved.
  package func quotas() throws(StoreError) -> [QuotaState] {
    try read { db in try Runs.quotas(db) }
  }

  static func quotas(_ db: Database) throws -> [QuotaState] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT name, window_seconds, window_start, used, not_before FROM quota JOIN source USING (source_id)
        ORDER BY name, window_seconds
        """
    ).map { row in
      QuotaState(
        provider: ProviderName(row["name"]), window: row["window_seconds"],
        windowStart: Instant(epochSeconds: row["window_start"]), used: row["used"],
        notBefore: (row["not_before"] as Int64?).map(Instant.init(epochSeconds:)))
    }
  }

  /// Writes what is used of quotas, within a transaction.
  package static func save(_ quotas: [QuotaState], _ db: Database) throws {
    for quota in quotas {
      // One of unknown length stands until the provider's windows are told by their lengths.
      if quota.window > 0 {
        try db.run(
          "DELETE FROM quota WHERE window_seconds = 0 AND source_id = (SELECT source_id FROM source WHERE name = ?)",
          [quota.provider.description])
      }
      try db.run(
        """
        INSERT INTO quota (source_id, window_seconds, window_start, used, not_before)
        SELECT source_id, ?, ?, ?, ? FROM source WHERE name = ?
        ON CONFLICT DO UPDATE SET window_start = excluded.window_start, used = excluded.used,
          not_before = excluded.not_before
        WHERE (window_start, used, not_before) IS NOT (excluded.window_start, excluded.used, excluded.not_before)
        """,
        [
          quota.window, quota.windowStart.epochSeconds, quota.used, quota.notBefore?.epochSeconds,
          quota.provider.description,
        ])
    }
  }
}

/// When the last finished step of a series began, and how it ended.
package typealias LastStep = (startedAt: Instant, outcome: StepOutcome, reason: StepReason?)

extension Runs {
  /// How the last finished step of a series ended.
  package func lastStep(of series: SeriesID) throws(StoreError) -> LastStep? {
    try read { db in
      try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT started_at, outcome, reason FROM step
            WHERE series_id = ? AND outcome IS NOT NULL ORDER BY step_id DESC LIMIT 1
            """), arguments: [series.rawValue]
      ).flatMap { row in
        StepOutcome(rawValue: row["outcome"]).map {
          (Instant(epochSeconds: row["started_at"]), $0, (row["reason"] as String?).flatMap(StepReason.init(rawValue:)))
        }
      }
    }
  }
}

extension Runs {
  /// Notes that a source which does not serve this place counts as skipped in a run, as another one answered.
  package func excuse(_ key: SeriesKey, in run: RunID) throws(StoreError) {
    try write { db in
      guard let series = try StoredCatalogue.series(key, db) else { return }
      try db.execute(
        sql: "UPDATE step SET outcome = 'skipped' WHERE run_id = ? AND series_id = ? AND outcome = 'failed'",
        arguments: [run.rawValue, series.id.rawValue])
    }
  }
}
