import GRDB
import Market

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
    var added: [Bar] = []
    var replaced: [(new: Bar, old: StoredBar)] = []
    let stored = try storedBars(from: first, through: last, db)
    var index = 0
    for bar in bars {
      while index < stored.count, stored[index].bar.openTime < bar.openTime { index += 1 }
      guard index < stored.count, stored[index].bar.openTime == bar.openTime else {
        added.append(bar)
        continue
      }
      if stored[index].bar == bar {
        changes.unchanged += 1
      } else {
        replaced.append((bar, stored[index]))
      }
    }
    for (new, old) in replaced {
      try replace(old, with: new, db)
      changes.addChanged(new.openTime.epochSeconds)
    }
    return (added, replaced.map { ($0.new, $0.old.bar) })
  }

  private struct StoredBar {
    let bar: Bar
    let fetch: Int64
  }

  private func storedBars(from first: Instant, through last: Instant, _ db: Database) throws -> [StoredBar] {
    let statement = try DirectStatement(
      keptBy: db,
      """
      SELECT open_time, open, high, low, close, volume, fetch_id FROM bar
      WHERE series_id = ? AND open_time BETWEEN ? AND ? ORDER BY open_time
      """)
    statement.bind(series.rawValue, at: 1)
    statement.bind(first.epochSeconds, at: 2)
    statement.bind(last.epochSeconds, at: 3)
    var rows: [StoredBar] = []
    while try statement.step() {
      let bar = Bar(
        openTime: Instant(epochSeconds: statement.integer(0)), open: statement.real(1), high: statement.real(2),
        low: statement.real(3), close: statement.real(4), volume: statement.real(5))
      rows.append(StoredBar(bar: bar, fetch: statement.integer(6)))
    }
    return rows
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

  /// Sixteen rows a statement, which is one and a half times as fast as one; the rest one by one.
  private func insert(_ bars: [Bar], _ db: Database) throws {
    var index = 0
    if bars.count >= BarMerge.rows {
      let many = try inserting(BarMerge.insertMany, db)
      while bars.count - index >= BarMerge.rows {
        for offset in 0..<BarMerge.rows { bind(bars[index + offset], to: many, at: Int32(2 + offset * 6)) }
        try many.run()
        index += BarMerge.rows
      }
    }
    guard index < bars.count else { return }
    let one = try inserting(BarMerge.insertOne, db)
    while index < bars.count {
      bind(bars[index], to: one, at: 2)
      try one.run()
      index += 1
    }
  }

  private static let rows = 16
  private static let insertMany = insert(rows: rows)
  private static let insertOne = insert(rows: 1)

  /// Series and fetch are the same for every row and bound once. A row that cannot be stored ends the whole transaction,
  /// so the statement need not be able to undo itself: `OR FAIL` spares it a journal.
  private static func insert(rows: Int) -> String {
    "INSERT OR FAIL INTO bar (series_id, open_time, open, high, low, close, volume, fetch_id) VALUES "
      + (0..<rows).map { row in
        "(?1, \((3..<9).map { "?\(row * 6 + $0)" }.joined(separator: ", ")), ?2)"
      }.joined(separator: ", ")
  }

  private func inserting(_ sql: String, _ db: Database) throws -> DirectStatement {
    let statement = try DirectStatement(keptBy: db, sql)
    statement.bind(series.rawValue, at: 1)
    statement.bind(fetch.rawValue, at: 2)
    return statement
  }

  private func bind(_ bar: Bar, to statement: borrowing DirectStatement, at offset: Int32) {
    statement.bind(bar.openTime.epochSeconds, at: offset + 1)
    statement.bind(bar.open, at: offset + 2)
    statement.bind(bar.high, at: offset + 3)
    statement.bind(bar.low, at: offset + 4)
    statement.bind(bar.close, at: offset + 5)
    statement.bind(bar.volume, at: offset + 6)
  }
}
