import Support
import Testing

/// Prices restated as they leave the file.
@Suite struct AdjustTests {
  /// Five sessions of a share as two sources tell them: a dividend of 1 on 4 June, two new shares for one on 6 June.
  static let share = """
    BEGIN;
    INSERT INTO asset (asset_id, symbol, name, class) VALUES (900, 'ACME', 'Acme', 'stock'), (901, 'BARE', 'Bare', 'stock');
    INSERT INTO source (source_id, name, title, homepage) VALUES (900, 'split-adjusting', 'A', 'https://a.test'),
      (901, 'as-trading', 'B', 'https://b.test');
    INSERT INTO series (series_id, dataset, asset_id, source_id, interval, provider_symbol, quote_currency, price_basis,
      priority, row_count, first_time, last_time) VALUES
      (900, 'bar', 900, 900, '1d', 'ACME', 'USD', 'split_adjusted', 1, 5, 1748822400, 1749168000),
      (901, 'bar', 900, 901, '1d', 'ACME', 'USD', 'as_traded', 2, 5, 1748822400, 1749168000),
      (902, 'corporate_action', 900, 900, '1d', 'ACME', 'USD', 'as_traded', 1, 3, 1749081600, 1893456000),
      (903, 'bar', 901, 901, '1d', 'BARE', 'USD', 'as_traded', 1, 1, 1748822400, 1748822400);
    INSERT INTO bar VALUES (900, 1748822400, 50, 50, 50, 50, 20, 1), (900, 1748908800, 50, 50, 50, 50, 20, 1),
      (900, 1748995200, 49, 49, 49, 49, 20, 1), (900, 1749081600, 51, 51, 51, 51, 20, 1),
      (900, 1749168000, 50, 50, 50, 50, 10, 1),
      (901, 1748822400, 100, 100, 100, 100, 10, 1), (901, 1748908800, 100, 100, 100, 100, 10, 1),
      (901, 1748995200, 98, 98, 98, 98, 10, 1), (901, 1749081600, 102, 102, 102, 102, 10, 1),
      (901, 1749168000, 50, 50, 50, 50, 10, 1), (903, 1748822400, 7, 7, 7, 7, 1, 1);
    INSERT INTO corporate_action VALUES (902, '2025-06-04', 'dividend', 1, NULL, 1), (902, '2025-06-06', 'split', 2, NULL, 1),
      (902, '2030-01-01', 'split', 4, NULL, 1);
    INSERT INTO price_choice VALUES (900, '1d', 1, 900), (901, '1d', 1, 903);
    COMMIT;
    """
  private static let clock = ["APPLIANCE_NOW": "2025-06-10T12:00:00Z"]

  private func export(_ words: String...) async throws -> (rows: [String], talk: String, exit: Int32) {
    try await export(words)
  }

  private func export(_ words: [String]) async throws -> (rows: [String], talk: String, exit: Int32) {
    let record = try Record(Self.share)
    let ended = try await ApplianceProcess(
      arguments: ["export"] + words + ["--home", record.home.path], environment: Self.clock
    ).run()
    return (ended.output.split(separator: "\n").dropFirst().map(String.init), ended.talk, ended.exit)
  }

  @Test(arguments: [
    ("none", ["100", "100", "98", "102", "50"], ["10", "10", "10", "10", "10"]),
    ("splits", ["50", "50", "49", "51", "50"], ["20", "20", "20", "20", "10"]),
    ("all", ["49.5", "49.5", "49", "51", "50"], ["20", "20", "20", "20", "10"]),
  ])
  func `two sources of one share agree once their prices are restated`(
    adjust: String, closes: [String], volumes: [String]
  ) async throws {
    let found = try await export("bar", "--asset", "ACME", "--columns", "close,volume", "--adjust", adjust)
    let rows = zip(closes, volumes).map { "\($0),\($1)" }
    #expect(found.rows == rows + rows)
    #expect(found.exit == 0)
  }

  @Test func `without the flag prices leave as they are stored`() async throws {
    let found = try await export("bar", "--asset", "ACME", "--columns", "close,volume")
    #expect(
      found.rows == ["100,10", "100,10", "98,10", "102,10", "50,10", "50,20", "50,20", "49,20", "51,20", "50,10"])
  }

  @Test func `an asset's prices are restated, and conditions are on what leaves the file`() async throws {
    #expect(try await export("ACME", "--columns", "close", "--adjust", "none", "--where", "close > 99").rows.count == 3)
    #expect(try await export("ACME", "--columns", "close", "--where", "close > 99").rows == [])
  }

  @Test func `a journal's prices are restated, and say so`() async throws {
    let record = try Record(Self.share)
    let ended = try await record.home.appliance(
      "export", "ACME", "--format", "ledger", "--adjust", "none", environment: Self.clock)
    #expect(ended.output.contains("; Prices as traded.\n"))
    #expect(ended.output.contains("ACME 102 USD"))
  }

  @Test func `what is shown says for what it was restated`() async throws {
    let record = try Record(Self.share)
    let text = try await record.home.appliance("show", "ACME", "--adjust", "all", environment: Self.clock)
    #expect(
      text.talk.contains("ACME at split-adjusting ACME 1d in USD, last 30 days, restated for splits and dividends"))
    let json = try await record.home.appliance("show", "ACME", "--adjust", "all", "--json", environment: Self.clock)
    #expect(json.output.contains("\"adjust\":\"all\""))
    #expect(json.output.contains("\"close\":49.5"))
  }

  @Test(arguments: [
    ([], "restated for splits", "51"), (["--adjust", "none"], "as traded", "102"),
    (["--adjust", "all"], "restated for splits and dividends", "51"),
  ])
  func `a report restates its prices as rows are restated`(flags: [String], words: String, highest: String) async throws
  {
    let record = try Record(Self.share)
    let ended = try await ApplianceProcess(
      arguments: ["report", "asset", "ACME", "--format", "json", "--home", record.home.path] + flags,
      environment: Self.clock
    ).run()
    #expect(ended.exit == 0)
    #expect(ended.output.contains("\"2025-06-05T00:00:00Z\",\n        \(highest),"))
    let text = try await ApplianceProcess(
      arguments: ["report", "asset", "ACME", "--home", record.home.path] + flags, environment: Self.clock
    ).run()
    #expect(text.output.contains("since 2 June 2025, \(words)."))
  }

  @Test func `a share of which no split or dividend is known is named`() async throws {
    let found = try await export("bar", "--asset", "ACME,BARE", "--columns", "close", "--adjust", "all")
    #expect(found.talk.contains("no splits or dividends are known of BARE: prices there are as stored"))
    #expect(!found.talk.contains("ACME"))
  }

  @Test func `weeks are folded from days that are restated first`() async throws {
    let week = ["ACME", "--interval", "1w", "--columns", "ts_utc,open,high,low,close,volume"]
    #expect(try await export(week + ["--adjust", "none"]).rows == ["2025-06-02T00:00:00Z,100,102,50,50,50"])
    let all = try await export(week + ["--adjust", "all"])
    #expect(all.rows == ["2025-06-02T00:00:00Z,49.5,51,49,50,90"])
    #expect(all.talk.contains("ACME at split-adjusting ACME 1d in USD, folded into 1w"))
  }

  @Test func `a week that is not over is not folded`() async throws {
    let record = try Record(Self.share)
    let ended = try await record.home.appliance(
      "export", "ACME", "--interval", "1w", environment: ["APPLIANCE_NOW": "2025-06-07T12:00:00Z"])
    #expect(ended.output.split(separator: "\n").count == 1)
    #expect(ended.exit == 0)
  }

  @Test func `four hours are folded from hours, the last ones where few are wanted`() async throws {
    let record = try Record()
    let words = ["BTC", "ETH", "--interval", "4h", "--from", "2025-09-18", "--format", "csv"]
    let all = try await record.home.appliance(
      "show", words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7])
    let rows = all.output.split(separator: "\n")
    // Up to 20:00, since the four hours from then on are not over.
    #expect(rows.count == 1 + 2 * 11)
    #expect(rows[1].hasPrefix("BTC,2025-09-18T00:00:00Z,115025.01,"))
    #expect(rows[1].hasSuffix(",ASIA,binance"))
    let last = try await record.home.appliance(
      "show", words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7], "--limit", "2")
    #expect(last.output.split(separator: "\n") == [rows[0], rows[11], rows[22]])
    #expect(last.talk.contains("--limit leaves out 20 before these"))
  }

  @Test func `a condition is on rows that are stored`() async throws {
    let found = try await export("ACME", "--interval", "1w", "--where", "close > 1")
    #expect(found.exit == 64)
    #expect(found.talk.contains("folded into 1w"))
  }

  @Test(arguments: [
    ["show", "sentiment_daily"], ["export", "daily_market_snapshot"], ["export", "all", "--format", "sql"],
  ])
  func `rows that are no bars are not restated`(words: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(
      arguments: words + ["--adjust", "all", "--home", record.home.path], environment: Self.clock
    ).run()
    #expect(ended.exit == 64)
    #expect(ended.output.isEmpty)
    #expect(ended.talk.contains("--adjust"))
  }
}
