import GRDB
import Market
import SQLite

extension SummaryRow {
  /// A row of `summary` with the symbol of its asset.
  init(_ row: Row, on day: Day) {
    self.init(
      day: day, asset: row["symbol"], kind: row["kind"], profile: row["profile"], maker: row["maker"],
      call: row["call_id"], text: row["text"], facts: row["facts"])
  }
}

extension Summaries {
  /// Writes the summaries that differ from what is stored.
  package func store(_ summaries: [SummaryRow]) throws(StoreError) -> StepCounts {
    try write { db in
      var counts = StepCounts()
      let now = try Derivation(db)
      for summary in summaries { try Summaries.store(summary, at: now, &counts, db) }
      return counts
    }
  }

  private static func store(
    _ summary: SummaryRow, at now: Derivation, _ counts: inout StepCounts, _ db: Database
  ) throws {
    let stored = try Row.fetchOne(
      db,
      sql: """
        SELECT summary_id, call_id, text, facts FROM summary
        WHERE day = ? AND coalesce(asset_id, 0) = coalesce((SELECT asset_id FROM asset WHERE symbol = ?), 0)
          AND kind = ? AND profile = ? AND maker = ?
        """,
      arguments: [summary.day.description, summary.asset, summary.kind, summary.profile, summary.maker])
    guard let stored else {
      try db.execute(
        sql: """
          INSERT INTO summary (day, asset_id, kind, profile, maker, call_id, text, facts)
          VALUES (?, (SELECT asset_id FROM asset WHERE symbol = ?), ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          summary.day.description, summary.asset, summary.kind, summary.profile, summary.maker, summary.call,
          summary.text, summary.facts,
        ])
      try DerivedHistory.summaries.noteMade([db.lastInsertedRowID], at: now, db)
      return counts.new += 1
    }
    if stored["text"] as String == summary.text, stored["facts"] as String == summary.facts,
      stored["call_id"] as Int64? == summary.call
    {
      return counts.unchanged += 1
    }
    let id: Int64 = stored["summary_id"]
    try DerivedHistory.summaries.keepRow([id], at: now, db)
    try db.execute(
      sql: "UPDATE summary SET text = ?, facts = ?, call_id = ? WHERE summary_id = ?",
      arguments: [summary.text, summary.facts, summary.call, id])
    try DerivedHistory.summaries.noteMade([id], at: now, db)
    counts.changed += 1
  }

  /// Stored summaries of a day with their numbers, the market's first, then by asset; of one asset the rules' first, then
  /// models' in the order in which they were asked.
  package func numbered(of day: Day) throws(StoreError) -> [(id: Int64, row: SummaryRow)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT summary.*, asset.symbol FROM summary LEFT JOIN asset USING (asset_id)
          WHERE day = ? ORDER BY asset.symbol IS NOT NULL, asset.symbol, call_id IS NOT NULL, call_id, maker
          """, arguments: [day.description]
      ).map { ($0["summary_id"], SummaryRow($0, on: day)) }
    }
  }

  /// Stored summaries of a day, in the same order.
  package func all(of day: Day) throws(StoreError) -> [SummaryRow] { try numbered(of: day).map(\.row) }
}

extension Summaries {
  /// A text that stays the same as long as the file has taken in, concluded, computed and been told nothing: the newest act,
  /// the newest decision, the edition of the universe, whose names summaries use, and the program of the last run.
  package func mark() throws(StoreError) -> String {
    try read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT (SELECT coalesce(max(entry_id), 0) FROM chronicle) || ' '
            || (SELECT coalesce(max(decision_id), 0) FROM decision) || ' '
            || coalesce((SELECT value FROM meta WHERE key = 'universe_edition'), '') || ' '
            || coalesce((SELECT version FROM run ORDER BY run_id DESC LIMIT 1), '')
          """) ?? ""
    }
  }

  /// The summaries of one maker in a stretch of days: by day, the market's first, then by asset.
  package func all(by maker: String, in days: ClosedRange<Day>) throws(StoreError) -> [SummaryRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT summary.*, asset.symbol
          FROM summary LEFT JOIN asset ON asset.asset_id = summary.asset_id
          WHERE summary.day BETWEEN ? AND ? AND summary.maker = ?
          ORDER BY summary.day, asset.symbol IS NOT NULL, asset.symbol
          """,
        arguments: [days.lowerBound.description, days.upperBound.description, maker]
      ).compactMap { row in
        Day(row["day"] as String).map { SummaryRow(row, on: $0) }
      }
    }
  }
}
