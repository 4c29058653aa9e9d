import Formats
import Foundation
import GRDB
import Market
import SQLite
import Schema
import Support
import Testing

@testable import Store

@Suite struct MigrationTests {
  @Test func `an older file is copied before it is touched, and has the schema of a new one afterwards`() throws {
    let file = try OldFile()
    var copied: [Int] = []
    let store = try file.migrated { before in
      copied.append(try before.schemaVersion())
      try before.copy(to: file.folder.file("copy.db"))
    }
    #expect(copied == [OlderRecord.schema])
    #expect(try Store.readingOfAnyAge(file.folder.file("copy.db")).schemaVersion() == OlderRecord.schema)
    #expect(try store.schemaVersion() == Migration.latest)
    #expect(try store.structuralFaults() == [])
    #expect(try store.brokenReferences() == [])
    let new = try Store.scratch().schemaTexts()
    let migrated = try store.schemaTexts()
    #expect(Set(migrated.keys) == Set(new.keys))
    for (name, text) in new { #expect(migrated[name] == text, "\(name)") }
  }

  @Test func `where no copy can be made nothing is migrated`() throws {
    let file = try OldFile()
    #expect(throws: StoreError.diskFull(path: "elsewhere")) {
      try file.migrated { _ in throw StoreError.diskFull(path: "elsewhere") }
    }
    #expect(try file.schemaVersion() == OlderRecord.schema)
  }

  @Test func `every row of every table is still there, and every view shows the same`() throws {
    let file = try OldFile()
    let (before, views) = try file.asked { db in
      (
        try Dictionary(
          uniqueKeysWithValues: db.tableNames().map { table in
            let columns = try db.columns(in: table).map(\.name)
              .filter { !["request_body", "series_id"].contains($0) || table != "fetch" && table != "import_file" }
            let sql = "SELECT \(columns.map(\.quotedForSQL).joined(separator: ", ")) FROM \(table.quotedForSQL)"
            return (sql, try db.literals(sql))
          }),
        try Dictionary(
          uniqueKeysWithValues: String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'").map {
            ($0, try db.literals("SELECT * FROM \($0)"))
          })
      )
    }
    #expect(before.count > 35)
    #expect(before.filter { $0.value.isEmpty }.isEmpty, "the record has rows in every table")
    #expect(views.count == 6)
    #expect(views.filter { $0.value.isEmpty }.keys.sorted() == ["fact_sentiment_index"])
    let store = try file.migrated()
    for (sql, rows) in before where !sql.hasSuffix("\"body\"") && !sql.hasSuffix("\"run\"") {
      #expect(try store.literals(sql) == rows, "\(sql)")
    }
    for (view, rows) in views {
      #expect(try store.literals("SELECT * FROM \(view)") == rows, "\(view)")
    }
  }

  @Test func `what was sent with a request is in the vault, and the vault's size counts it`() throws {
    let file = try OldFile()
    let (sent, bodies, size) = try file.asked { db in
      (
        try Row.fetchAll(db, sql: "SELECT fetch_id, request_body FROM fetch WHERE request_body IS NOT NULL").map {
          (FetchID($0["fetch_id"]), $0["request_body"] as String)
        }, try db.literals("SELECT * FROM body"),
        try Int.fetchOne(db, sql: "SELECT vault_bytes FROM run ORDER BY run_id DESC LIMIT 1") ?? 0
      )
    }
    #expect(sent.count == 2)
    let store = try file.migrated()
    for (fetch, text) in sent { #expect(try store.vault.keptAnswer(fetch).request.body == Array(text.utf8)) }
    let kept = try store.literals("SELECT * FROM body")
    #expect(Set(kept).isSuperset(of: bodies))
    #expect(try store.rows("SELECT count(*) FROM body") == ["\(bodies.count + 2)"])
    let stored = try store.rows("SELECT sum(length(content)) FROM body WHERE body_id > \(bodies.count)")
    #expect(try store.rows("SELECT vault_bytes - \(size) FROM run ORDER BY run_id DESC LIMIT 1") == stored)
  }

  @Test func `an imported file still fills its series, and the last one of a series is known`() throws {
    let file = try OldFile()
    let before = try file.asked { try $0.literals("SELECT fetch_id, series_id FROM import_file") }
    let store = try file.migrated()
    #expect(try store.literals("SELECT fetch_id, series_id FROM import_file_series") == before)
    #expect(try store.imports.all().count == before.count)
    let last = try #require(try store.imports.all().last)
    let again = try store.imports.unchanged(
      of: try #require(last.fingerprint), by: last.order, into: last.series.key)
    #expect(again?.fetch == last.fetch)
  }

  @Test func `opening it again does nothing`() throws {
    func look(_ path: String) throws -> (texts: [String: String], contents: [TableContent]) {
      let store = try Store.reading(path)
      return (try store.schemaTexts(), try store.contents())
    }
    let file = try OldFile()
    try file.migrated().close()
    let before = try look(file.path)
    var wasCopied = false
    try file.migrated { _ in wasCopied = true }.close()
    #expect(!wasCopied)
    let after = try look(file.path)
    #expect(after.texts == before.texts)
    #expect(after.contents == before.contents)
  }

  @Test func `a reader is told that the next run brings it up to date, and nothing is touched`() throws {
    let file = try OldFile()
    let before = try file.folder.contents()
    let error = StoreError.older(path: file.path, version: OlderRecord.schema, needed: Migration.latest)
    #expect(throws: error) { try Store.reading(file.path) }
    #expect(throws: error) { try Store.reading(file.path, asOf: Rig.start) }
    #expect(
      error.description
        == "\(file.path) was written by an older appliance (schema 2, this one needs \(Migration.latest)); "
        + "the next `appliance ingest` brings it up to date")
    #expect(try Store.readingOfAnyAge(file.path).contents().count > 35)
    #expect(try file.folder.contents()["appliance.db"] == before["appliance.db"])
  }

  @Test func `a file that was migrated and whose log is not in it yet is no older one`() throws {
    let file = try OldFile()
    let writer = try file.migrated()
    #expect(DatabaseFile.hasLog(file.path))
    #expect(try Store.reading(file.path).schemaVersion() == Migration.latest)
    writer.close()
  }

  @Test(arguments: [
    ("UPDATE gap SET step_id = 4711", "step"), ("UPDATE chronicle SET asset_id = 4711 WHERE asset_id = 1", "asset"),
    ("UPDATE fetch SET body_id = 4711 WHERE fetch_id = 1", "body"),
  ])
  func `a row that points nowhere keeps the file as it was, and is named`(sql: String, parent: String) throws {
    let file = try OldFile()
    try file.tamper(sql)
    let before = try Store.readingOfAnyAge(file.path).contents()
    let error = #expect(throws: StoreError.self) { try file.migrated() }
    #expect(error?.description.contains("points to a row of \(parent) that is missing. It was left as it was") == true)
    #expect(error?.description.contains("/appliance.db cannot be brought to schema 3: a row of ") == true)
    let after = try Store.readingOfAnyAge(file.path)
    #expect(try after.schemaVersion() == OlderRecord.schema)
    #expect(try after.contents() == before)
    #expect(try after.rows("SELECT count(*) FROM sqlite_schema WHERE type = 'view'") == ["6"])
  }

  @Test(arguments: [true, false])
  func `references are heeded again afterwards, also where it failed`(fails: Bool) throws {
    let file = try OldFile()
    if fails { try file.tamper("UPDATE gap SET step_id = 4711") }
    try file.asked { db in
      try db.execute(sql: "PRAGMA foreign_keys = ON")
      let outcome = Result { try db.migrate() }
      #expect((try? outcome.get()) == nil ? fails : !fails)
      #expect(try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") == true)
    }
  }

  @Test func `gaps of days that turn out to be closed go, and those beside them are cut`() throws {
    let file = try OldFile()
    // Martin Luther King Day alone, Good Friday between two days, and Independence Day at the end.
    let days = [("2026-01-19", "2026-01-19", 1), ("2025-04-17", "2025-04-21", 3), ("2025-07-03", "2025-07-04", 2)]
    for (first, last, missing) in days {
      try file.tamper(
        """
        INSERT INTO gap (series_id, from_time, to_time, missing, reason, fetch_id)
        SELECT series_id, unixepoch('\(first)'), unixepoch('\(last)'), \(missing), 'before_listing', 1
        FROM series WHERE dataset = 'etf_flow' ORDER BY series_id LIMIT 1
        """)
    }
    let store = try file.migrated()
    #expect(
      try store.rows(
        """
        SELECT date(from_time, 'unixepoch'), date(to_time, 'unixepoch'), missing FROM gap
        WHERE series_id = (SELECT min(series_id) FROM series WHERE dataset = 'etf_flow')
          AND from_time < unixepoch('2026-01-30') ORDER BY from_time
        """) == ["2025-04-17|2025-04-21|2", "2025-07-03|2025-07-03|1"])
  }

  @Test func `bars of days from before snapshots had their days are due, those that have one are not`() throws {
    let file = try OldFile()
    try file.tamper(
      """
      INSERT INTO series (series_id, asset_id, source_id, dataset, provider_symbol, interval, quote_currency, priority,
        row_count, first_time, last_time)
      SELECT 4711, asset_id, source_id, dataset, provider_symbol, '1d', quote_currency, priority, 3,
        unixepoch('2020-01-01'), unixepoch('2020-01-03')
      FROM series WHERE series_id = 1;
      INSERT INTO bar SELECT 4711, column1, 1, 1, 1, 1, 1, 1 FROM (
        VALUES (unixepoch('2020-01-01')), (unixepoch('2020-01-02')), (unixepoch('2020-01-03')));
      INSERT INTO market_snapshot SELECT asset_id, '2020-01-02', series_id, open, high, low, close, volume, change_24h,
        volatility_7d, asia_return, europe_return, us_return, fng_value, fng_classification, etf_net_flow_usd,
        etf_net_flow_5d_usd, bars, bars_expected, is_complete FROM market_snapshot WHERE asset_id = 1 LIMIT 1;
      """)
    let store = try file.migrated()
    #expect(
      try store.rows("SELECT asset_id, day FROM snapshot_due WHERE day < '2021' ORDER BY 2")
        == ["1|2020-01-01", "1|2020-01-03"])
    #expect(try store.rows("SELECT series_id, date(from_time, 'unixepoch') FROM indicator_due") == ["4711|2020-01-01"])
    // Nobody held what is stored against the checks yet.
    #expect(
      try store.rows("SELECT date(to_time, 'unixepoch') FROM quality_due WHERE series_id = 4711") == ["2020-01-03"])
  }

  @Test func `the promised views of an older file are made anew, whatever somebody did to them`() throws {
    let file = try OldFile()
    try file.tamper("DROP VIEW sentiment_daily; DROP VIEW ohlc_hourly; CREATE VIEW ohlc_hourly AS SELECT 1 AS close")
    let store = try file.migrated()
    #expect(try store.schemaFaults() == [])
    #expect(try store.rows("SELECT count(*) > 0 FROM sentiment_daily") == ["1"])
  }
}
