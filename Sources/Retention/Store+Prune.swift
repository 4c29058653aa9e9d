import GRDB
import Market
import SQLite
import Store

// A fact depends on every answer that was read, whether it taught, confirmed or proved a gap: those stay, with everything
// that any table points to. So `rebuild` finds all that it found before. An answer with the status of an error was tried
// too, and the chronicle says so; nothing came of it and nothing ever will, so that the entry goes with its bytes. The rows of `fetch` stay too: that something was
// asked, when, and what came of it is the record; only the bytes go.
extension Store {
  /// What `prune` would remove.
  ///
  /// - Parameter instant: only what is older may go.
  package func prunable(before instant: Instant) throws(StoreError) -> Prunable {
    try read { db in try PruneFinder(db, before: instant).found }
  }

  /// Removes it in one transaction. The space becomes free inside the file.
  package func prune(before instant: Instant) throws(StoreError) -> Prunable {
    try write { db in
      let finder = try PruneFinder(db, before: instant)
      try finder.remove()
      return finder.found
    }
  }

  /// Bytes inside the file that nothing uses.
  package func freeBytes() throws(StoreError) -> Int64 {
    try read { db in
      let pages = try Int64.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
      return pages * (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    }
  }
}

/// Finds what nothing points to, by the references that the schema declares, so that tables to come are heeded too.
private struct PruneFinder {
  private let db: Database
  private var fetches: [Int64] = []
  private var bodies: [Int64] = []
  private var steps: [Int64] = []
  /// Of the chronicle: that an error was tried to be read.
  private var entries: [Int64] = []
  private(set) var found = Prunable(bodies: [], steps: 0)

  /// A column that refers to a table of the evidence.
  private struct Reference {
    let table: String
    let column: String
  }

  init(_ db: Database, before instant: Instant) throws {
    self.db = db
    let (kinds, bodyOf) = try candidates(before: instant)
    let (needed, trials) = try needs(of: Set(kinds.keys.filter { kinds[$0] == .error }))
    fetches = kinds.keys.filter { !needed.contains($0) }.sorted()
    let going = Set(fetches)
    var kindOfBody: [Int64: Prunable.Kind] = [:]
    for fetch in fetches {
      if let body = bodyOf[fetch], kindOfBody[body] == nil { kindOfBody[body] = kinds[fetch] }
    }
    for body in try neededBodies(besides: going, among: Set(kindOfBody.keys)) { kindOfBody[body] = nil }
    // An answer whose body stays for another's sake keeps it.
    fetches = fetches.filter { bodyOf[$0].map { kindOfBody[$0] != nil } ?? false }
    entries = fetches.flatMap { trials[$0] ?? [] }
    bodies = kindOfBody.keys.sorted()
    steps = try oldSteps(before: instant)
    found = Prunable(bodies: try sums(kindOfBody), steps: steps.count)
  }

  /// Answers that were never more than an obstacle.
  private func candidates(before instant: Instant) throws -> ([Int64: Prunable.Kind], [Int64: Int64]) {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT fetch_id, body_id,
          CASE read_outcome WHEN 'superseded' THEN 'superseded' WHEN 'unchanged' THEN 'unchanged' ELSE 'error' END AS kind
        FROM fetch
        WHERE body_id IS NOT NULL AND received_at < ?
          AND (read_outcome IN ('superseded', 'unchanged')
            -- An answer with a good status that could not be read may be one day, by a better reader.
            OR read_outcome LIKE 'unreadable:%' AND status NOT BETWEEN 200 AND 299)
        """, arguments: [instant.epochSeconds])
    var kinds: [Int64: Prunable.Kind] = [:], bodies: [Int64: Int64] = [:]
    for row in rows {
      kinds[row["fetch_id"]] = Prunable.Kind(rawValue: row["kind"])
      bodies[row["fetch_id"]] = row["body_id"] as Int64
    }
    return (kinds, bodies)
  }

  /// The answers that some row points to, but for the entries of the chronicle that errors were tried; those by answer.
  private func needs(of errors: Set<Int64>) throws -> (needed: Set<Int64>, trials: [Int64: [Int64]]) {
    var needed = try values(of: references(to: "fetch").filter { $0.table != "chronicle" })
    var trials: [Int64: [Int64]] = [:]
    let statement = try DirectStatement(
      db, "SELECT entry_id, fetch_id, kind = 'read' FROM chronicle WHERE fetch_id IS NOT NULL")
    while try statement.step() {
      let fetch = statement.integer(1)
      if statement.integer(2) == 1, errors.contains(fetch) {
        trials[fetch, default: []].append(statement.integer(0))
      } else {
        needed.insert(fetch)
      }
    }
    return (needed, trials)
  }

  /// Steps that moved nothing, but for those of the last runs, the last of each series and those that something points to.
  private func oldSteps(before instant: Instant) throws -> [Int64] {
    let needed = try values(of: references(to: "step"))
    return try Int64.fetchAll(
      db,
      sql: """
        SELECT step_id FROM step
        WHERE started_at < ? AND outcome IS NOT NULL AND rows_new + rows_changed + rows_refused = 0
          AND run_id NOT IN (SELECT run_id FROM run ORDER BY run_id DESC LIMIT 30)
          AND step_id NOT IN (SELECT max(step_id) FROM step GROUP BY series_id, name)
        ORDER BY step_id
        """, arguments: [instant.epochSeconds]
    ).filter { !needed.contains($0) }
  }

  private func references(to table: String) throws -> [Reference] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT child.name AS child, key."from" AS column
        FROM sqlite_schema AS child, pragma_foreign_key_list(child.name) AS key
        WHERE child.type = 'table' AND lower(key."table") = ? ORDER BY 1, 2
        """, arguments: [table]
    ).map { Reference(table: $0["child"], column: $0["column"]) }
  }

  private func values(of references: [Reference]) throws -> Set<Int64> {
    var values: Set<Int64> = []
    for reference in references {
      let statement = try DirectStatement(
        db, "SELECT DISTINCT \(reference.column.quotedForSQL) FROM \(reference.table.quotedForSQL)")
      while try statement.step() {
        if !statement.isNull(0) { values.insert(statement.integer(0)) }
      }
    }
    return values
  }

  /// Bodies that an answer which stays has, or that something else points to.
  private func neededBodies(besides going: Set<Int64>, among bodies: Set<Int64>) throws -> Set<Int64> {
    let own: Set = ["fetch.body_id", "body_base.body_id"]
    let others = try references(to: "body").filter { !own.contains("\($0.table).\($0.column)") }
    var needed = try values(of: others).intersection(bodies)
    let statement = try DirectStatement(db, "SELECT fetch_id, body_id FROM fetch WHERE body_id IS NOT NULL")
    while try statement.step() {
      let body = statement.integer(1)
      if bodies.contains(body), !going.contains(statement.integer(0)) { needed.insert(body) }
    }
    return needed
  }

  private func sums(_ kinds: [Int64: Prunable.Kind]) throws -> [Prunable.Bodies] {
    var sums: [Prunable.Kind: Prunable.Bodies] = [:]
    let size = try db.cachedStatement(sql: "SELECT length(content) FROM body WHERE body_id = ?")
    for (body, kind) in kinds {
      var sum = sums[kind] ?? Prunable.Bodies(kind: kind, count: 0, bytes: 0)
      sum.count += 1
      sum.bytes += try Int64.fetchOne(size, arguments: [body]) ?? 0
      sums[kind] = sum
    }
    return Prunable.Kind.allCases.compactMap { sums[$0] }
  }

  /// SQLite itself looks, row by row, that nothing points to what goes; for that it needs indexes that nothing else does.
  func remove() throws {
    let indexed = try references(to: "body") + references(to: "step")
    for (number, reference) in indexed.enumerated() {
      try db.execute(
        sql: "CREATE INDEX prune_\(number) ON \(reference.table.quotedForSQL) (\(reference.column.quotedForSQL))")
    }
    for entry in entries { try db.run("DELETE FROM chronicle WHERE entry_id = ?", [entry]) }
    for fetch in fetches { try db.run("UPDATE fetch SET body_id = NULL WHERE fetch_id = ?", [fetch]) }
    for body in bodies {
      try db.run("DELETE FROM body_base WHERE body_id = ?", [body])
      try db.run("DELETE FROM body WHERE body_id = ?", [body])
    }
    for step in steps { try db.run("DELETE FROM step WHERE step_id = ?", [step]) }
    for number in indexed.indices { try db.execute(sql: "DROP INDEX prune_\(number)") }
    try db.run(
      """
      UPDATE run SET vault_bytes = max(0, vault_bytes - ?) WHERE run_id = (SELECT max(run_id) FROM run)
      """, [found.bytes])
  }
}
