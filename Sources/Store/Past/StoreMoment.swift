import CSQLite
import Formats
import GRDB
import Market
import SQLite

/// A file as it stands at one moment, held while others write.
///
/// Lives within `Store.atOneMoment`, on the thread that called it.
package struct StoreMoment {
  let db: Database
  /// Of the file, for messages.
  package let path: String
  let recent = RecentBytes()
}

extension Chronicle {
  /// Reads in one snapshot of the file for as long as `body` takes.
  package func atOneMoment<T>(_ body: (StoreMoment) throws -> T) throws -> T {
    try queue.read { db in try body(StoreMoment(db: db, path: path)) }
  }
}

extension StoreMoment {
  /// How many acts the chronicle has.
  package func chronicleLength() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM chronicle") ?? 0
  }

  /// The instant of the last run, which is when the file was last made true; `nil` for a file without runs.
  package func lastRunInstant() throws -> Instant? {
    try Int64.fetchOne(db, sql: "SELECT coalesce(finished_at, started_at) FROM run ORDER BY run_id DESC LIMIT 1")
      .map(Instant.init(epochSeconds:))
  }

  /// Hands over the acts in their order.
  package func chronicle(_ take: (ChronicleEntry) throws -> Void) throws { try chronicle(where: "TRUE", take) }

  /// The parts that were stored of files imported into a series, and all that was decided about refused rows, in their
  /// order.
  package func acts(ofImportsInto series: SeriesID) throws -> [ChronicleEntry] {
    var acts: [ChronicleEntry] = []
    try chronicle(
      where: """
        kind = 'part' AND fetch_id IN (SELECT fetch_id FROM import_file_series WHERE series_id = \(series.rawValue))
        OR kind = 'decided' AND decision_id IN (SELECT decision_id FROM decision WHERE kind LIKE 'quarantine.%')
        """
    ) { acts.append($0) }
    return acts
  }

  private func chronicle(where condition: String, _ take: (ChronicleEntry) throws -> Void) throws {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT entry_id, kind, at, fetch_id, run_id, step_id, series_id, asset_id, decision_id, interval, from_time,
          to_time, part, detail
        FROM chronicle WHERE \(condition) ORDER BY entry_id
        """)
    while let row = try cursor.next() { try take(try ChronicleEntry(row)) }
  }

  /// A kept answer with its request, its bytes checked against their hash.
  ///
  /// - Throws: `StoreError.corrupt`, naming the fetch, where its bytes are gone or are not what was stored.
  package func keptAnswer(_ fetch: FetchID) throws -> KeptAnswer {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: Vault.keptAnswer + " WHERE fetch.fetch_id = ?"), arguments: [fetch.rawValue])
    guard let row else {
      throw StoreError.corrupt(path: "body of fetch \(fetch.rawValue)", detail: "its bytes are not in the vault")
    }
    return try Vault.keptAnswer(row, db, recent)
  }

  /// Every file that was brought in, in the order in which they came.
  package func imports() throws -> [KeptImport] { try Imports.all(db) }

  /// What an import taught and what was refused of it, as the file has it: for one whose bytes are read no more.
  package func keptRows(of file: KeptImport, _ kinds: Kinds) throws -> SeriesReading {
    let table = KindTable(try kinds.kind(of: file.series.key))
    let (columns, of) = (
      (table.spelledKey + table.values).joined(separator: ", "), [file.series.id.rawValue, file.fetch.rawValue]
    )
    var rows: [FactKey: FactRow] = [:]
    // What it said of a row first is in the history, where something replaced it.
    for name in table.histories + [table.name] {
      let sql = "SELECT \(columns) FROM \(table.joined(name)) WHERE series_id = ? AND fetch_id = ?"
      let cursor = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(of))
      while let row = try cursor.next() {
        let key = try table.key(row)
        if rows[key] == nil { rows[key] = FactRow(key: key, values: table.figures(row)) }
      }
    }
    let refusals = try Row.fetchAll(
      db,
      sql:
        "SELECT at, reason, detail, excerpt FROM quarantine WHERE series_id = ? AND fetch_id = ? ORDER BY quarantine_id",
      arguments: StatementArguments(of)
    ).compactMap { row in
      RefusalReason(rawValue: row["reason"]).map {
        Refusal(
          reason: $0, at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), detail: row["detail"],
          excerpt: row["excerpt"])
      }
    }
    let facts = Facts(rows.values.sorted { $0.key < $1.key }, of: file.series.key.dataset)
    return SeriesReading(series: file.series.key, facts: facts, refusals: refusals, covers: nil)
  }

  /// The bytes of a part of an imported file, checked against their hash.
  package func part(_ number: Int, of fetch: FetchID) throws -> [UInt8] { try Imports.part(number, of: fetch, db) }

  /// Days of an asset whose snapshot is due.
  package func daysDueForSnapshot(of asset: String) throws -> Set<Day> {
    Set(
      try String.fetchAll(
        db, sql: "SELECT day FROM snapshot_due JOIN asset USING (asset_id) WHERE asset.symbol = ?", arguments: [asset]
      ).compactMap { Day($0) })
  }

  /// Takes over into a new file everything that is not made from the answers.
  ///
  /// - Parameter bodies: whether the bytes of the answers too; without them the file is of use only for comparing.
  package func carryEvidence(to target: Store, bodies: Bool) throws {
    for table in RebuildTables.carried where bodies || !RebuildTables.bytes.contains(table) {
      try carry(table, to: target)
    }
    try target.write { db in
      try db.execute(
        sql: """
          UPDATE series SET row_count = 0, first_time = NULL, last_time = NULL;
          UPDATE import_file SET parts_read = 0, row_count = 0, refused_count = 0
          """)
    }
  }

  /// Takes over what derived rows said before, instead of what the rebuild itself noted of them.
  package func carryHistory(to target: Store) throws {
    for table in RebuildTables.history(target.kinds) {
      try target.write { db in try db.execute(sql: "DELETE FROM \(table)") }
      try carry(table, to: target)
    }
  }

  func carry(_ table: String, to target: Store) throws {
    let columns = try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [table])
    let list = columns.map(\.quotedForSQL).joined(separator: ", ")
    let name = table.quotedForSQL
    let rows = try DirectStatement(db, "SELECT \(list) FROM \(name)")
    try target.queue.writeWithoutTransaction { db in
      try db.inTransaction {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let insert = try DirectStatement(db, "INSERT INTO \(name) (\(list)) VALUES (\(marks))")
        while try rows.step() {
          for column in 0..<rows.columnCount { insert.bind(cell: column, of: rows, at: column + 1) }
          try insert.run()
        }
        return .commit
      }
    }
  }
}

extension Store {
  /// An empty file to be filled from what another one has kept; nobody knows it yet, so that it needs neither a log nor
  /// syncing until `finishRebuild`.
  ///
  /// - Parameter path: where there is nothing yet.
  package static func rebuilding(_ path: String, kinds: Kinds = .standard) throws(StoreError) -> Store {
    do {
      try DatabaseFile.create(path)
      return try Store(path: path, kinds: kinds, lock: nil, durability: .whenRebuilt) {
        try Durability.whenRebuilt.open(path, kinds)
      }
    } catch {
      throw .of(error, path: path)
    }
  }
}

extension Chronicle {
  /// Brings a rebuilt file to the disk and closes it.
  ///
  /// - Throws: `corrupt` when a row in it points to one that is not there.
  package func finishRebuild() throws(StoreError) {
    if let fault = try store.brokenReferences().first { throw .corrupt(path: path, detail: fault) }
    store.close()
    try StoreFile.sync(path)
  }

  /// Notes that everything was read again by today's rules, but for some.
  package func raiseEditions(but left: [FetchID]) throws(StoreError) {
    let list = left.map { "\($0.rawValue)" }.joined(separator: ", ")
    try write { db in
      try db.execute(
        sql: "UPDATE fetch SET edition = ? WHERE edition < ?1 AND fetch_id NOT IN (\(list))",
        arguments: [Reading.edition])
    }
  }

  /// Notes a decision of the user that is about the file as a whole.
  package func note(decision kind: String, about subject: String, at now: Instant) throws(StoreError) {
    try write { db in _ = try db.decide(kind, about: subject, at: now) }
  }
}

extension StoredCatalogue {
  /// Takes over a choice of which nobody knows any more why it was made.
  package func adoptChoice(
    of asset: AssetID, interval: Interval, series: SeriesID, since run: RunID
  ) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO price_choice (asset_id, interval, since_run_id, series_id) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET series_id = excluded.series_id
          """, arguments: [asset.rawValue, interval.rawValue, run.rawValue, series.rawValue])
    }
  }

  /// The symbol of every asset, by its number.
  package func symbolsOfAssets() throws(StoreError) -> [AssetID: String] {
    try read { db in
      Dictionary(
        uniqueKeysWithValues: try Row.fetchAll(db, sql: "SELECT asset_id, symbol FROM asset").map {
          (AssetID($0["asset_id"]), $0["symbol"])
        })
    }
  }
}
