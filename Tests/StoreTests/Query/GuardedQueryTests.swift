import Foundation
import Market
import SQLite
import Testing

@testable import Queries
@testable import Store

@Suite struct GuardedQueryTests {
  let record: AskedRecord
  init() throws { record = try AskedRecord() }

  @Test(arguments: [
    ("SELECT 1", ["1", "1"]), ("VALUES (1, 2.5, NULL, 'a')", ["column1|column2|column3|column4", "1|2.5|∅|a"]),
    ("SELECT x'00ff' AS b, CAST(x'6100' AS TEXT) AS t", ["b|t", "x'00ff'|a\0"]),
    ("SELECT count(*) AS n, min(t) AS t FROM bar JOIN (SELECT '' AS t)", ["n|t", "48|"]),
    (
      "SELECT asset, source, ts_utc, close FROM bar WHERE asset = 'BTC' ORDER BY ts_utc LIMIT 1",
      ["asset|source|ts_utc|close", "BTC|binance|2026-03-02T00:00:00Z|100.0"]
    ),
    (
      "SELECT source, as_of_date, day FROM sentiment",
      ["source|as_of_date|day", "alternative.me|2026-03-02|2026-03-02"]
    ),
    (
      "SELECT asset.symbol, provider_symbol, interval FROM bar JOIN series USING (series_id) JOIN asset USING (asset_id) LIMIT 1",
      ["symbol|provider_symbol|interval", "BTC|BTCUSDT|1h"]
    ),
    ("SELECT fng_value, classification FROM sentiment_daily", ["fng_value|classification", "40.0|Fear, \"so\""]),
    ("WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 3) SELECT x FROM c", ["x", "1", "2", "3"]),
    ("WITH c AS (SELECT 1 UNION SELECT 2) SELECT count(*) AS n FROM c a, c b", ["n", "4"]),
    ("SELECT value FROM json_each('[1,\"a\"]')", ["value", "1", "a"]),
    ("SELECT fullkey FROM json_tree('{\"a\":1}')", ["fullkey", "$", "$.a"]),
    ("SELECT json_extract('{\"a\":[7]}', '$.a[0]') AS a, '{\"b\":2}' ->> 'b' AS b", ["a|b", "7|2"]),
    ("SELECT name FROM sqlite_schema WHERE name = 'bar'", ["name", "bar"]),
    ("SELECT lag(close) OVER (ORDER BY open_time) AS l FROM bar LIMIT 2", ["l", "∅", "100.0"]),
    ("SELECT upper('a') || lower('B') || round(sqrt(2), 2) AS t;  -- so", ["t", "Ab1.41"]),
    ("SELECT strftime('%Y', 0, 'unixepoch') AS y;;", ["y", "1970"]),
    ("SELECT 'a' LIKE 'A' AS l, 'a' GLOB 'a*' AS g", ["l|g", "1|1"]),
    ("SELECT close FROM bar WHERE close > 146", ["close", "147.0"]),
  ])
  func `plain questions are answered`(sql: String, lines: [String]) throws {
    #expect(try record.ask(sql) == lines)
  }

  @Test func `a question may be explained`() throws {
    #expect(try record.ask("EXPLAIN QUERY PLAN SELECT max(close) FROM bar").count == 2)
  }

  /// What a question does not use costs it nothing, also in a sum.
  @Test func `facts bear the names under which they are shown, and no name of a table that is joined to them`() throws {
    let shown: Set<String> = ["asset", "source", "ts_utc", "as_of_date"]
    for kind in Kinds.standard.all {
      let name = kind.dataset.rawValue
      let header = try record.ask("SELECT * FROM \(name) LIMIT 0")[0].split(separator: "|").map(String.init)
      let dataset = try #require(Kinds.standard.dataset(named: name))
      #expect(Set(dataset.columns.map(\.name)).intersection(shown).isSubset(of: header), "\(name)")
      for table in ["series", "source", "asset", "etf", "fetch"] {
        let joined = try record.ask("SELECT * FROM \(table) LIMIT 0")[0].split(separator: "|").map(String.init)
        #expect(Set(header.suffix(3)).intersection(joined).isDisjoint(with: shown), "\(name), \(table)")
      }
    }
  }

  @Test func `columns of one name are told apart`() throws {
    #expect(try record.ask("SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a")[0] == "a|a_2|a_2_2|a_3")
  }

  @Test func `what columns hold comes from the table, else from the first row`() throws {
    let lines = AskedRecord.Lines()
    var kinds: [Column.Kind] = []
    try GuardedQuery(record.path).answer(
      Query("SELECT close, open_time, 1 + 1, 'a', close * 2, classification FROM bar, sentiment")
    ) { columns in
      kinds = columns.map(\.kind)
      return lines
    }
    #expect(kinds == [.real, .integer, .integer, .text, .real, .text])
  }

  @Test func `an answer is cut after the rows wanted, and says so`() throws {
    let lines = AskedRecord.Lines()
    let door = GuardedQuery(record.path, limits: QueryLimits(rows: 3))
    #expect(try door.answer(Query("SELECT close FROM bar")) { _ in lines } == QueryAnswer(rows: 3, isCut: true))
    #expect(lines.all == ["100.0", "101.0", "102.0"])
    #expect(
      try door.answer(Query("SELECT close FROM bar LIMIT 3")) { _ in lines } == QueryAnswer(rows: 3, isCut: false))
  }

  @Test func `an answer without rows still has its columns`() throws {
    #expect(try record.ask("SELECT close FROM bar WHERE 0") == ["close"])
  }

  @Test func `parameters are bound by name, with any sign`() throws {
    let values: [String: QueryValue] = [
      "a": .integer(7), "b": .real(0.5), "c": .text("x'; DROP TABLE bar; --"), "d": .null,
    ]
    #expect(
      try record.ask("SELECT :a AS a, @b AS b, $c AS c, :d AS d, :a AS e", values)[1]
        == "7|0.5|x'; DROP TABLE bar; --|∅|7")
    #expect(try record.ask("SELECT ?2 || ?1", ["1": .text("a"), "2": .text("b")])[1] == "ba")
  }

  @Test func `parameters without a value and values without a parameter are named`() throws {
    #expect(throws: QueryError.parameters(missing: ["b", "c"], unknown: ["x", "y"])) {
      try record.ask("SELECT :a, :b, :c", ["a": .null, "y": .null, "x": .null])
    }
  }

  @Test func `time is up by the clock that was given`() throws {
    var now = Duration.zero
    let door = GuardedQuery(record.path, limits: QueryLimits(time: .seconds(5))) {
      now += .seconds(1)
      return now
    }
    #expect(throws: QueryError.timedOut(after: .seconds(5))) {
      try record.ask(door, Query("SELECT count(*) FROM bar a, bar b, bar c"))
    }
  }

  @Test func `steps are counted`() throws {
    #expect(throws: QueryError.tooManySteps(limit: 100_000)) {
      try record.ask("SELECT count(*) FROM bar a, bar b, bar c", limits: QueryLimits(time: nil, steps: 100_000))
    }
  }

  @Test func `an answer that is too long for who asks ends`() throws {
    #expect(throws: QueryError.answerTooBig(limit: 100)) {
      try record.ask("SELECT close FROM bar", limits: QueryLimits(answerBytes: 100))
    }
  }

  @Test func `what SQLite does not understand is told with the place`() throws {
    #expect(throws: QueryError.syntax(message: "near \"FORM\": syntax error", offset: 9)) {
      try record.ask("SELECT * FORM bar")
    }
    #expect(throws: QueryError.syntax(message: "no such column: BTC", offset: 7)) { try record.ask("SELECT \"BTC\"") }
  }

  @Test func `what fails on the way is told`() throws {
    #expect(throws: QueryError.failed(message: "integer overflow")) {
      try record.ask("SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)")
    }
  }

  @Test func `a question that is let in is not answered by looking at it`() throws {
    let door = GuardedQuery(record.path)
    #expect(
      try door.check("SELECT close FROM bar WHERE open_time > :from AND close < @top AND :from") == ["from", "top"])
    #expect(throws: QueryError.self) { try door.check("DELETE FROM bar") }
  }

  @Test func `a question sees one moment while another writes`() throws {
    let store = try Store.writing(record.path, command: "test")
    var counts: [Int] = []
    let lines = AskedRecord.Lines()
    try GuardedQuery(record.path).answer(Query("SELECT (SELECT count(*) FROM meta) FROM bar LIMIT 2")) { _ in
      try store.setMeta("seen", "no")
      return lines
    }
    counts = lines.all.compactMap(Int.init)
    #expect(counts.count == 2)
    #expect(Set(counts).count == 1)
    #expect(try record.ask("SELECT count(*) FROM meta")[1] == "\(counts[0] + 1)")
  }

  @Test func `files that are not ours are told apart, and left as they are`() throws {
    let folder = record.folder
    #expect(throws: StoreError.noDatabase(path: folder.file("x"))) {
      try GuardedQuery(folder.file("x")).check("SELECT 1")
    }
    try folder.write(Array("not a database, not at all".utf8), to: "text")
    #expect(throws: StoreError.self) { try GuardedQuery(folder.file("text")).check("SELECT 1") }
    #expect(try folder.contents()["text"] == Array("not a database, not at all".utf8))
    #expect(try folder.contents()["text-wal"] == nil)
  }

  @Test func `a virtual table in the file is not read`() throws {
    let store = try Store.writing(record.path, command: "test")
    try store.tamper("CREATE VIRTUAL TABLE notes USING fts5 (a); INSERT INTO notes VALUES ('x')")
    store.close()
    for sql in ["SELECT * FROM notes", "SELECT count(*) FROM notes", "SELECT count(*) FROM main.notes"] {
      #expect(throws: QueryError.self, "\(sql)") { try record.ask(sql) }
    }
  }

  @Test func `a file that nobody can write beside is asked all the same`() throws {
    let store = try Store.writing(record.path, command: "test")
    store.close()
    try? FileManager.default.removeItem(atPath: record.path + "-wal")
    try? FileManager.default.removeItem(atPath: record.path + "-shm")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: record.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: record.folder.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: record.folder.path) }
    let lines = try asOrdinaryUser { try record.ask("SELECT count(*) FROM bar") }
    #expect(lines == ["count(*)", "48"])
  }
}

@Suite struct QueryValueTests {
  @Test(arguments: [
    ("7", QueryValue.integer(7)), ("-7", .integer(-7)), ("0", .integer(0)), ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("1.5", .real(1.5)), ("1e3", .real(1000)),
    ("007", .text("007")), ("'7'", .text("7")), ("'it''s'", .text("it's")), ("''", .text("")), ("", .text("")),
    ("'", .text("'")), ("'a'b'", .text("'a'b'")), ("NULL", .null), ("null", .text("null")), ("'NULL'", .text("NULL")),
    ("nan", .text("nan")), ("inf", .text("inf")), ("0x10", .text("0x10")), ("1e999", .text("1e999")),
    ("+1", .text("+1")), (" 1", .text(" 1")), ("1_000", .text("1_000")), ("2025-09-19", .text("2025-09-19")),
    ("BTC", .text("BTC")), (".5", .text(".5")), ("5.", .text("5.")), ("-", .text("-")),
  ])
  func `a value that reads as a plain number is one`(text: String, value: QueryValue) {
    #expect(QueryValue(typed: text) == value)
  }
}
