import Foundation
import Testing

/// Slips of the hand and rare states, told in words that help.
@Suite struct SmallThingsTests {
  @Test func `a file in a folder that is not there is refused, and no folder is made`() async throws {
    let record = try Record()
    let file = record.home.file("nowhere/x.csv")
    for words in [["export", "bar", "-o", file], ["report", "daily", "-o", record.home.file("nowhere/x.md")]] {
      let ended = try await ApplianceProcess(
        arguments: words + ["--home", record.home.path],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
      ).run()
      #expect(ended.exit == 1)
      #expect(words[0] == "report" || ended.talk.contains("there is no folder \(record.home.file("nowhere"))"))
    }
    #expect(!record.home.names().contains("nowhere"))
    let all = try await record.home.appliance("export", "all", "-o", record.home.file("nowhere/deep"))
    #expect(all.exit == 0)
    #expect(record.home.names("nowhere/deep").contains("bar.csv"))
  }

  @Test(arguments: [
    (["-o", "x.parquet"], "no format for .parquet"), (["-o", "x.xlsx"], "csv, json, ndjson, sql, md"),
    (["-o", "x.gz"], "name what is packed too"), (["-o", "x.dat"], "name one with --format"),
    (["-o", "x.parquet", "--format", "csv"], "no format for .parquet"),
    (["-o", "x.json", "--format", "csv"], "contradict each other; leave --format away, or name the file .csv"),
    (["-o", "x.sql", "--format", "md"], "contradict each other"),
  ])
  func `a name that promises another format is wrong usage, and no file is made`(flags: [String], words: String)
    async throws
  {
    let record = try Record()
    let flags = flags.map { $0.hasPrefix("x.") ? record.home.file($0) : $0 }
    let ended = try await ApplianceProcess(
      arguments: ["export", "bar", "--home", record.home.path] + flags
    ).run()
    #expect(ended.exit == 64)
    #expect(ended.talk.contains(words), "\(ended.talk)")
    #expect(!record.home.names().contains { $0.hasPrefix("x.") })
  }

  @Test(arguments: [
    (["-o", "x.json", "--format", "ndjson"], "x.json", "{"), (["-o", "x.txt", "--format", "csv"], "x.txt", "source,"),
    (["-o", "x.dat", "--format", "csv"], "x.dat", "source,"), (["-o", "x.md"], "x.md", "| "),
    (["-o", "x.jsonl"], "x.jsonl", "{"), (["-o", "x.sql"], "x.sql", "CREATE TABLE"), (["-o", "x"], "x", "source,"),
  ])
  func `a name tells the format, and what is told goes first`(flags: [String], name: String, start: String) async throws
  {
    let record = try Record()
    let flags = flags.map { $0.hasPrefix("x") ? record.home.file($0) : $0 }
    let ended = try await ApplianceProcess(
      arguments: ["export", "source", "--home", record.home.path] + flags
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(record.home.text(name)?.contains(start) == true, "\(record.home.text(name)?.prefix(100) ?? "")")
  }

  @Test(arguments: [("10y", "last 10 years"), ("1y", "last 1 year"), ("90d", "last 90 days"), ("24h", "last 24 h")])
  func `a stretch of time is headed as it was asked for`(last: String, heading: String) async throws {
    let record = try Record()
    #expect(try await record.home.appliance("show", "BTC", "--last", last).talk.contains(heading))
  }

  @Test func `a file that is not there is named once`() async throws {
    let home = try TemporaryHome()
    let ended = try await home.appliance("import", "nope.csv", "--asset", "BTC", "--interval", "1h")
    #expect(ended.exit == 1)
    #expect(ended.talk == "appliance: cannot open nope.csv: No such file or directory\n")
  }

  @Test(arguments: [["DOGE", "2025-09-19"]])
  func `what cannot be asked is told with what can`(words: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(arguments: ["why"] + words + ["--home", record.home.path]).run()
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("what can be asked is SYM INSTANT [FIELD], fng DAY [FIELD], macro ID DAY"))
    #expect(!ended.talk.contains("asset 'macro'"))
  }

  @Test func `a refused row of a file is shown with the file and its line`() async throws {
    let home = try TemporaryHome()
    let file = home.file("hours.csv")
    try Data("unix,open,high,low,close,volume\n1730419200,1,2,1,2,5\nsoon,1,1,1,1,1\n".utf8)
      .write(to: URL(fileURLWithPath: file))
    let brought = try await home.appliance("import", file, "--asset", "BTC", "--interval", "1h")
    #expect(brought.exit == 0, "\(brought.talk)")
    let shown = try await home.appliance("quarantine", "show", "1")
    #expect(shown.output.contains("at       unreadable\n"))
    #expect(shown.output.contains("file     hours.csv, line 3, imported at 2025-09-19T22:30:0"), "\(shown.output)")
    #expect(shown.output.hasSuffix(", kept in the vault\n"))
    #expect(!shown.output.contains("HTTP"))
    let object = try await home.appliance("quarantine", "show", "1", "--json")
    #expect(object.output.contains("\"status\":null"))
    #expect(object.output.contains("\"file\":{\"name\":\"hours.csv\",\"path\":null,\"line\":3,"))
  }

  @Test func `a mark for a missing time is not shown as one`() async throws {
    let home = try TemporaryHome()
    let text = "unix,open,high,low,close,volume\n1730419200,1,2,1,2,5\n-1,1,1,1,1,1\n"
    let brought = try await home.appliance(
      "import", "-", "--asset", "BTC", "--interval", "1h", input: Array(text.utf8))
    #expect(brought.exit == 0, "\(brought.talk)")
    let listed = try await home.appliance("quarantine", "list")
    #expect(listed.output.contains("line 3: its time cannot be read"), "\(listed.output)")
    #expect(!listed.output.contains("1969"))
  }

  @Test func `equal failures of a run are one line that says how often`() async throws {
    let record = try Record(
      """
      INSERT INTO step (run_id, name, series_id, started_at, outcome, reason, detail)
      SELECT 1, 'prices', NULL, 1758321000 + column1, 'failed', 'failed', 'the disk is slow'
      FROM (VALUES (1), (2), (3));
      """)
    let ended = try await record.home.appliance("status")
    #expect(ended.output.contains("3 × prices"), "\(ended.output)")
    #expect(ended.output.components(separatedBy: "the disk is slow").count == 2)
  }

  @Test func `samples alone are something: the report is written, and status says so`() async throws {
    let record = try Record(
      """
      DELETE FROM bar; DELETE FROM price_choice; DELETE FROM gap;
      UPDATE series SET row_count = 0, first_time = NULL, last_time = NULL WHERE dataset = 'bar';
      INSERT INTO price_point SELECT series_id, 1758315700, 115000.5, NULL, NULL, 1 FROM series
        WHERE dataset = 'price_point' AND provider_symbol = 'bitcoin';
      UPDATE series SET row_count = 1, first_time = 1758315700, last_time = 1758315700
        WHERE dataset = 'price_point' AND provider_symbol = 'bitcoin';
      """)
    let report = try await record.home.appliance("report", "daily")
    #expect(report.exit == 0, "\(report.talk)")
    #expect(report.output.contains("## Sampled prices"))
    #expect(report.output.contains("115,000.50"))
    let status = try await record.home.appliance("status", environment: ["COLUMNS": "120"])
    #expect(status.output.contains("no bars yet; sampled prices of coingecko, newest 2025-09-19 21:01Z"))
    let shown = try await record.home.appliance("show", "BTC")
    #expect(shown.talk.contains("only sampled prices: `appliance show price_point --asset BTC --home "))
  }
}
