import GRDB
import Market
import SQLite
import Schema
import Testing

@testable import Store

@Suite struct SchemaTests {
  @Test func `every migration runs from an empty file, in order and without gaps`() throws {
    #expect(Migration.all.map(\.number) == Array(1...Migration.latest), "latest is the number of the last one")
    let queue = try DatabaseQueue()
    try queue.writeWithoutTransaction { db in
      for migration in Migration.all {
        try db.migrate(upTo: migration.number)
        #expect(try db.migrationNumber() == migration.number)
        #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"], "after \(migration.name)")
        #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty, "after \(migration.name)")
      }
    }
  }

  @Test func `migrations bear names of their own`() {
    #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
    #expect(Migration.all.allSatisfy { !$0.name.isEmpty })
  }

  @Test func `migrating a second time runs nothing`() throws {
    let queue = try DatabaseQueue()
    try queue.writeWithoutTransaction { db in
      try db.migrate()
      let before = try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
      try db.migrate()
      #expect(
        try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name") == before)
    }
  }

  @Test func `the file says that it is ours and which version it is`() throws {
    let store = try Store.scratch()
    // "apl1" in ASCII.
    #expect(try store.rows("PRAGMA application_id") == ["\(0x6170_6C31)"])
    #expect(try store.rows("PRAGMA user_version") == ["\(Migration.latest)"])
  }

  @Test func `every table is strict`() throws {
    let loose = try Store.scratch().rows(
      """
      SELECT name FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0
      """)
    #expect(loose.isEmpty)
  }

  @Test func `every table has a primary key, and foreign keys point at tables that are there`() throws {
    let store = try Store.scratch()
    let tables = try store.rows(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    #expect(tables.count >= 20)
    #expect(
      try tables.filter { try store.rows("SELECT name FROM pragma_table_info('\($0)') WHERE pk > 0").isEmpty }.isEmpty)
    let targets = try tables.flatMap { try store.rows("SELECT \"table\" FROM pragma_foreign_key_list('\($0)')") }
    #expect(Set(targets).isSubset(of: tables))
    #expect(!targets.isEmpty)
  }

  @Test func `no table has more than two indexes besides its keys`() throws {
    let crowded = try Store.scratch().rows(
      """
      SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
      GROUP BY tbl_name HAVING count(*) > 2
      """)
    #expect(crowded.isEmpty)
  }

  @Test(arguments: [
    ("ohlc_hourly", "asset ts_utc open high low close volume session source"),
    ("sentiment_daily", "as_of_date fng_value classification"),
    ("fact_sentiment_index", "date fgi_value classification"),
    ("etf_flows_daily", "as_of_date ticker net_flow_usd"),
    (
      "daily_market_snapshot",
      "as_of_date asset open high low close volume change_24h volatility_7d asia_return europe_return us_return fng_value "
        + "fng_classification etf_net_flow_usd etf_net_flow_5d_usd bars bars_expected is_complete source"
    ),
  ])
  func `the promised views have exactly their columns`(view: String, columns: String) throws {
    let found = try Store.scratch().rows("SELECT name FROM pragma_table_info('\(view)') ORDER BY cid")
    #expect(found.joined(separator: " ") == columns)
  }

  @Test func `a restatement table holds the same values as its fact table, and who replaced them when`() throws {
    let store = try Store.scratch()
    for fact in Kinds.standard.all.map(\.dataset.rawValue) {
      let columns = try Set(store.rows("SELECT name FROM pragma_table_info('\(fact)')"))
      let kept = try Set(store.rows("SELECT name FROM pragma_table_info('\(fact)_restatement')"))
      let replaced: Set = ["restatement_id", "replaced_by_fetch_id", "replaced_by_decision_id", "replaced_at"]
      #expect(kept == columns.union(replaced), "\(fact)")
    }
  }

  @Test(arguments: GapReason.allCases)
  func `every reason of a gap is one that the table takes`(reason: GapReason) throws {
    let rig = try Rig()
    try rig.store.tamper(
      "INSERT INTO gap (series_id, from_time, to_time, missing, reason) VALUES (1, 0, 0, 1, '\(reason.rawValue)')")
    #expect(try rig.rows("SELECT reason FROM gap") == [reason.rawValue])
  }

  @Test(arguments: [
    "INSERT INTO gap (series_id, from_time, to_time, missing, reason) VALUES (1, 0, 0, 1, '')",
    "INSERT INTO gap (series_id, from_time, to_time, missing, reason) VALUES (1, 1, 0, 1, 'failed')",
    "INSERT INTO bar VALUES (1, 0, 5, 4, 3, 5, 1, 1)",
    "INSERT INTO bar VALUES (1, 0, 1, 1, 1, 1, -1, 1)",
    "INSERT INTO bar VALUES (1, 0, 'a price', 1, 1, 1, 1, 1)",
    "INSERT INTO bar VALUES (1, 0, 1, 1, 1, 1, 1, 4711)",
    "INSERT INTO sentiment VALUES (1, '2026-03-02', 101, 'Greed', 1)",
    "INSERT INTO sentiment VALUES (1, '2. March', 1, 'Greed', 1)",
    "UPDATE series SET row_count = 1 WHERE series_id = 1",
    "UPDATE run SET outcome = 'perhaps'",
  ])
  func `the schema itself refuses what can never be true`(sql: String) throws {
    let rig = try Rig()
    _ = try rig.fetch()
    #expect(throws: StoreError.self) { try rig.store.tamper(sql) }
  }
}
