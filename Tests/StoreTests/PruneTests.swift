import GRDB
import Market
import Testing

@testable import Retention
@testable import Store

@Suite struct PruneTests {
  private static let now = Instant(epochSeconds: 1_758_321_000)
  private static let old = now - 100 * 86_400

  /// A file with one fetch of every kind; the number of a fetch is that of its body.
  private func store() throws -> Store {
    let store = try Store.scratch()
    try store.write { db in
      try db.execute(
        sql: """
          INSERT INTO source (source_id, name, title, homepage) VALUES (1, 'binance', 'B', 'h'), (2, 'farside', 'F', 'h');
          INSERT INTO asset (asset_id, symbol, name, class) VALUES (1, 'BTC', 'Bitcoin', 'crypto');
          INSERT INTO series (series_id, dataset, asset_id, source_id, interval, provider_symbol, quote_currency, priority)
            VALUES (1, 'bar', 1, 1, '1h', 'BTCUSDT', 'USDT', 1);
          INSERT INTO run (run_id, command, started_at, process_id, version, vault_bytes) VALUES (1, 'x', 1, 1, 'x', 1000)
          """)
    }
    return store
  }

  private func add(
    _ id: Int64, _ outcome: String?, status: Int, at instant: Instant = old, body: Int64? = nil, in store: Store
  ) throws {
    try store.write { db in
      let body = body ?? id
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO body (body_id, sha256, size, encoding, content)
          VALUES (?, CAST(printf('%032d', ?) AS BLOB), 20, 'identity', zeroblob(10))
          """, arguments: [body, body])
      try db.execute(
        sql: """
          INSERT INTO fetch (fetch_id, run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
            body_id, wire_bytes, read_outcome) VALUES (?, 1, 1, 'GET', '/', 'u', ?, ?, 1, ?, ?, 1, ?)
          """,
        arguments: [id, instant.epochSeconds, instant.epochSeconds, status, body, outcome])
    }
  }

  private func bodies(_ store: Store) throws -> [Int64] {
    try store.read { db in try Int64.fetchAll(db, sql: "SELECT body_id FROM body ORDER BY body_id") }
  }

  @Test func `errors, replaced answers and those that told nothing new go; what was read or may be stays`() throws {
    let store = try store()
    try add(1, "read", status: 200, in: store)
    try add(2, "superseded", status: 500, in: store)
    try add(3, "unreadable: status 404", status: 404, in: store)
    try add(4, "unchanged", status: 304, in: store)
    try add(5, "unreadable: another shape", status: 200, in: store)
    try add(6, nil, status: 200, in: store)
    try add(7, "unreadable: status 500", status: 500, at: Self.now, in: store)
    let told = try store.prunable(before: Self.now - 86_400)
    #expect(
      told.bodies == [
        .init(kind: .superseded, count: 1, bytes: 10), .init(kind: .error, count: 1, bytes: 10),
        .init(kind: .unchanged, count: 1, bytes: 10),
      ])
    #expect(try bodies(store) == [1, 2, 3, 4, 5, 6, 7])
    #expect(try store.prune(before: Self.now - 86_400) == told)
    #expect(try bodies(store) == [1, 5, 6, 7])
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM fetch") } == 7)
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT vault_bytes FROM run") } == 970)
    #expect(try store.prunable(before: Self.now - 86_400).isEmpty)
    #expect(try store.brokenReferences().isEmpty)
    #expect(
      try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'prune%'") } == 0)
  }

  @Test func `a body that an answer which stays has too is kept for both`() throws {
    let store = try store()
    try add(1, "unreadable: status 500", status: 500, in: store)
    try add(2, "read", status: 200, body: 1, in: store)
    #expect(try store.prune(before: Self.now).isEmpty)
    #expect(try store.read { try Int64.fetchAll($0, sql: "SELECT body_id FROM fetch") } == [1, 1])
  }

  /// Every table that bears a fetch, found in the schema: one that is added later is tried too.
  @Test func `nothing goes that any row of any table points to`() throws {
    let references = try Store.scratch().read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT child.name || '.' || key."from" FROM sqlite_schema AS child, pragma_foreign_key_list(child.name) AS key
          WHERE child.type = 'table' AND key."table" = 'fetch' ORDER BY 1
          """)
    }
    #expect(references.contains("bar.fetch_id"))
    #expect(references.contains("gap.fetch_id"))
    #expect(references.contains("quarantine.fetch_id"))
    for reference in references {
      let parts = reference.split(separator: ".").map(String.init)
      let store = try store()
      try add(1, "superseded", status: 500, in: store)
      try add(2, "superseded", status: 500, in: store)
      try store.queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        try Self.insert(into: parts[0], setting: parts[1], to: 1, db)
        try db.execute(sql: "PRAGMA foreign_keys = ON")
      }
      _ = try store.prune(before: Self.now)
      #expect(try bodies(store) == [1], "\(reference)")
    }
  }

  @Test func `old steps that stored nothing go, but for the last of each series and those of the last runs`() throws {
    let store = try store()
    try store.write { db in
      for run in 2...40 {
        try db.execute(
          sql: "INSERT INTO run (run_id, command, started_at, process_id, version) VALUES (?, 'x', 1, 1, 'x')",
          arguments: [run])
        try db.execute(
          sql: """
            INSERT INTO step (run_id, name, series_id, started_at, outcome, rows_new)
            VALUES (?, 'prices', 1, 1, 'done', ?)
            """, arguments: [run, run == 3 ? 5 : 0])
      }
    }
    let before = try store.changeMark()
    // Runs 2 to 10 are not among the last thirty; run 3 stored something.
    #expect(try store.prune(before: Self.now).steps == 8)
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM step") } == 31)
    #expect(try store.changeMark() == before)
  }

  @Test func `the vault is told by provider`() throws {
    let store = try store()
    try add(1, "read", status: 200, in: store)
    try add(2, "read", status: 200, at: Self.now, in: store)
    try add(3, "read", status: 200, at: Self.now, body: 1, in: store)
    #expect(
      try store.vaultUse(since: Self.now - 5) == [
        VaultUse(source: "binance", fetches: 3, bodies: 2, storedBytes: 20, unpackedBytes: 40, recentBytes: 10)
      ])
  }

  /// A row with something in every column that must have something.
  private static func insert(into table: String, setting column: String, to value: Int64, _ db: Database) throws {
    let columns = try Row.fetchAll(
      db, sql: "SELECT name, type, \"notnull\" AS needed FROM pragma_table_info(?)", arguments: [table])
    let chosen = columns.filter { ($0["needed"] as Int) != 0 || $0["name"] as String == column }
    let values = chosen.map { row -> String in
      if row["name"] as String == column { return "\(value)" }
      switch row["type"] as String {
      case "TEXT": return "'2025-01-01'"
      case "BLOB": return "zeroblob(32)"
      default: return "77"
      }
    }
    let names = chosen.map { $0["name"] as String }.joined(separator: ", ")
    try db.execute(sql: "INSERT INTO \(table) (\(names)) VALUES (\(values.joined(separator: ", ")))")
  }

  @Test func `what was sent stays, also where its bytes are those of an answer that may go`() throws {
    let store = try store()
    try add(1, "read", status: 200, in: store)
    try add(2, "superseded", status: 500, in: store)
    try add(3, "superseded", status: 500, in: store)
    try store.write { db in try db.execute(sql: "UPDATE fetch SET request_body_id = 2 WHERE fetch_id = 1") }
    _ = try store.prune(before: Self.now)
    #expect(try bodies(store) == [1, 2])
    #expect(try store.brokenReferences() == [])
  }
}
