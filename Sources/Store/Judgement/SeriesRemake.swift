import GRDB
import Market
import SQLite

/// Makes a series again without the imports that the user undid: cleared, told again what the others say, and compared
/// with what it was.
///
/// Its rows go into the history at once, as replaced by the decision, so that nothing of them is held in memory; those
/// that come again with the same values leave it at the end. What stays there are rows that vanish or say otherwise now,
/// and those that only an answer that came later says now, so that the past stays what it was.
package struct SeriesRemake {
  /// The series that is made again.
  package let series: StoredSeries
  private let store: Store
  private let table: KindTable
  /// The transaction that it is made in; `nil` where each step has one of its own.
  private let db: Database?
  /// The highest number in each history of its kind before anything was told again.
  private let last: [String: Int64]
  /// The numbers of its rows of before in the history.
  private let before: ClosedRange<Int64>

  /// Clears the series, having put its rows into the history.
  fileprivate init(_ store: Store, _ series: StoredSeries, _ decision: DecisionID, within db: Database?) throws {
    (self.store, self.series, self.db) = (store, series, db)
    table = KindTable(try store.kinds.kind(of: series.key))
    let table = table
    (last, before) = try SeriesRemake.perform(within: db, store) { db in
      let id = series.id.rawValue
      func last(_ history: String) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT coalesce(max(restatement_id), 0) FROM \(history)") ?? 0
      }
      let first = try last(table.restatements) + 1
      if series.key.holdsFlows { try SeriesRemake.forgetSums(of: id, db) }
      try StoredFacts.markIndicators(of: series, db)
      try StoredFacts.markQuality(of: series, series.extent, db)
      let columns = (table.keys + table.values + ["fetch_id"]).joined(separator: ", ")
      try db.execute(
        sql: """
          DROP TABLE IF EXISTS temp.due_before;
          CREATE TEMP TABLE due_before AS SELECT * FROM main.snapshot_due;
          DELETE FROM gap WHERE series_id = \(id);
          DELETE FROM quality_flag WHERE series_id = \(id);
          DELETE FROM quarantine WHERE series_id = \(id);
          INSERT INTO \(table.restatements) (\(columns), replaced_by_decision_id, replaced_at)
          SELECT \(columns), \(decision.rawValue),
            (SELECT decided_at FROM decision WHERE decision_id = \(decision.rawValue))
          FROM \(table.name) WHERE series_id = \(id) ORDER BY \(table.keys.joined(separator: ", "));
          DELETE FROM \(table.name) WHERE series_id = \(id);
          UPDATE series SET row_count = 0, first_time = NULL, last_time = NULL WHERE series_id = \(id);
          """)
      return (
        Dictionary(uniqueKeysWithValues: try table.histories.map { ($0, try last($0)) }),
        first...max(first, try last(table.restatements))
      )
    }
  }

  private static func perform<T>(within db: Database?, _ store: Store, _ body: (Database) throws -> T) throws -> T {
    if let db { try body(db) } else { try store.write(body) }
  }

  private static func forgetSums(of series: Int64, _ db: Database) throws {
    let now = try Derivation(db)
    for day in try String.fetchAll(db, sql: "SELECT day FROM etf_flow_day WHERE series_id = ?", arguments: [series]) {
      try DerivedHistory.flowDays.keepRow([series, day], at: now, db)
    }
    try db.execute(
      sql:
        "DELETE FROM etf_flow_day WHERE series_id = \(series); DELETE FROM etf_flow_day_made WHERE series_id = \(series)"
    )
  }

  /// Stores what a part of an import that stays says; what the record keeps of the import is left as it is.
  package func take(_ part: FilePart, of file: KeptImport) throws {
    try SeriesRemake.perform(within: db, store) { db in
      let (reading, _) = try Imports.believing(part, db)
      _ = try store.facts.store(reading, from: file.fetch, step: nil, at: file.receivedAt, db)
    }
  }

  /// Decides again what the user decided about a row of such an import.
  package func decide(_ decision: DecisionID, about refusal: Refusal?) throws {
    try SeriesRemake.perform(within: db, store) { db in
      try store.judgement.repeatDecision(decision, about: refusal, db)
    }
  }

  /// Keeps what is not believed any more, and has the days computed again that it moved.
  ///
  /// - Returns: rows that are gone, and rows that say otherwise.
  @discardableResult package func end() throws -> (gone: Int, changed: Int) {
    try SeriesRemake.perform(within: db, store) { db in
      for (history, number) in last {
        try db.execute(
          sql: "DELETE FROM \(history) WHERE series_id = \(series.id.rawValue) AND restatement_id > \(number)")
      }
      try db.execute(sql: "DELETE FROM snapshot_due; INSERT INTO snapshot_due SELECT * FROM temp.due_before")
      try markDays(db)
      let counts = try count(db)
      try db.execute(
        sql: """
          DELETE FROM \(table.restatements) AS old WHERE \(isOfBefore) AND EXISTS (
            SELECT 1 FROM \(table.name) AS now WHERE \(isSame) AND NOT \(differs) AND \(isKnownAsLong));
          DROP TABLE temp.due_before;
          """)
      return counts
    }
  }

  private var isOfBefore: String {
    "old.series_id = \(series.id.rawValue) AND old.restatement_id BETWEEN \(before.lowerBound) AND \(before.upperBound)"
  }
  private var isSame: String { table.keys.map { "now.\($0) = old.\($0)" }.joined(separator: " AND ") }
  private func list(_ columns: [String], of name: String) -> String {
    columns.map { "\(name).\($0)" }.joined(separator: ", ")
  }
  private var differs: String { "(\(list(table.values, of: "now"))) IS NOT (\(list(table.values, of: "old")))" }
  private var beforeBesideNow: String {
    "FROM \(table.restatements) AS old LEFT JOIN \(table.name) AS now ON \(isSame) WHERE \(isOfBefore)"
  }

  /// Whether the past needs no row of before beside the one of now: that was known as early, or the history holds what
  /// stood until its answer came.
  private var isKnownAsLong: String {
    let same = table.keys.map { "earlier.\($0) = now.\($0)" }.joined(separator: " AND ")
    return """
      (now.fetch_id <= old.fetch_id OR EXISTS (
        SELECT 1 FROM \(table.restatements) AS earlier
        WHERE \(same) AND earlier.replaced_by_fetch_id = now.fetch_id))
      """
  }

  private func count(_ db: Database) throws -> (gone: Int, changed: Int) {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*) FILTER (WHERE now.series_id IS NULL) AS gone,
          count(*) FILTER (WHERE now.series_id IS NOT NULL AND \(differs)) AS changed
        \(beforeBesideNow)
        """)
    return (row?["gone"] ?? 0, row?["changed"] ?? 0)
  }

  /// Days of the series whose rows came, went or changed: a snapshot of such a day that its prices made is taken back,
  /// and whatever shows the day is computed again.
  private func markDays(_ db: Database) throws {
    func day(_ name: String) -> String {
      table.isDaily ? "\(name).\(table.time)" : "date(\(name).\(table.time), 'unixepoch')"
    }
    let moved = try String.fetchAll(
      db,
      sql: """
        SELECT \(day("old")) \(beforeBesideNow) AND (now.series_id IS NULL OR \(differs))
        UNION
        SELECT \(day("now")) FROM \(table.name) AS now
        WHERE now.series_id = ? AND NOT EXISTS (
          SELECT 1 FROM \(table.restatements) AS old
          WHERE \(isSame) AND +old.restatement_id BETWEEN \(before.lowerBound) AND \(before.upperBound))
        """, arguments: [series.id.rawValue]
    ).compactMap { Day($0) }
    guard let reach = table.kind.snapshotReach(series.key) else { return }
    let days = Set(moved.flatMap { ($0.daysSinceEpoch...$0.daysSinceEpoch + reach).map(Day.init(daysSinceEpoch:)) })
    if series.key.holdsBars { try takeBackSnapshots(of: days, db) }
    try StoredFacts.markSnapshots(due: Array(days), asset: series.asset, db)
  }

  private func takeBackSnapshots(of days: Set<Day>, _ db: Database) throws {
    let now = try Derivation(db)
    let made = try Row.fetchAll(
      db, sql: "SELECT asset_id, day FROM market_snapshot WHERE series_id = ?", arguments: [series.id.rawValue])
    for row in made {
      guard let day = Day(row["day"] as String), days.contains(day) else { continue }
      let key: [any DatabaseValueConvertible] = [row["asset_id"] as Int64, day.description]
      try DerivedHistory.snapshots.keepRow(key, at: now, db)
      for table in ["market_snapshot", "market_snapshot_made"] {
        try db.run("DELETE FROM \(table) WHERE asset_id = ? AND day = ?", StatementArguments(key))
      }
    }
  }
}

extension Imports {
  /// Undoes an import: notes the decision and makes its series again, in one transaction.
  ///
  /// - Parameter remaking: tells the series again what the other imports say; is given the file as it stands.
  /// - Returns: rows that are gone, and rows that say otherwise, of all series that it filled.
  /// - Throws: what `remaking` throws; then nothing is changed.
  package func undo(
    _ fetch: FetchID, named name: String, at now: Instant,
    remaking: (StoreMoment, SeriesRemake) throws -> Void
  ) throws -> (gone: Int, changed: Int) {
    var fault: (any Error)?
    do {
      return try write(unseen: .references) { db in
        let decision = try db.decide(Imports.undoing, about: name, detail: "fetch: \(fetch.rawValue)", at: now)
        var sum = (gone: 0, changed: 0)
        for file in try Imports.all(db) where file.fetch == fetch {
          let remake = try SeriesRemake(store, file.series, decision, within: db)
          do { try remaking(StoreMoment(db: db, path: path), remake) } catch {
            fault = error
            throw error
          }
          let counts = try remake.end()
          sum = (sum.gone + counts.gone, sum.changed + counts.changed)
        }
        try store.chronicle.add(.decided(decision), db)
        return sum
      }
    } catch { throw fault ?? error }
  }

  /// Begins to make a series again in a rebuilt file.
  package func remake(_ series: StoredSeries, because decision: DecisionID) throws -> SeriesRemake {
    try SeriesRemake(store, series, decision, within: nil)
  }

  /// What a part says once what contradicts an earlier part is refused, and how many rows those are.
  static func believing(_ part: FilePart, _ db: Database) throws -> (SeriesReading, contradicting: Int) {
    let reading = part.reading
    let contradicting = try StoredFacts.contradicting(part.repeats, of: reading.series, db)
    guard !contradicting.isEmpty else { return (reading, 0) }
    return (
      SeriesReading(
        series: reading.series, facts: reading.facts, refusals: reading.refusals + contradicting,
        covers: reading.covers, told: reading.told), contradicting.count
    )
  }
}

extension StoreMoment {
  /// The import that a decision undid; `nil` where it is about something else.
  package func undoneImport(_ decision: DecisionID) throws -> FetchID? {
    try Int64.fetchOne(db, sql: Imports.undoneFetches + " AND decision_id = ?", arguments: [decision.rawValue])
      .map(FetchID.init)
  }
}
