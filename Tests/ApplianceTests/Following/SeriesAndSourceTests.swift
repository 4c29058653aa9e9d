import Support
import Testing

@Suite struct SeriesAndSourceTests {
  @Test func `a series is added once, and asked for beside the first`() async throws {
    let record = try Record()
    let added = try await record.home.appliance("series", "add", "btc", "--source", "coinbase", "--interval", "day")
    #expect(added.exit == 0, "\(added.talk)")
    try Golden.expect(added.output, isGolden: "series-add")
    let again = try await record.home.appliance(
      "series", "add", "BTC", "--source", "coinbase", "--interval", "1d", "--json")
    try Golden.expect(again.output, isGolden: "series-add-again-json")
    let plan = try await record.home.appliance("ingest", "--dry-run", "--source", "coinbase", "--interval", "day")
    #expect(plan.output.contains("GET /products/BTC-USD/candles?granularity=86400"))
    #expect(!plan.output.contains("ETH"))
  }

  @Test func `a series that is added without an interval has that of the settings`() async throws {
    let record = try Record()
    let usual = try await record.home.appliance("series", "add", "BTC", "--source", "coinbase")
    #expect(usual.output.contains("coinbase BTC-USD 1d"), "\(usual.talk)")
    let set = ["DEFAULT_INTERVAL": "15min", "DEFAULT_DAYS": "3", "APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    let added = try await record.home.appliance("series", "add", "BTC", "--source", "coinbase", environment: set)
    #expect(added.output.contains("coinbase BTC-USD 15m"), "\(added.talk)")
    let plan = try await record.home.appliance(
      "ingest", "--dry-run", "--source", "coinbase", "--interval", "15m", environment: set)
    #expect(plan.output.contains("start=2025-09-16T22:15:00Z"), "\(plan.output)")
    let other = try await record.home.appliance(
      "ingest", "--dry-run", "--source", "coinbase", "--interval", "day", environment: set)
    #expect(other.output.contains("start=2025-09-16T00:00:00Z"), "\(other.output)")
  }

  @Test(arguments: [
    ("DEFAULT_INTERVAL", "7m", "DEFAULT_INTERVAL: '7m' is no length of a bar; there are 1m, 5m"),
    ("DEFAULT_DAYS", "0", "DEFAULT_DAYS: '0' is no number of days from 1 to 36500"),
    ("DEFAULT_DAYS", "month", "DEFAULT_DAYS: 'month' is no number of days"),
  ])
  func `a setting that says no interval or no days is wrong usage`(name: String, value: String, words: String)
    async throws
  {
    let record = try Record()
    let ended = try await record.home.appliance("ingest", "--offline", environment: [name: value])
    #expect(ended.exit == 64)
    #expect(ended.talk.replacing("\n", with: " ").contains(words), "\(ended.talk)")
  }

  @Test func `a series is removed and resumed`() async throws {
    let record = try Record()
    let removed = try await record.home.appliance(
      "series", "remove", "BTC", "--source", "binance", "--interval", "60min")
    try Golden.expect(removed.output, isGolden: "series-remove")
    let list = try await record.home.appliance("series", "list", "BTC", "--all", "--json")
    try Golden.expect(list.output, isGolden: "series-list-json")
    let resumed = try await record.home.appliance("series", "resume", "BTC", "--source", "binance", "--json")
    try Golden.expect(resumed.output, isGolden: "series-resume-json")
    let mood = try await record.home.appliance("series", "remove", "FNG", "--source", "alternative.me")
    #expect(mood.exit == 0)
    #expect(!(try await record.home.appliance("ingest", "--dry-run").output.contains("sentiment")))
  }

  @Test(
    arguments: [
      (["add", "BTC", "--source", "binanse", "--interval", "1d"], 64, "(did you mean 'binance'?)"),
      (["add", "BTC", "--source", "binance", "--interval", "7m"], 64, "7m"),
      (["add", "BTC", "--source", "farside", "--interval", "1d", "--symbol", "x"], 64, "has no bars of 1d"),
      (
        ["add", "BTC", "--source", "yahoo", "--interval", "30min"], 64,
        "Yahoo Finance has no bars of 30m; it has 1m, 5m"
      ),
      (["add", "BTC", "--source", "kraken", "--interval", "1h", "--symbol", "ETHUSD"], 1, "is a series of ETH"),
      (["remove", "BTC", "--source", "yahoo"], 1, "BTC has no such series; it has binance BTCUSDT 1h"),
      (["remove", "DOGE", "--source", "yahoo"], 64, "there is no asset 'DOGE'"),
      (["list", "--source", "binanse"], 64, "(did you mean 'binance'?)"),
    ] as [([String], Int32, String)])
  func `what cannot be says why`(arguments: [String], exit: Int32, words: String) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(arguments: ["series"] + arguments + ["--home", record.home.path]).run()
    #expect(ended.exit == exit)
    #expect(ended.talk.contains(words), "\(ended.talk)")
  }

  @Test func `a symbol at Yahoo is looked up before a series is added under it, unless nobody is to be asked`()
    async throws
  {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "ACME")
    func add(_ symbol: String, _ flags: String...) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: ["series", "add", "ACME", "--source", "yahoo", "--interval", "1m", "--symbol", symbol] + flags
          + ["--home", directory.home.path],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_YAHOO_BASE_URL": directory.server.url]
      ).run()
    }
    let unknown = try await add("NOPE")
    #expect(unknown.exit == 1)
    #expect(unknown.talk.contains("Yahoo Finance does not know NOPE; nothing was changed"))
    let asked = directory.server.requests.count
    #expect(try await add("../../x?y=1&z").exit == 64)
    #expect(directory.server.requests.count == asked)
    #expect(try await add("SAP.DE").exit == 0)
    #expect(directory.server.requests.count == asked + 1)
    #expect(try await add("NOPE", "--offline").exit == 0)
    #expect(directory.server.requests.count == asked + 1)
  }

  @Test func `a source that is switched off is asked nothing until it is switched on`() async throws {
    let record = try Record()
    let off = try await record.home.appliance("source", "disable", "Binance")
    try Golden.expect(off.output, isGolden: "source-disable")
    #expect(!(try await record.home.appliance("ingest", "--dry-run").output.contains("binance")))
    try Golden.expect(try await record.home.appliance("source", "list", "--json").output, isGolden: "source-list-json")
    let on = try await record.home.appliance("source", "enable", "binance", "--json")
    try Golden.expect(on.output, isGolden: "source-enable-json")
    #expect(try await record.home.appliance("ingest", "--dry-run").output.contains("binance"))
  }

  @Test(arguments: [60, 80, 120])
  func `lists fit their screen`(columns: Int) async throws {
    let home = try Record().home
    for list in ["series", "source"] {
      let ended = try await home.appliance(list, "list", output: .screen(columns: columns))
      try Golden.expect(ended.output, isGolden: "screen-\(list)-list-\(columns)")
    }
  }

  @Test func `a key that is set is told, and never shown`() async throws {
    let home = try Record().home
    let ended = try await home.appliance(
      "source", "list", "--json", environment: ["SOSOVALUE_API_KEY": "kX7vQ2mPz9Lw4TbN"])
    #expect(
      ended.output.contains(
        #""source":"sosovalue","title":"SoSoValue","homepage":"https://sosovalue.com","state":"asked","key":{"setting":"SOSOVALUE_API_KEY","required":true,"set":true"#
      ))
    #expect(!(ended.output + ended.talk).contains("kX7vQ2mPz9Lw4TbN"))
  }
}

@Suite struct NarrowedIngestTests {
  @Test(
    arguments: [
      (["--asset", "doge"], 64, "'doge' is not followed; `appliance asset add DOGE"),
      (["--asset", "BTX"], 64, "'BTX' is not followed (did you mean 'BTC'?); the assets are BTC, ETH"),
      (["--group", "cor"], 64, "(did you mean 'core'?)"), (["--source", "binanse"], 64, "(did you mean 'binance'?)"),
      (["--interval", "7m"], 64, "'7m' is no length of a bar; there are 1m, 5m"),
      (["--interval", "1m"], 64, "no series of this kind is followed"),
      (
        ["--asset", "BTC,eth", "--interval", "day", "--source", "coinbase"], 64,
        "`appliance series add BTC --source coinbase --interval 1d"
      ),
      (["--asset", "BTC", "--source", "yahoo", "--interval", "30m"], 64, "Yahoo Finance has no bars of 30m"),
      (["--add"], 64, "--add: name the assets with --asset"),
      (["--add", "--asset", "BTC", "--interval", "1d", "--dry-run"], 64, "--add: this run adds nothing"),
      (["--api-key", "kX7vQ2mPz9Lw4TbN"], 64, "keys stand in .env"),
    ] as [([String], Int32, String)])
  func `what a run cannot be narrowed to says what would be right`(
    arguments: [String], exit: Int32, words: String
  ) async throws {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(arguments: ["ingest"] + arguments + ["--home", home.path]).run()
    #expect(ended.exit == exit)
    #expect(ended.talk.contains(words), "\(ended.talk)")
    #expect(!ended.talk.contains("kX7vQ2mPz9Lw4TbN"))
    #expect(home.names().isEmpty)
  }

  @Test func `a run reads the assets of the file, in any letter case, and not those of the settings`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "ACME")
    let plan = try await directory.appliance("ingest", "--dry-run", "--asset", "acme")
    #expect(plan.exit == 0)
    #expect(plan.output.contains("GET /v8/finance/chart/ACME?interval=1d"))
    #expect(!plan.output.contains("BTC"))
    let group = try await directory.appliance("ingest", "--dry-run", "--group", "core", "--only", "prices")
    #expect(!group.output.contains("ACME"))
    #expect(group.output.contains("BTC"))
  }

  @Test func `no series is advised of a source that is not known to have the asset`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "ACME")
    let ended = try await directory.appliance("ingest", "--asset", "ACME", "--source", "binance")
    #expect(ended.exit == 64)
    let told = ended.talk.replacing("\n", with: " ")
    #expect(told.contains("Binance is not known to have ACME"), "\(told)")
    #expect(told.contains("`appliance series add ACME --source binance --interval 1d --symbol …"), "\(told)")
    #expect(!told.contains("there is no such series yet"))
  }

  @Test func `a group narrows status, and the rows of a dataset`() async throws {
    let record = try Record()
    _ = try await record.home.appliance("asset", "edit", "BTC", "--group", "mine")
    let status = try await record.home.appliance("status", "--group", "mine", "--json").output
    #expect(status.contains("BTC"))
    #expect(!status.contains(#""asset":"ETH""#))
    let rows = try await record.home.appliance("export", "bar", "--group", "mine").output
    #expect(rows.contains("BTC"))
    #expect(!rows.contains("ETH"))
    let wrong = try await record.home.appliance("show", "bar", "--group", "mime")
    #expect(wrong.exit == 64)
    #expect(wrong.talk.contains("did you mean 'mine'"))
  }

  @Test func `--add follows what is not there yet, and asks for it`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "ACME")
    let ended = try await directory.appliance(
      "ingest", "--asset", "ACME", "--interval", "5min", "--source", "yahoo", "--add", "--only", "prices")
    #expect(
      directory.server.requests.last?.target.contains("/v8/finance/chart/ACME?interval=5m") ?? false, "\(ended.talk)")
    let list = try await directory.appliance("series", "list", "ACME", "--format", "csv").output
    #expect(list.contains("ACME,yahoo,5m,bar,asked"))
  }

  @Test func `minutes of a source with a key are added and filled as far back as was said`() async throws {
    let server = try LoopbackServer { _ in .json(#"{"ticker":"AAPL","adjusted":true,"status":"OK","count":0}"#) }
    let home = try TemporaryHome()
    func ingest(_ words: String...) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: ["ingest", "--since", "90d", "--source", "polygon", "--only", "prices", "--home", home.path] + words,
        environment: [
          "APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_POLYGON_BASE_URL": server.url, "UNIVERSE": "AAPL,IBM",
          "POLYGON_API_KEY": "kX7vQ2mPz9Lw4TbN",
        ]
      ).run()
    }
    let unknown = try await ingest("--asset", "IBM,AAPL", "--interval", "1m")
    #expect(unknown.exit == 64)
    #expect(
      unknown.talk.replacing("\n", with: " ")
        .contains("`appliance series add IBM --source polygon --interval 1m --home \(home.path)` adds it (and 1 more"))
    #expect(server.requests.isEmpty)
    let added = try await ingest("--asset", "AAPL", "--interval", "minute", "--add")
    #expect(
      server.requests.first?.target.hasPrefix("/v2/aggs/ticker/AAPL/range/1/minute/1750685400000/") ?? false,
      "\(added.talk) \(server.requests.map(\.target))")
    #expect(!server.requests.contains { $0.target.contains("IBM") })
  }
}
