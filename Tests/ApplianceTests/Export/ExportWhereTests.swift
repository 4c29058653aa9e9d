import Schema
import Store
import Testing

@Suite struct ExportWhereTests {
  @Test func `a condition narrows the rows, which are as they would be without it`() async throws {
    let record = try Record()
    for format in ["csv", "ndjson", "sql"] {
      for dataset in ["ohlc_hourly", "bar", "gap", "series", "etf_flow", "daily_market_snapshot", "fetch"] {
        let plain = try await record.home.appliance("export", dataset, "--format", format)
        let narrowed = try await record.home.appliance("export", dataset, "--format", format, "--where", "1 = 1")
        #expect(narrowed.output == plain.output, "\(dataset) as \(format)")
        #expect(narrowed.exit == 0)
      }
    }
  }

  @Test(arguments: NamedDataset.all.map(\.name)) func `every dataset can be narrowed`(dataset: String) async throws {
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    let narrowed = try await home.appliance("export", dataset, "--where", "1 = 0")
    #expect(narrowed.exit == 0, "\(narrowed.talk)")
    #expect(narrowed.output.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ("close > 115580", 2), ("asset = 'ETH'", 48), ("asset = 'ETH' AND session = 'ASIA'", 16),
    ("ts_utc >= '2025-09-19T21:00:00Z'", 2), ("close = (SELECT max(close) FROM bar)", 1), ("source LIKE 'kra%'", 0),
    ("close > 1 OR (asset = ';' AND asset = '--')", 96),
  ])
  func `conditions are on the columns as they are exported`(condition: String, rows: Int) async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", "ohlc_hourly", "--where", condition)
    #expect(ended.output.split(separator: "\n").count == rows + 1, "\(ended.talk)")
  }

  @Test(arguments: [
    "1) UNION SELECT name, sql, 1, 1, 1, 1, 1, 1, 1 FROM sqlite_schema WHERE (1", "1; DELETE FROM bar", "1 --", "1 /*",
    "(", ")", "'", "", " ", "nosuch > 1", "\"BTC\" = asset", "load_extension('x')", "open_time > 0", "\"order 0\"); (1",
    "EXISTS (SELECT 1 FROM pragma_database_list)", "max(close) > 1",
  ])
  func `what is no condition is refused, and leaves no trace`(condition: String) async throws {
    let record = try Record()
    let before = record.home.text("appliance.db")
    let ended = try await record.home.appliance(
      "export", "ohlc_hourly", "--where", condition, "-o", record.home.file("out.csv"))
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("appliance: "))
    #expect(record.home.text("appliance.db") == before)
    #expect(record.home.text("out.csv") == nil)
  }

  @Test func `a condition goes with one dataset`() async throws {
    let record = try Record()
    #expect(try await record.home.appliance("export", "all", "--where", "1", "-o", record.home.file("out")).exit == 64)
  }
}
