import Foundation
import Market
import SQLite
import Store
import Testing

@testable import Queries
@testable import Store

/// Questions that are asked of the file as it was known at an instant.
@Suite struct PastQueryTests {
  /// One file for all: nothing may change it.
  private static let shared = Result { try PastRecord() }

  let record: PastRecord
  init() throws { record = try Self.shared.get() }

  private func ask(_ sql: String, asOf: Instant?, steps: Int? = nil) throws -> [String] {
    try record.ask(GuardedQuery(record.path, asOf: asOf, limits: QueryLimits(time: nil, steps: steps)), Query(sql))
  }

  @Test(arguments: [
    ("SELECT max(close) AS c, count(*) AS n FROM bar", "109.0|10", "200.0|12"),
    ("SELECT count(*) FROM bar", "10", "12"), ("SELECT count(*) FROM bar_restatement", "0", "1"),
    (
      "SELECT row_count, last_time FROM series JOIN source USING (source_id) WHERE row_count > 1",
      "10|\(Instant.hour(9).epochSeconds)", "12|\(Instant.hour(11).epochSeconds)"
    ),
    ("SELECT count(*) FROM fetch", "2", "4"), ("SELECT fng_value FROM sentiment_daily", "40.0", "41.0"),
    ("WITH run AS (SELECT close FROM bar WHERE close > 100) SELECT count(*) FROM run", "9", "11"),
    ("SELECT symbol FROM asset", "BTC", "BTC"),
    (
      "SELECT asset || source || max(ts_utc) FROM bar", "BTCbinance2026-03-02T09:00:00Z",
      "BTCbinance2026-03-02T11:00:00Z"
    ), ("SELECT count(*) FROM temp.bar", "10", "12"),
    ("SELECT count(*) FROM (SELECT 1 FROM bar a JOIN bar b USING (open_time))", "10", "12"),
    ("SELECT (SELECT max(close) FROM bar) AS c", "109.0", "200.0"), ("SELECT 'domain' AS d", "domain", "domain"),
  ])
  func `two instants, two answers`(sql: String, then: String, now: String) throws {
    #expect(try ask(sql, asOf: PastRecord.between).last == then)
    #expect(try ask(sql, asOf: PastRecord.after).last == now)
  }

  @Test func `a view of the user is asked of the past too, unless it goes round it`() throws {
    let own = try PastRecord()
    try Store.writing(own.path, command: "test").tamper(
      "CREATE VIEW my_bars AS SELECT count(*) AS n FROM bar; CREATE VIEW my_now AS SELECT count(*) AS n FROM main.bar")
    func ask(_ sql: String) throws -> [String] {
      try own.ask(
        GuardedQuery(own.path, asOf: PastRecord.between, limits: QueryLimits(time: nil, steps: nil)), Query(sql))
    }
    #expect(try ask("SELECT n FROM my_bars").last == "10")
    let error = #expect(throws: (any Error).self) { try ask("SELECT n FROM my_now") }
    #expect("\(error as Any)".contains("not of the past"))
  }

  @Test func `every view and every table that has one says what the store opened with the past says`() throws {
    for instant in [PastRecord.between, PastRecord.after] {
      let store = try Store.reading(record.path, asOf: instant)
      let names = try store.rows("SELECT name FROM temp.sqlite_schema WHERE type = 'view' ORDER BY name")
      #expect(names.count > 20)
      for name in names where !AsKnownOn.inner().contains(name) {
        // A question finds names beside the columns of the table.
        let columns = try store.rows("SELECT group_concat(name) FROM pragma_table_info('\(name)')").joined()
        let answer = try ask("SELECT \(columns) FROM \(name)", asOf: instant).dropFirst()
        #expect(try answer.sorted() == store.rows("SELECT * FROM \(name)").sorted(), "\(name)")
      }
    }
  }

  @Test func `before the first answer nothing can be asked`() throws {
    #expect(throws: StoreError.unknownPast(asked: .hour(-1), since: Rig.start)) { try ask("SELECT 1", asOf: .hour(-1)) }
  }

  @Test(arguments: HostileStatements.all.filter { $0 != "SELECT * FROM temp.gap" })
  func `a hostile statement gets no answer from the past either, and leaves no trace`(sql: String) throws {
    let before = try record.bytes()
    #expect(throws: QueryError.self) { try ask(sql, asOf: PastRecord.between, steps: 1_000_000) }
    #expect(try record.bytes() == before)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/appliance-hostile.db"))
  }

  /// Ways to what was answered later: by the name of the file's own tables, hidden as well as one can; by the tables that
  /// only the views read; by tables that bear no time.
  @Test(arguments: [
    "SELECT * FROM main.bar", "SELECT count(*) FROM main.bar", "SELECT * FROM MAIN.bar", "SELECT * FROM \"main\".bar",
    "SELECT * FROM [main].[bar]", "SELECT * FROM `Main`.bar", "SELECT * FROM 'main'.bar",
    "SELECT * FROM main . bar", "SELECT * FROM main/* */./* */bar", "SELECT * FROM main--\n.bar",
    "SELECT * FROM\u{feff}main.bar", "SELECT * FROM \u{feff}main\u{feff}.bar", "SELECT*FROM(main.bar)",
    "WITH bar AS (SELECT close FROM main.bar) SELECT * FROM bar",
    "WITH ohlc_hourly AS (SELECT 1 FROM main.bar) SELECT count(*) FROM ohlc_hourly",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM main.bar WHERE close = 200)", "SELECT 1 IN main.bar",
    "SELECT main.bar.close FROM bar", "SELECT * FROM bar_then", "SELECT count(*) FROM known_extent",
    "SELECT * FROM temp.\"BAR_THEN\"", "WITH bar AS (SELECT * FROM bar_then) SELECT * FROM bar",
    "SELECT * FROM body", "SELECT count(*) FROM body", "SELECT * FROM chronicle", "SELECT * FROM import_file",
    "SELECT * FROM quality_flag", "SELECT * FROM temp.sqlite_schema", "SELECT * FROM sqlite_temp_master",
    "CREATE TEMP VIEW x AS SELECT * FROM bar", "DROP VIEW temp.bar", "DROP VIEW bar", "DELETE FROM bar_then",
    "INSERT INTO temp.bar_then SELECT * FROM bar", "PRAGMA query_only = 0", "SELECT 1; DROP VIEW bar",
  ])
  func `no way leads to the present`(sql: String) throws {
    let error = #expect(throws: QueryError.self) { try ask(sql, asOf: PastRecord.between) }
    #expect(try !#require(error).description.contains("not authorized"))
    #expect(try ask("SELECT count(*) FROM bar", asOf: PastRecord.between).last == "10")
  }

  @Test func `a value may be what the question must not say`() throws {
    let door = GuardedQuery(record.path, asOf: PastRecord.between)
    #expect(try record.ask(door, Query("SELECT :x AS x", parameters: ["x": .text("main.bar")])) == ["x", "main.bar"])
  }

  @Test func `a question of the present is as it was, and no trace of the past stays`() throws {
    let before = try record.bytes()
    _ = try ask("SELECT * FROM bar", asOf: PastRecord.between)
    #expect(try ask("SELECT count(*) FROM main.bar", asOf: nil).last == "12")
    #expect(throws: QueryError.self) { try ask("SELECT * FROM temp.gap", asOf: nil) }
    #expect(try record.bytes() == before)
  }
}

/// A file with two answers of bars and of sentiment, the later ones with other values and more.
struct PastRecord {
  private let asked: AskedRecord
  var path: String { asked.path }

  static let between = Instant.hour(20)
  static let after = Instant.hour(30)

  init() throws {
    asked = try AskedRecord { rig in
      func answer(_ closes: [Double], _ mood: Double, at now: Instant) throws {
        let bars = closes.enumerated().map { Bar(hour: $0, close: $1) }
        let day = SentimentValue(day: .number(0), value: mood, classification: "Fear")
        for (facts, series) in [(Facts.bars(bars), Known.bars), (.sentiment([day]), Known.mood)] {
          _ = try rig.store.facts.store(
            Reading(series: series, facts: facts, covers: nil), from: try rig.fetch(from: series.provider, at: now),
            step: nil, at: now)
        }
      }
      try answer((0..<10).map { 100 + Double($0) }, 40, at: Rig.start)
      try answer((0..<9).map { 100 + Double($0) } + [200, 110, 111], 41, at: .hour(25))
    }
  }

  func bytes() throws -> [Data] { try asked.bytes() }
  func ask(_ door: GuardedQuery, _ query: Query) throws -> [String] { try asked.ask(door, query) }
}
