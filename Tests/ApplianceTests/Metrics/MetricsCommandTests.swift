import Support
import Testing

@Suite struct MetricsCommandTests {
  private func metrics(_ words: String..., of record: Record? = nil) async throws -> ApplianceProcess.Ended {
    let record = try record ?? Record()
    return try await ApplianceProcess(
      arguments: ["metrics"] + words + ["--home", record.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
  }

  private func rows(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test func `indicators stand beside the time of each bar, empty while they warm up`() async throws {
    let ended = try await metrics("BTC", "--indicator", "rsi:14", "--indicator", "macd:5/8/3,obv")
    #expect(ended.exit == 0, "\(ended.talk)")
    try Golden.expect(ended.output, isGolden: "metrics")
    #expect(rows(ended.output).count == 49)
    #expect(ended.talk.contains("BTC at binance BTCUSDT 1h in USDT"))
  }

  @Test func `without a name the usual indicators are computed`() async throws {
    let ended = try await metrics("btc", "--from", "2025-09-19T20:00Z", "--json")
    try Golden.expect(ended.output, isGolden: "metrics-json")
  }

  @Test func `a value is the same wherever the range begins`() async throws {
    let whole = try await metrics("BTC", "--indicator", "ema:5", "--format", "csv")
    let late = try await metrics("BTC", "--indicator", "ema:5", "--from", "2025-09-19", "--to", "2025-09-19T03:00Z")
    let expected = rows(whole.output).filter { $0 >= "2025-09-19T00" && $0 < "2025-09-19T04" }
    #expect(expected.count == 4)
    #expect(rows(late.output).filter { !$0.hasPrefix("ts_utc") } == expected)
  }

  @Test func `correlation and beta compare with another asset`() async throws {
    let ended = try await metrics("ETH", "--indicator", "correlation:10,beta:10", "--from", "2025-09-18T06:00Z")
    #expect(ended.exit == 0, "\(ended.talk)")
    try Golden.expect(ended.output, isGolden: "metrics-against")
    let other = try await metrics("BTC", "--indicator", "correlation:10,beta:10", "--against", "eth")
    #expect(other.exit == 0)
    #expect(other.output != ended.output)
  }

  @Test func `hours are folded where nothing longer is stored`() async throws {
    let ended = try await metrics("BTC", "--interval", "1d", "--indicator", "obv")
    // 17 September from 22:00 on, and the 18th; the 19th is not over.
    #expect(rows(ended.output).map { String($0.prefix(10)) } == ["ts_utc,obv", "2025-09-17", "2025-09-18"])
    #expect(ended.talk.contains("folded into 1d"))
    let four = try await metrics("BTC", "--interval", "4h", "--indicator", "obv", "--to", "2025-09-18T07:59Z")
    #expect(
      rows(four.output).dropFirst().map { String($0.prefix(13)) } == [
        "2025-09-17T20", "2025-09-18T00", "2025-09-18T04",
      ])
  }

  /// Four sessions of a share that was split two for one after the second.
  private static let share = """
    BEGIN;
    INSERT INTO asset (asset_id, symbol, name, class) VALUES (900, 'ACME', 'Acme', 'stock');
    INSERT INTO source (source_id, name, title, homepage) VALUES (900, 'as-trading', 'B', 'https://b.test');
    INSERT INTO series (series_id, dataset, asset_id, source_id, interval, provider_symbol, quote_currency, price_basis,
      priority, row_count, first_time, last_time) VALUES
      (900, 'bar', 900, 900, '1d', 'ACME', 'USD', 'as_traded', 1, 4, 1748822400, 1749081600),
      (901, 'corporate_action', 900, 900, '1d', 'ACME', 'USD', 'as_traded', 1, 1, 1748995200, 1748995200);
    INSERT INTO bar VALUES (900, 1748822400, 100, 100, 100, 100, 10, 1), (900, 1748908800, 104, 104, 104, 104, 10, 1),
      (900, 1748995200, 52, 52, 52, 52, 10, 1), (900, 1749081600, 53, 53, 53, 53, 10, 1);
    INSERT INTO corporate_action VALUES (901, '2025-06-04', 'split', 2, NULL, 1);
    INSERT INTO price_choice VALUES (900, '1d', 1, 900);
    COMMIT;
    """

  @Test(arguments: [("splits", ["2", "0", "1"]), ("none", ["4", "-52", "1"])])
  func `a split is no fall, unless prices are wanted as traded`(adjust: String, changes: [String]) async throws {
    let ended = try await metrics(
      "ACME", "--indicator", "momentum:1", "--adjust", adjust, of: try Record(Self.share))
    #expect(rows(ended.output).dropFirst(2).map { String($0.dropFirst(21)) } == changes, "\(ended.talk)")
  }

  @Test func `prices are restated for splits unless it is said otherwise`() async throws {
    let ended = try await metrics("ACME", "--indicator", "momentum:1", of: try Record(Self.share))
    #expect(rows(ended.output).last == "2025-06-05T00:00:00Z,1")
    #expect(ended.talk.contains("ACME at as-trading ACME 1d in USD, restated for splits"))
  }

  @Test func `the list says formula, source and warm-up of each, and needs no record`() async throws {
    let home = try TemporaryHome()
    let list = try await home.appliance("metrics", "--list", "--format", "csv")
    #expect(list.exit == 0, "\(list.talk)")
    try Golden.expect(list.output, isGolden: "metrics-list")
    let json = try await home.appliance("metrics", "--list", "--indicator", "macd:5/8/3", "--json")
    try Golden.expect(json.output, isGolden: "metrics-list-json")
  }

  @Test(
    arguments: [
      (["BTC", "--indicator", "rsy:14"], 64, "there is no indicator 'rsy' (did you mean 'rsi'?); there are sma, ema"),
      (["BTC", "--indicator", "rsi:1"], 64, "'1' is no period of rsi, which is 2 to 10000"),
      (["BTC", "--indicator", "rsi,rsi:14"], 64, "--indicator names rsi:14 twice"),
      (["BTC", "--indicator", ""], 64, "--indicator: it names nothing"),
      (["DOGE"], 64, "there is no asset 'DOGE'"),
      ([], 64, "name an asset, such as BTC, or --list the indicators"),
      (["BTC", "--interval", "5m"], 64, "BTC has no prices at 5m, only at 1h"),
      (["BTC", "--from", "2025-09-19", "--to", "2025-09-18"], 64, "lies after --to"),
      (["BTC", "--format", "ledger"], 64, "these are no prices"),
      (["BTC", "--json", "--format", "csv"], 64, "--json prints one object"),
      (["BTC", "--as-of", "2020-01-01"], 1, "cannot be told"),
      (["correlation", "BTC"], 64, "a correlation is between two assets"),
      (["correlation", "BTC", "btc"], 64, "a correlation is between two assets"),
      (
        ["correlation", "BTC", "ETH", "--from", "2025-09-18"], 1,
        "too few bars that all of BTC, ETH have: 1, and three are needed"
      ),
      (["BTC", "--indicator", "beta", "--against", "SOL"], 64, "--against: there is no asset 'SOL'"),
      (["risk", "BTC", "--against", "DOGE"], 64, "--against: there is no asset 'DOGE'"),
    ] as [([String], Int32, String)])
  func `what cannot be says why`(words: [String], exit: Int32, told: String) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(
      arguments: ["metrics"] + words + ["--home", record.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
    #expect(ended.exit == exit)
    #expect(ended.talk.contains(told) || ended.output.contains(told), "\(ended.talk)\(ended.output)")
  }

  @Test(arguments: [["metrics", "BTC"], ["metrics", "risk", "BTC"], ["metrics", "correlation", "BTC", "ETH"]])
  func `without a record there is nothing to compute from`(words: [String]) async throws {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(arguments: words + ["--home", home.path]).run()
    #expect(ended.exit == 10)
    #expect(home.names().isEmpty)
  }

  @Test(arguments: ["metrics", "metrics risk", "metrics correlation"])
  func `help gives examples`(command: String) async throws {
    let ended = try await ApplianceProcess(
      arguments: command.split(separator: " ").map(String.init) + ["--help"], environment: ["COLUMNS": "80"]
    ).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command.replacing(" ", with: "-"))")
  }

  @Test func `without SPY a share is held against the index that is followed, and that is said`() async throws {
    let alone = try await metrics("risk", "ACME", "--json", of: try Record(Self.share))
    #expect(alone.output.contains("\"beta\":null"), "\(alone.talk)")
    #expect(alone.talk.contains("beta of ACME is missing: SPY has no prices at 1d to compare with"))
    #expect(alone.output.contains("\"beta_missing\":\"SPY has no prices at 1d"))
    let index = """
      INSERT INTO series (series_id, dataset, source_id, interval, provider_symbol, price_basis, priority, row_count,
        first_time, last_time) VALUES (902, 'macro_observation', 900, '1d', 'SP500', 'as_traded', 1, 4, 1748822400, 1749081600);
      INSERT INTO macro_series (series_id, title, units, frequency) VALUES (902, 'S&P 500', 'Index', 'daily');
      INSERT INTO macro_observation (series_id, day, vintage, value, fetch_id) VALUES
        (902, '2025-06-02', '2025-06-06', 1000, 1), (902, '2025-06-03', '2025-06-06', 1020, 1),
        (902, '2025-06-04', '2025-06-06', 1010, 1), (902, '2025-06-05', '2025-06-06', 1030, 1);
      """
    let record = try Record(Self.share + index)
    let beside = try await metrics("risk", "ACME", "--json", of: record)
    #expect(beside.output.contains("\"beta_against\":\"SP500\""), "\(beside.talk)")
    #expect(beside.output.contains("\"beta_observations\":3"))
    #expect(beside.talk.contains("beta of ACME is against SP500"))
    let values = try await metrics("ACME", "--indicator", "beta:2", of: record)
    #expect(values.exit == 0, "\(values.talk)")
  }

  @Test func `a list of indicators is about no asset`() async throws {
    let ended = try await metrics("--list", "BTC")
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("--list is about no asset"))
  }

  @Test func `risk and return of several assets stand beside each other`() async throws {
    let table = try await metrics("risk", "BTC", "ETH", "--interval", "1h")
    #expect(table.exit == 0, "\(table.talk)")
    try Golden.expect(table.output, isGolden: "metrics-risk")
    let json = try await metrics("risk", "ETH", "--interval", "1h", "--json")
    try Golden.expect(json.output, isGolden: "metrics-risk-json")
  }

  @Test func `of an asset with no whole day nothing is known, and all is named`() async throws {
    let ended = try await metrics("risk", "BTC", "--from", "2025-09-19")
    #expect(ended.exit == 0)
    #expect(rows(ended.output).count == 22)
    #expect(rows(ended.output)[1] == "observations,0")
    #expect(ended.talk.contains("no bars of BTC then; they are of 2025-09-"), "\(ended.talk)")
    #expect(rows(ended.output).dropFirst(2).allSatisfy { $0.hasSuffix(",") })
  }

  @Test func `correlations are of the bars that all have`() async throws {
    let json = try await metrics("correlation", "BTC", "ETH", "--interval", "1h", "--json")
    try Golden.expect(json.output, isGolden: "metrics-correlation-json")
    let shrunk = try await metrics("correlation", "BTC,ETH", "--interval", "1h", "--shrink", "--format", "csv")
    #expect(rows(shrunk.output).map { String($0.prefix(4)) } == ["asse", "BTC,", "ETH,"])
    #expect(shrunk.talk.contains("47 returns that all have"))
  }
}
