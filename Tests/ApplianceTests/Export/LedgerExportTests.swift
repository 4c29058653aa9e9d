import Testing

@Suite struct LedgerExportTests {
  @Test func `hours become lines at their last second, and the file's name is enough`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "export", "ohlc_hourly", "--asset", "BTC", "--from", "2025-09-18T22:00Z", "--to", "2025-09-18", "-o",
      record.home.file("x.journal"))
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(
      record.home.text("x.journal") == """
        ; market prices; times are UTC
        P 2025-09-18 22:59:59 BTC 115312.51 USDT
        P 2025-09-18 23:59:59 BTC 115325.01 USDT

        """)
  }

  @Test func `days become lines without a time, also under a condition`() async throws {
    let record = try Record(
      """
      INSERT INTO market_snapshot SELECT asset_id, '2025-09-18', series_id, 1, 2, 0.5, 1.5, 1e-7, NULL, 0.1, NULL, 0, -1,
        52, 'Neutral', 7, NULL, 24, 24, 1 FROM price_choice;
      """)
    let ended = try await record.home.appliance(
      "export", "daily_market_snapshot", "--format", "ledger", "--where", "asset = 'ETH'")
    #expect(ended.output == "; market prices; times are UTC\nP 2025-09-18 ETH 1.5 USDT\n", "\(ended.talk)")
  }

  @Test(arguments: ["bar", "gap", "all", "sentiment_daily"])
  func `what is no price of an asset is refused with the reason`(dataset: String) async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", dataset, "--format", "ledger", "-o", record.home.file("x"))
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("price lines"))
    #expect(record.home.text("x") == nil)
  }

  @Test(.enabled(if: LedgerExportTests.hledger != nil, "hledger is not installed"))
  func `hledger reads every line, and takes the last hour of a day as the day's price`() async throws {
    let record = try Record()
    let journal = record.home.file("x.journal")
    _ = try await record.home.appliance("export", "ohlc_hourly", "-o", journal)
    let hledger = try #require(Self.hledger)
    let prices = try await ApplianceProcess(
      executable: hledger, arguments: ["-f", journal, "prices"], environment: ["LANG": "C.UTF-8"]
    ).run()
    #expect(prices.exit == 0, "\(prices.talk)")
    let lines = prices.output.split(separator: "\n")
    #expect(lines.count == 96)
    #expect(lines.last { $0.hasPrefix("P 2025-09-18 BTC ") } == "P 2025-09-18 BTC 115325.01 USDT")
  }

  private static let hledger = ["/usr/bin/hledger", "/opt/homebrew/bin/hledger", "/usr/local/bin/hledger"].first {
    TrackerImportTests.exists($0)
  }
}
