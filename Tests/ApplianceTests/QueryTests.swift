import Testing

@Suite struct QueryTests {
  @Test(arguments: [
    (
      "table",
      """
      classification  n  when
      --------------  -  --------------------
      Greed           1  2025-09-19T00:00:00Z
      Neutral         1
      Neutral, "so"   1  x'00ff'

      """
    ),
    ("csv", "classification,n,when\nGreed,1,2025-09-19T00:00:00Z\nNeutral,1,\n\"Neutral, \"\"so\"\"\",1,x'00ff'\n"),
    (
      "json",
      """
      [{"classification":"Greed","n":1,"when":"2025-09-19T00:00:00Z"},
      {"classification":"Neutral","n":1,"when":null},
      {"classification":"Neutral, \\"so\\"","n":1,"when":"x'00ff'"}]

      """
    ),
    (
      "ndjson",
      """
      {"classification":"Greed","n":1,"when":"2025-09-19T00:00:00Z"}
      {"classification":"Neutral","n":1,"when":null}
      {"classification":"Neutral, \\"so\\"","n":1,"when":"x'00ff'"}

      """
    ),
    (
      "md",
      """
      | classification | n | when |
      | --- | ---: | --- |
      | Greed | 1 | 2025-09-19T00:00:00Z |
      | Neutral | 1 |  |
      | Neutral, "so" | 1 | x'00ff' |

      """
    ),
  ])
  func `each format has its form`(format: String, expected: String) async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "query",
      """
      SELECT classification, count(*) AS n, CASE classification WHEN 'Greed' THEN as_of_date || 'T00:00:00Z'
        WHEN 'Neutral' THEN NULL ELSE x'00ff' END AS "when"
      FROM sentiment_daily GROUP BY 1 ORDER BY 1
      """, "--format", format)
    #expect(ended.output == expected)
    #expect(ended.exit == 0)
  }

  @Test func `numbers that are none have their form in each format`() async throws {
    let record = try Record()
    let sql = "SELECT 9e999 AS a, -9e999 AS b, 0.1 + 0.2 AS c, 9223372036854775807 AS d, NULL AS e, '' AS f"
    let csv = try await record.home.appliance("query", sql, "--format", "csv")
    #expect(csv.output == "a,b,c,d,e,f\ninf,-inf,0.30000000000000004,9223372036854775807,,\"\"\n")
    let json = try await record.home.appliance("query", sql, "--format", "ndjson")
    #expect(
      json.output
        == "{\"a\":null,\"b\":null,\"c\":0.30000000000000004,\"d\":9223372036854775807,\"e\":null,\"f\":\"\"}\n")
  }

  @Test func `columns of one name are told apart`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("query", "SELECT 1 AS a, 2 AS a", "--format", "ndjson")
    #expect(ended.output == "{\"a\":1,\"a_2\":2}\n")
  }

  @Test func `a question comes from standard input, with its values on the command line`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "query", "-", "-p", "day=2025-09-18", "-p", ":top=52", "--format", "csv",
      input: Array("SELECT fng_value FROM sentiment_daily\nWHERE as_of_date <= :day AND fng_value > :top -- so".utf8))
    #expect(ended.output == "fng_value\n53\n")
    #expect(ended.talk == "the clock was set: now is 2025-09-19T22:30:00Z\n")
  }

  @Test func `as JSON one object holds the answer, or says what went wrong`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "query", "SELECT as_of_date AS day FROM sentiment_daily", "--limit", "2", "--json")
    #expect(
      ended.output == """
        {"version":1,"origin":"live","now":"2025-09-19T22:30:00Z","columns":["day"],"count":2,"cut":true,"rows":[\
        {"day":"2025-09-17"},
        {"day":"2025-09-18"}]
        }

        """)
    let refused = try await record.home.appliance("query", "DELETE FROM bar", "--json")
    #expect(refused.exit == 1)
    #expect(refused.output.hasPrefix("{\"version\":1,\"outcome\":\"failed\",\"exit\":1,\"error\":\"refused: "))
  }

  private static let many =
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 20000) SELECT x FROM c"

  @Test func `a file gets every row, unless a limit is given`() async throws {
    let home = try Record().home
    let ended = try await home.appliance("query", Self.many, "-o", home.file("n.csv"), "--quiet")
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(home.text("n.csv")?.split(separator: "\n").count == 20_001)
    _ = try await home.appliance("query", Self.many, "-o", home.file("n.csv"), "--limit", "5", "--quiet")
    #expect(home.text("n.csv") == "x\n1\n2\n3\n4\n5\n")
  }

  @Test func `a cut that nobody asked for is told of even where talk is not wanted`() async throws {
    let home = try Record().home
    let ended = try await home.appliance("query", Self.many, "--format", "csv", "--quiet")
    #expect(ended.talk == "cut after 10,000 rows; --limit 100000 would show more, -o FILE has all\n")
    #expect(try await home.appliance("query", Self.many, "--limit", "5", "--format", "csv", "--quiet").talk == "")
  }

  @Test func `a cut is told on standard error`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("query", "SELECT 1 FROM bar", "--limit", "5", "--format", "csv")
    #expect(ended.output == "1\n1\n1\n1\n1\n1\n")
    #expect(ended.talk.hasSuffix("cut after 5 rows; --limit 50 would show more\n"))
    #expect(ended.exit == 0)
  }

  @Test(arguments: [
    ("query-write", ["DELETE FROM bar"]), ("query-pragma", ["PRAGMA query_only = 0"]),
    ("query-attach", ["ATTACH 'x' AS x"]), ("query-stacked", ["SELECT 1; DROP TABLE bar"]),
    ("query-dot", [".tables"]), ("query-extension", ["SELECT load_extension('x')"]),
    ("query-shell", ["SELECT readfile('/etc/passwd')"]), ("query-temp", ["CREATE TEMP TABLE x (a)"]),
    ("query-pragma-table", ["SELECT * FROM pragma_database_list"]), ("query-syntax", ["SELECT * FORM bar"]),
    ("query-name", ["SELECT \"BTC\""]), ("query-empty", [""]), ("query-missing", ["SELECT :day", "-p", "dya=1"]),
    ("query-too-big", ["SELECT zeroblob(1000000000)"]), ("query-no-value", ["SELECT :day", "-p", "day"]),
    ("query-limit", ["SELECT 1", "--limit", "0"]), ("query-json-and-csv", ["SELECT 1", "--json", "--format", "csv"]),
    ("query-unknown-run", ["run", "mood"]), ("query-bad-name", ["save", "a b", "SELECT 1"]),
    ("query-save-write", ["save", "a", "DELETE FROM bar"]),
  ])
  func `what is not answered is told with the next step`(golden: String, arguments: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(
      arguments: ["query"] + arguments + ["--home", record.home.path]
    ).run()
    try Golden.expect("exit \(ended.exit)\n\(ended.output)\(plain(ended.talk, record.home))", isGolden: golden)
  }

  @Test(arguments: [
    // A call of a function that no step interrupts.
    "SELECT instr(replace(hex(zeroblob(400000)), '0', 'a'), replace(hex(zeroblob(200000)), '0', 'a') || 'b')",
    "SELECT count(*) FROM bar a, bar b, bar c, bar d, bar e",
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c a",
  ])
  func `what takes too long ends, and says so`(sql: String) async throws {
    let record = try Record()
    let ended = try await record.home.appliance("query", sql, "--timeout", "0.5", "--quiet")
    #expect(ended.exit == 1)
    #expect(
      ended.talk
        == "appliance: no answer within 0.5 s; narrow it by asset and time, or allow more with --timeout\n")
  }

  @Test(arguments: [
    """
    WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000)
    SELECT x, hex(randomblob(400000)) AS y FROM c ORDER BY y
    """,
    """
    WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000)
    SELECT x, group_concat(hex(zeroblob(400000))) FROM c GROUP BY x % 5000, x ORDER BY 2
    """,
    "WITH RECURSIVE c (x) AS (SELECT zeroblob(900000) UNION ALL SELECT zeroblob(900000) FROM c) SELECT count(c.x) FROM c, c b",
    """
    WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000), d AS MATERIALIZED (SELECT x, zeroblob(900000) AS y FROM c)
    SELECT count(*) FROM d a JOIN d b ON a.y = b.y
    """,
  ])
  func `what takes too much memory dies in its own process`(sql: String) async throws {
    let record = try Record()
    let ended = try await record.home.appliance("query", sql, "--timeout", "60", "--quiet")
    #expect(ended.exit == 1)
    #expect(
      ended.talk == "appliance: it needs more than 256 MiB of memory; group or sort fewer rows\n", "\(ended.talk)")
  }

  @Test func `an answer that must be held ends before it fills this process`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "query", "SELECT hex(zeroblob(400000)) FROM bar a, bar b", "--quiet")
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("the answer is longer than 67108864 bytes"))
    #expect(ended.output == "")
  }

  @Test func `neither settings nor keys reach the process that answers`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "query", "SELECT 1", environment: ["COINGECKO_API_KEY": "CG-planted-0123456789"])
    #expect(ended.exit == 0)
    #expect(!ended.output.contains("planted"))
  }

  @Test func `the entry of the answering process stands in no help`() async throws {
    let help = try await ApplianceProcess(arguments: ["help", "query"]).run()
    #expect(help.output.contains("SUBCOMMANDS"))
    #expect(!help.output.contains("answer-questions"))
    // Called without being asked, it does nothing.
    let idle = try await ApplianceProcess(arguments: ["--answer-questions"]).run()
    #expect(idle.talk == "")
  }

  @Test func `who reads no more ends it quietly`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "query", "SELECT a.close FROM bar a, bar b, bar c", "--limit", "1000000", "--format", "csv", "--quiet",
      output: .closedPipe)
    #expect(ended.exit == 0)
    #expect(ended.talk == "")
  }

  @Test func `without a file the exit code is 10`() async throws {
    let home = try TemporaryHome()
    for arguments in [["SELECT 1"], ["list"], ["run", "a"], ["save", "a", "SELECT 1"], ["remove", "a"]] {
      let ended = try await ApplianceProcess(arguments: ["query"] + arguments + ["--home", home.path]).run()
      #expect(ended.exit == 10)
    }
    #expect(home.names() == [])
  }
}

@Suite struct SavedQueryTests {
  @Test func `a question is kept, listed, asked and forgotten`() async throws {
    let record = try Record()
    func query(_ arguments: String...) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: ["query"] + arguments + ["--home", record.home.path],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
      ).run()
    }
    let sql = "SELECT fng_value FROM sentiment_daily WHERE as_of_date = :day"
    let saved = try await query("save", "mood", sql)
    #expect(saved.exit == 0)
    #expect(
      saved.talk.hasSuffix("saved; ask it with: appliance query run mood -p day=… --home \(record.home.path)\n"))
    #expect(try await query("save", "mood", sql, "--json").output.contains("\"outcome\":\"unchanged\""))
    let other = try await query("save", "mood", "SELECT 1")
    #expect(other.exit == 1)
    #expect(other.talk == "appliance: another question has the name mood; add --replace, or take another name\n")
    // The seconds are those that the program took to start.
    let listed = try await query("list", "--json").output
    #expect(
      listed.hasPrefix(
        "{\"version\":1,\"queries\":[{\"name\":\"mood\",\"sql\":\"\(sql)\",\"saved_at\":\"2025-09-19T22:30:"))
    #expect(listed.hasSuffix("Z\"}]}\n"))
    let asked = try await query("run", "mood", "-p", "day=2025-09-19", "--format", "csv")
    #expect(asked.output == "fng_value\n71\n")
    #expect(try await query("save", "mood", "SELECT 1", "--replace").exit == 0)
    #expect(try await query("run", "mood", "--format", "csv").output == "1\n1\n")
    #expect(try await query("remove", "mood").exit == 0)
    #expect(try await query("remove", "mood").exit == 1)
    #expect(try await query("list", "--json").output == "{\"version\":1,\"queries\":[]}\n")
  }

  @Test func `two instants, two answers; a condition of an export is asked of the same past`() async throws {
    let record = try Record(Self.restated)
    func ask(_ words: [String]) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: words + ["--home", record.home.path], environment: ["APPLIANCE_NOW": "2025-09-19T23:45:00Z"]
      ).run()
    }
    let sql = "SELECT max(high) AS high FROM ohlc_hourly WHERE asset = 'ETH'"
    let then = try await ask(["query", sql, "--format", "csv", "--as-of", "2025-09-19T22:45:00Z"])
    #expect(then.output == "high\n4436.85\n")
    #expect(then.talk.contains("as it was known on 2025-09-19T22:45:00Z"))
    let now = try await ask(["query", sql, "--format", "csv", "--as-of", "2025-09-19T23:40:00Z"])
    #expect(now.output == "high\n9000\n")
    let object = try await ask(["query", sql, "--json", "--as-of", "2025-09-19T22:45:00Z"])
    #expect(object.output.contains("\"as_of\":\"2025-09-19T22:45:00Z\""))
    #expect(object.output.contains("\"rows\":[{\"high\":4436.85}]"))
    let export = ["export", "ohlc_hourly", "--where", "high > 8000"]
    let exported = try await ask(export + ["--as-of", "2025-09-19T23:40:00Z"])
    #expect(exported.output.split(separator: "\n").count == 1 + 48 + 1, "\(exported.talk)")
    let before = try await ask(export + ["--as-of", "2025-09-19T22:45:00Z"])
    #expect(before.output.split(separator: "\n").count == 1 + 48, "\(before.talk)")
    let sneaked = try await ask(
      ["export", "ohlc_hourly", "--where", "high IN (SELECT high FROM main.bar)", "--as-of", "2025-09-19T22:45:00Z"])
    #expect(sneaked.exit == 1)
    #expect(sneaked.talk.contains("would ask the present"))
    let early = try await ask(["query", sql, "--as-of", "2019-01-01"])
    #expect(early.exit == 1)
    #expect(early.talk.contains("this file knows from 2025-09-19"), "\(early.talk)")
  }

  /// A second answer, half an hour before midnight: the last hour of Ether had another high.
  private static let restated = """
    INSERT INTO fetch (fetch_id, run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
      wire_bytes, read_outcome)
    VALUES (2, 1, 1, 'GET', '/x', 'http://example.test/x', 1758324600, 1758324600, 12, 200, 100, 'read');
    INSERT INTO bar_restatement (series_id, open_time, replaced_by_fetch_id, replaced_at, open, high, low, close,
      volume, fetch_id)
    SELECT series_id, open_time, 2, 1758324600, open, high, low, close, volume, 1
    FROM bar WHERE open_time = 1758315600 AND series_id =
      (SELECT series_id FROM series WHERE provider_symbol = 'ETHUSDT');
    UPDATE bar SET fetch_id = 2, high = 9000 WHERE open_time = 1758315600 AND series_id =
      (SELECT series_id FROM series WHERE provider_symbol = 'ETHUSDT');
    """
}
