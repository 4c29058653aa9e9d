import CSQLite
import GRDB
import Market
import SQLite

/// Writes bars so that a second time changes nothing: a merge of the sorted batch against the sorted table, which
/// writes only what differs.
struct BarMerge {
  let series: SeriesID
  /// Marks what is odd among the bars; `nil` where nobody asks.
  var flags: BarFlags?
  let fetch: FetchID
  let replacedAt: Instant

  /// - Parameter bars: sorted by open time, none twice.
  func run(_ bars: [Bar], after lastStored: Instant?, _ db: Database) throws -> RowChanges {
    var changes = RowChanges()
    guard let first = bars.first, let last = bars.last else { return changes }
    try check(bars, db)
    var added: [Bar] = []
    var replaced: [(new: Bar, old: Bar)] = []
    if let lastStored, first.openTime <= lastStored {
      (added, replaced) = try compare(bars, from: first.openTime, through: last.openTime, &changes, db)
    } else {
      added = bars
    }
    for bar in added { changes.addNew(bar.openTime.epochSeconds) }
    try insert(added, db)
    try flags?.write(bars, replaced: replaced, db)
    return changes
  }

  /// Walks the stored rows beside the batch; returns the bars that are not stored, and those that were replaced.
  private func compare(
    _ bars: [Bar], from first: Instant, through last: Instant, _ changes: inout RowChanges, _ db: Database
  ) throws -> (added: [Bar], replaced: [(new: Bar, old: Bar)]) {
    let (added, replaced) = try BarMerge.differences(bars, from: first, through: last, in: series, db)
    for (new, old) in replaced {
      try replace(old, with: new, db)
      changes.addChanged(new.openTime.epochSeconds)
    }
    changes.unchanged += bars.count - added.count - replaced.count
    return (added, replaced.map { ($0.new, $0.old.bar) })
  }

  struct StoredBar {
    let bar: Bar
    let fetch: Int64
  }

  /// The bars that are not stored, and those that are stored otherwise.
  ///
  /// - Parameter bars: sorted by open time, none twice, the first and the last at those instants.
  static func differences(
    _ bars: [Bar], from first: Instant, through last: Instant, in series: SeriesID, _ db: Database
  ) throws -> (added: [Bar], replaced: [(new: Bar, old: StoredBar)]) {
    let stored = try DirectStatement(
      keptBy: db,
      """
      SELECT open_time, open, high, low, close, volume, fetch_id FROM bar
      WHERE series_id = ? AND open_time BETWEEN ? AND ? ORDER BY open_time
      """)
    stored.bind(series.rawValue, at: 1)
    stored.bind(first.epochSeconds, at: 2)
    stored.bind(last.epochSeconds, at: 3)
    var added: [Bar] = []
    var replaced: [(new: Bar, old: StoredBar)] = []
    var isOnRow = try stored.step()
    for bar in bars {
      while isOnRow, stored.integer(0) < bar.openTime.epochSeconds { isOnRow = try stored.step() }
      guard isOnRow, stored.integer(0) == bar.openTime.epochSeconds else {
        added.append(bar)
        continue
      }
      let old = Bar(
        openTime: bar.openTime, open: stored.real(1), high: stored.real(2), low: stored.real(3), close: stored.real(4),
        volume: stored.real(5))
      if old != bar { replaced.append((bar, StoredBar(bar: old, fetch: stored.integer(6)))) }
    }
    return (added, replaced)
  }

  private func replace(_ old: StoredBar, with new: Bar, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO bar_restatement
          (series_id, open_time, replaced_by_fetch_id, replaced_at, open, high, low, close, volume, fetch_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [
        series.rawValue, old.bar.openTime.epochSeconds, fetch.rawValue, replacedAt.epochSeconds, old.bar.open,
        old.bar.high, old.bar.low, old.bar.close, old.bar.volume, old.fetch,
      ])
    try db.execute(
      sql: """
        UPDATE bar SET open = ?, high = ?, low = ?, close = ?, volume = ?, fetch_id = ?
        WHERE series_id = ? AND open_time = ?
        """,
      arguments: [
        new.open, new.high, new.low, new.close, new.volume, fetch.rawValue, series.rawValue, new.openTime.epochSeconds,
      ])
  }

  /// SQLite's own look at the CHECK is a sixth of the time. Where it was switched off, and among thousands, which are
  /// worth the switch, what it says is looked at here, of bars that are replaced as of new ones.
  private func check(_ bars: [Bar], _ db: Database) throws {
    guard try bars.count >= StoredFacts.bulkRows || !db.rowChecks().contains(.constraints) else { return }
    if let fault = Facts.bars(bars).fault { throw StoreError.sqlite(code: SQLITE_CONSTRAINT, message: fault) }
  }

  private func insert(_ bars: [Bar], _ db: Database) throws {
    guard bars.count >= StoredFacts.bulkRows else { return try insertUnswitched(bars, db) }
    let unseen = try db.stopLooking(at: .constraints)
    let outcome = Result { try insertUnswitched(bars, db) }
    try db.lookAgain(at: unseen)
    try outcome.get()
  }

  /// A row that cannot be stored ends the whole transaction, so the statement need not be able to undo itself:
  /// `OR FAIL` spares it a journal.
  private func insertUnswitched(_ bars: [Bar], _ db: Database) throws {
    guard !bars.isEmpty else { return }
    let statement = try DirectStatement(
      keptBy: db,
      """
      INSERT OR FAIL INTO bar (series_id, open_time, open, high, low, close, volume, fetch_id)
      SELECT ?1, open_time, open, high, low, close, volume, ?2 FROM bar_feed(?3)
      """)
    statement.bind(series.rawValue, at: 1)
    statement.bind(fetch.rawValue, at: 2)
    try bars.withUnsafeBufferPointer { bars in
      try withUnsafePointer(to: bars) { bars in
        statement.bind(bars, of: BarFeed.type, at: 3)
        defer { statement.unbind(3) }
        try statement.run()
      }
    }
  }
}
