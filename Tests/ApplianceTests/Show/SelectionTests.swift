import Testing

/// Which rows and columns are wanted, and where they go.
@Suite struct SelectionTests {
  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test func `a limit leaves the last rows, also where series without rows stand before them`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("show", "bar", "--limit", "1", "--format", "csv")
    #expect(lines(ended.output).count == 2)
    #expect(lines(ended.output)[1].hasPrefix("ETH,binance,ETHUSDT,1h,USDT,2025-09-19T21:00:00Z,"))
  }

  @Test(arguments: [
    (["BTC", "ETH", "--limit", "3"], ["BTC 21", "ETH 20", "ETH 21"]),
    (["BTC", "ETH", "--limit", "4"], ["BTC 20", "BTC 21", "ETH 20", "ETH 21"]),
    (["BTC", "ETH", "--limit", "1"], ["ETH 21"]), (["BTC", "--limit", "2"], ["BTC 20", "BTC 21"]),
  ])
  func `a limit leaves the last rows in time, of whichever asset they are`(arguments: [String], rows: [String])
    async throws
  {
    let record = try Record()
    let ended = try await ApplianceProcess(
      arguments: ["show"] + arguments + [
        "--from", "2025-09-18", "--columns", "asset,ts_utc", "--format", "csv", "--home", record.home.path,
      ]
    ).run()
    #expect(
      lines(ended.output).dropFirst() == rows.map { "\($0.prefix(3)),2025-09-19T\($0.suffix(2)):00:00Z" }[...],
      "\(ended.talk)")
  }

  @Test(arguments: [
    ("1", ["2025-09-18T19:53:20Z"]), ("2", ["2025-09-18T14:53:20Z", "2025-09-18T19:53:20Z"]),
    ("3", ["2025-09-17T10:06:40Z", "2025-09-18T14:53:20Z", "2025-09-18T19:53:20Z"]), ("9", nil),
  ])
  func `a limit goes by time also where rows stand in another order`(limit: String, ends: [String]?) async throws {
    let ended = try await Record().home.appliance(
      "show", "gap", "--limit", limit, "--columns", "to_utc", "--format", "csv")
    #expect(ends.map { $0 == lines(ended.output).dropFirst().sorted() } ?? (lines(ended.output).count == 5))
  }

  @Test func `rows without a time are the first that a limit leaves out`() async throws {
    let record = try Record(
      """
      INSERT INTO quarantine (quarantine_id, series_id, fetch_id, at, reason, detail, excerpt)
      SELECT column1, 1, 1, column2, 'impossible_range', '', column1 || '' FROM (VALUES (1, 1758315600), (2, NULL), (3, NULL),
        (4, 1758312000));
      """)
    for (limit, ids) in [("2", ["1", "4"]), ("3", ["1", "3", "4"]), ("1", ["1"])] {
      let ended = try await record.home.appliance(
        "show", "quarantine", "--limit", limit, "--columns", "quarantine_id", "--format", "csv")
      #expect(lines(ended.output).dropFirst() == ids[...], "\(ended.talk)")
    }
  }

  @Test func `rows may be shown by what they share alone`() async throws {
    let ended = try await Record().home.appliance(
      "show", "BTC", "--limit", "2", "--columns", "asset", "--format", "csv")
    #expect(ended.output == "asset\nBTC\nBTC\n", "\(ended.talk)")
  }

  @Test(arguments: ["show", "export"])
  func `price lines are refused columns`(command: String) async throws {
    let ended = try await Record().home.appliance(command, "BTC", "--format", "ledger", "--columns", "ts_utc,close")
    #expect(ended.exit == 64)
    #expect(ended.output == "")
    #expect(ended.talk.hasSuffix("--columns: price lines have parts of their own; leave it away\n"))
  }

  @Test func `an asset named twice is shown and headed once`() async throws {
    let home = try Record().home
    let once = try await home.appliance("show", "BTC", "--format", "csv")
    let twice = try await home.appliance("show", "BTC", "btc", "--format", "csv")
    #expect(once.output == twice.output)
    #expect(once.talk == twice.talk)
  }

  @Test(arguments: [
    ("gap", "nothing is missing between the first and the last row of any series"),
    ("quarantine", "no row was refused"), ("bar_restatement", "nothing was replaced by a later answer"),
    ("price_point", "no rows yet; `appliance ingest --home HOME` brings what there is"),
  ])
  func `no row is good news where rows tell of what is wrong`(dataset: String, words: String) async throws {
    let home = try Record("DELETE FROM gap;").home
    let ended = try await home.appliance("show", dataset)
    #expect(ended.exit == 0)
    #expect(ended.talk.replacing(home.path, with: "HOME").hasSuffix("\n\(words)\n"), "\(ended.talk)")
  }

  @Test func `rows are chosen by span, fund and several assets`() async throws {
    let home = try Record().home
    let span = try await home.appliance(
      "show", "BTC", "ETH", "--from", "2025-09-19T20:00Z", "--to", "today", "--columns", "asset,ts_utc", "--format",
      "csv")
    #expect(
      lines(span.output) == [
        "asset,ts_utc", "BTC,2025-09-19T20:00:00Z", "BTC,2025-09-19T21:00:00Z", "ETH,2025-09-19T20:00:00Z",
        "ETH,2025-09-19T21:00:00Z",
      ])
    let flows = try await home.appliance(
      "show", "etf_flows_daily", "--ticker", "ibit", "--to", "2025-09-17", "--format", "csv")
    #expect(lines(flows.output) == ["as_of_date,ticker,net_flow_usd", "2025-09-17,IBIT,10000000"])
  }

  @Test func `an asset means the same rows to export as to show`() async throws {
    let home = try Record().home
    let shown = try await home.appliance("show", "BTC", "--last", "10y", "--format", "csv")
    #expect(try await home.appliance("export", "btc").output == shown.output)
    #expect(lines(shown.output).count == 49)
  }

  @Test func `a condition may be on a column that is not shown`() async throws {
    let ended = try await Record().home.appliance(
      "export", "BTC", "--columns", "close,ts_utc", "--where", "open > 115580")
    #expect(lines(ended.output) == ["close,ts_utc", "115600.01,2025-09-19T21:00:00Z"])
  }

  @Test func `what ends in gz is packed`() async throws {
    let home = try Record().home
    let query = "SELECT asset, close FROM ohlc_hourly WHERE ts_utc = '2025-09-19T21:00:00Z' ORDER BY 1"
    for arguments in [["export", "ohlc_hourly"], ["query", query]] {
      let plain = home.file("x.csv")
      let ended = try await ApplianceProcess(arguments: arguments + ["-o", plain, "--home", home.path]).run()
      #expect(ended.exit == 0, "\(ended.talk)")
      _ = try await ApplianceProcess(arguments: arguments + ["-o", plain + ".gz", "--home", home.path]).run()
      let unpacked = try await ApplianceProcess(executable: "/bin/gzip", arguments: ["-dc", plain + ".gz"]).run()
      #expect(unpacked.output == home.text("x.csv"))
      #expect(unpacked.output.hasPrefix("asset,"))
    }
  }

  @Test func `the state of one asset is told by itself`() async throws {
    let ended = try await Record().home.appliance("status", "eth", "--json")
    #expect(ended.output.contains("\"asset\":\"ETH\""))
    #expect(!ended.output.contains("\"asset\":\"BTC\""))
  }

  @Test(arguments: [
    (["show", "BTC", "--columns", "clse"], "did you mean 'close'?"),
    (["show", "BTC", "--columns", "close,close"], "twice"), (["show", "BTC", "--ticker", "IBIT"], "about no fund"),
    (["show", "etf_flows_daily", "--ticker", "IBT"], "did you mean 'IBIT'?"),
    (["show", "BTC", "bar"], "one is taken at a time"), (["show", "btx"], "did you mean 'BTC'?"),
    (["show", "BTC", "--last", "3h", "--from", "today"], "--last counts back from now"),
    (["show", "BTC", "--from", "today", "--to", "yesterday"], "lies after"),
    (["export", "all", "-o", "all.csv"], "needs a folder"), (["export", "all", "-o", "all.json.gz"], "needs a folder"),
    (["export", "all", "-o", "out", "--columns", "asset"], "about one dataset"),
    (["report", "daily", "-o", "x.doc"], "md, html or json"),
    (["report", "daily", "-o", "x.pdf"], "print it into a PDF"),
    (["report", "asset", "BTC", "-o", "x.html", "--format", "md"], "contradict each other"),
    (["report", "daily", "-o", "x.json", "--format", "md"], "contradict each other"),
    (["help", "nonsense"], "there is no command 'nonsense'"), (["help", "show", "x"], "there is no command 'show x'"),
    (["market", "stat"], "there is no command 'market stat' (did you mean 'status'?)"),
    (["config", "shw"], "there is no command 'config shw' (did you mean 'show'?); there are show, init"),
    (["query", "SELECT 1", "--formt", "csv"], "unknown option '--formt' (did you mean '--format'?)"),
    (["import", "prices.csv", "--interval", "1h", "--asset", "BTC", "--not-a-flag"], "unknown option '--not-a-flag'"),
    (["stats"], "did you mean 'status'?"), (["backup", "lst"], "did you mean 'list'?"),
    (["show", "BTC", "--lst", "3h"], "did you mean '--last'?"),
    (["import", "a.csv"], "bars need --interval"), (["import", "a.csv", "--asset", "ETH"], "bars need --interval"),
    (["import", "a.csv", "--asset", "ETH", "--intervall", "1h"], "did you mean '--interval'?"),
    (["import", "a.csv", "--interval", "1h"], "--asset says what the rows are about"),
    (["import", "lst"], "did you mean 'list'?"), (["help", "import", "a.csv"], "there is no command 'import"),
    (["ingest", "--only", "pricse"], "did you mean 'prices'?"),
    (["query", "SELECT 1", "-o", "x.sql"], "no format for .sql"),
  ])
  func `a slip is told with what may have been meant, the same way with and without --json`(
    arguments: [String], words: String
  ) async throws {
    let home = try Record().home
    let arguments = arguments.map { $0.contains(".") && !$0.contains(" ") ? home.file($0) : $0 }
    let told = try await ApplianceProcess(arguments: arguments + ["--home", home.path]).run()
    #expect(told.exit == 64)
    #expect(told.talk.hasPrefix("appliance: ") && told.talk.contains(words), "\(told.talk)")
    #expect(told.talk.split(separator: "\n").count == 1)
    let object = try await ApplianceProcess(arguments: ["--json"] + arguments + ["--home", home.path]).run()
    #expect(object.exit == 64)
    let message = told.talk.dropFirst("appliance: ".count).dropLast()
    #expect(object.output.contains(message.replacing("\"", with: "\\\"")), "\(object.output)")
    #expect(!home.names().contains("all.csv") && !home.names().contains("x.html"))
  }

  @Test(arguments: [[], ["backup"], ["report"]])
  func `a group of commands, and the program itself, say what there is in them with --json too`(words: [String])
    async throws
  {
    let bare = try await ApplianceProcess(arguments: words).run()
    #expect(bare.exit == 0)
    #expect(bare.output.contains("SUBCOMMANDS:"))
    for arguments in [words + ["--json"], ["--json"] + words, words + ["--quiet", "--no-color"]] {
      let ended = try await ApplianceProcess(arguments: arguments).run()
      #expect(ended.exit == 0, "\(arguments): \(ended.talk)\(ended.output)")
      #expect(ended.output == bare.output, "\(arguments)")
    }
  }

  @Test(arguments: [
    (
      ["export", "ohlc_hourly", "--where", "clse > 3"],
      "--where \"clse > 3\": no such column: clse (did you mean 'close'?)"
    ),
    (["export", "ohlc_hourly", "--where", "close >"], "--where \"close >\": it ends too early; the columns are asset"),
    (["query", "SELECT close FROM ohlc_hourli"], "no such table: ohlc_hourli (did you mean 'ohlc_hourly'?)"),
    (["query", "SELECT clse FROM ohlc_hourly"], "no such column: clse (did you mean 'close'"),
  ])
  func `an error in SQL quotes what was written and names what is near`(arguments: [String], words: String) async throws
  {
    let home = try Record().home
    let ended = try await ApplianceProcess(arguments: arguments + ["--home", home.path]).run()
    #expect(ended.exit == 1)
    #expect(ended.talk.contains(words), "\(ended.talk)")
    #expect(!ended.talk.contains("at byte"))
  }
}
