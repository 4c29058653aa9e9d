import Foundation
import Testing

/// `why`, `changes` and `--as-of` as a user types them, over the built-in demo: answers in the providers' own shapes.
@Suite struct WhyTests {
  private static let none = ["APPLIANCE_NOW": ""]

  private static func demo() async throws -> TemporaryHome {
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    return home
  }

  private static func ask(
    _ home: TemporaryHome, _ words: [String], columns: Int? = nil
  ) async throws -> ApplianceProcess.Ended {
    var environment = none
    if let columns { environment["COLUMNS"] = "\(columns)" }
    return try await ApplianceProcess(arguments: words + ["--home", home.path], environment: environment).run()
  }

  @Test func `each kind of subject is answered, for people and for programs`() async throws {
    let home = try await Self.demo()
    let sql = try SQL(home.database)
    let hour = try #require(
      try sql.rows("SELECT strftime('%Y-%m-%dT%H:%MZ', max(open_time), 'unixepoch') FROM bar")[0][0])
    let day = try #require(try sql.rows("SELECT max(day) FROM market_snapshot")[0][0])
    let flow = try #require(try sql.rows("SELECT max(day) FROM etf_flow")[0][0])
    let subjects: [(String, [String])] = [
      ("bar", ["BTC", hour, "close"]), ("row", ["BTC", hour]), ("fng", ["fng", day]),
      ("flow", ["flow", "IBIT", flow]), ("snapshot", ["snapshot", "BTC", day, "change_24h"]),
      ("summary", ["summary", "1", "day"]),
    ]
    for (name, words) in subjects {
      let text = try await Self.ask(home, ["why"] + words, columns: 60)
      #expect(text.exit == 0, "\(text.talk)")
      #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
      try Golden.expect(text.output, isGolden: "why-\(name)")
      let json = try await Self.ask(home, ["why"] + words + ["--json"])
      try Golden.expect(json.output, isGolden: "why-\(name)-json")
      // A question that stands in an answer is itself answered.
      let questions = text.output.replacing("\n", with: " ").split(separator: " ").joined(separator: " ")
      #expect(questions.contains("appliance why") || name == "summary")
    }
  }

  @Test func `the bytes are the body that was kept`() async throws {
    let home = try await Self.demo()
    let sql = try SQL(home.database)
    let hour = try #require(
      try sql.rows("SELECT strftime('%Y-%m-%dT%H:%MZ', max(open_time), 'unixepoch') FROM bar")[0][0])
    let raw = try await Self.ask(home, ["why", "BTC", hour, "--raw"])
    let size = try sql.rows(
      """
      SELECT size FROM body JOIN fetch USING (body_id) JOIN bar USING (fetch_id) JOIN series USING (series_id)
      JOIN asset USING (asset_id) WHERE symbol = 'BTC' AND interval = '1h' AND priority = 1
      ORDER BY open_time DESC LIMIT 1
      """)
    #expect(raw.exit == 0)
    #expect("\(raw.outputBytes.count)" == size[0][0])
    #expect(raw.output.hasPrefix("["))
    let computed = try await Self.ask(home, ["why", "snapshot", "BTC", String(hour.prefix(10)), "close", "--raw"])
    #expect(computed.exit == 64)
    #expect(computed.talk.contains("it was computed, not sent"))
  }

  @Test func `what is not there ends with 1 and says why`() async throws {
    let home = try await Self.demo()
    let absent = try await Self.ask(home, ["why", "BTC", "2019-01-01T00:00Z", "close"])
    #expect(absent.exit == 1)
    #expect(absent.output.contains("it lies before the first row"))
    #expect(!absent.talk.contains("appliance:"))
    let json = try await Self.ask(home, ["why", "BTC", "2019-01-01T00:00Z", "--json"])
    #expect(json.exit == 1)
    #expect(json.output.contains("\"kind\":\"absent\""))
    #expect(json.output.contains("\"reason\":\"before_first\""))
  }

  @Test func `the past is exported as it was known, and before the first answer the file says so`() async throws {
    let home = try await Self.demo()
    let sql = try SQL(home.database)
    let first = try #require(
      try sql.rows("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', min(received_at), 'unixepoch') FROM fetch")[0][0])
    let then = try await Self.ask(home, ["export", "bar", "--as-of", first, "--json"])
    #expect(then.exit == 0)
    #expect(then.output.contains("\"as_of\":\"\(first)\""))
    #expect(then.talk.contains("as it was known on \(first)"))
    let before = try await Self.ask(home, ["show", "BTC", "--as-of", "2019-01-01"])
    #expect(before.exit == 1)
    #expect(
      before.talk.contains("this file knows from \(first); what was known on 2019-01-01T23:59:59Z cannot be told"))
  }

  @Test func `what is written of the past says so, where there is a place for it`() async throws {
    let home = try await Self.demo()
    let sql = try SQL(home.database)
    let first = try #require(
      try sql.rows("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', min(received_at), 'unixepoch') FROM fetch")[0][0])
    let words = "As known on \(first); what was answered later is left out.\n"
    func export(_ words: [String]) async throws -> String {
      let ended = try await Self.ask(home, words + ["--as-of", first])
      #expect(ended.exit == 0, "\(ended.talk)")
      return ended.output
    }
    #expect(try await export(["export", "bar", "--format", "sql"]).hasPrefix("-- \(words)"))
    let postgres = try await export(["export", "all", "--format", "sql", "--dialect", "postgres"])
    #expect(postgres.hasPrefix("-- \(words)") && postgres.components(separatedBy: words).count == 2)
    #expect(try await export(["export", "ohlc_hourly", "--format", "ledger"]).hasPrefix("; \(words)"))
    #expect(try await export(["show", "sentiment_daily", "--format", "md"]).hasPrefix("\(words)\n|"))
    for plain in ["csv", "ndjson", "json"] {
      #expect(try await !export(["export", "bar", "--format", plain]).contains("As known on"))
    }
    let out = home.file("out")
    _ = try await export(["export", "all", "-o", out])
    #expect(try #require(home.text("out/index.json")).contains("\"as_of\": \"\(first)\""))
    #expect(try #require(home.text("out/DICTIONARY.md")).contains("The rows are those known on \(first); "))
    #expect(try #require(home.text("out/metadata.json")).contains(", as known on \(first)\""))
    #expect(try !#require(home.text("out/bar.csv")).contains("As known on"))
    let scripts = home.file("scripts")
    _ = try await export(["export", "all", "-o", scripts, "--format", "sql"])
    #expect(try #require(home.text("scripts/bar.sql")).hasPrefix("-- \(words)"))
  }

  @Test(arguments: [
    ("why-nothing", ["why"]), ("why-unknown", ["why", "DOGE", "2025-09-19"]),
    ("why-no-instant", ["why", "BTC", "lately"]), ("why-no-field", ["why", "BTC", "2025-09-19", "colour"]),
    ("why-no-snapshot-field", ["why", "snapshot", "BTC", "2025-09-19", "colour"]),
    ("why-no-summary", ["why", "summary", "one"]), ("why-no-fund", ["why", "flow", "NOPE", "2025-09-18"]),
    ("why-no-source", ["why", "BTC", "2025-09-19", "--source", "mtgox"]),
    ("why-raw-and-json", ["why", "BTC", "2025-09-19", "--raw", "--json"]),
  ])
  func `what makes no sense is refused with words that help`(name: String, words: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(arguments: words + ["--home", record.home.path]).run()
    #expect(ended.exit == 64)
    try Golden.expect(ended.output + ended.talk, isGolden: name)
  }

  @Test(arguments: ["why", "changes"])
  func `help says what it is for, with examples`(command: String) async throws {
    let ended = try await ApplianceProcess(arguments: ["help", command], environment: ["COLUMNS": "100"]).run()
    #expect(ended.exit == 0)
    #expect(ended.output.contains("EXAMPLES"))
    try Golden.expect(ended.output, isGolden: "help-\(command)")
  }

  @Test func `changes are told with what had used them`() async throws {
    let record = try Record(
      """
      INSERT INTO fetch (fetch_id, run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
        wire_bytes, read_outcome)
      VALUES (2, 1, 1, 'GET', '/x', 'http://example.test/x', 1758325000, 1758325001, 12, 200, 100, 'read');
      INSERT INTO bar_restatement (series_id, open_time, replaced_by_fetch_id, replaced_at, open, high, low, close,
        volume, fetch_id)
      SELECT series_id, open_time, 2, 1758325001, open, high, low, close - 1, volume, 1
      FROM bar WHERE open_time = 1758312000 AND series_id = (SELECT min(series_id) FROM bar);
      UPDATE bar SET fetch_id = 2 WHERE open_time = 1758312000 AND series_id = (SELECT min(series_id) FROM bar);
      """)
    let text = try await record.home.appliance("changes", environment: ["COLUMNS": "70"])
    try Golden.expect(text.output, isGolden: "changes")
    #expect(text.talk.hasSuffix("1 restatement\n"))
    let json = try await record.home.appliance("changes", "--asset", "BTC", "--json")
    try Golden.expect(json.output, isGolden: "changes-json")
    let none = try await record.home.appliance("changes", "--since", "2025-09-20")
    #expect(none.talk.hasSuffix("nothing was restated then\n"))
  }
}
