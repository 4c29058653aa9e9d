import Testing

@Suite struct ShowTests {
  @Test(arguments: [30, 40, 80, 120])
  func `a table fits the terminal`(columns: Int) async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "show", "BTC", "--last", "5h", "--no-color", output: .terminal(columns: columns))
    #expect(ended.exit == 0)
    let text = ended.output.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
    try Golden.expect(text, isGolden: "show-btc-\(columns)")
    try Golden.expect(ended.talk, isGolden: "show-btc-talk-\(columns)")
  }

  @Test func `in a pipe the same table comes without colours and in full`() async throws {
    let record = try Record()
    let shown = try await record.home.appliance("show", "btc", "--last", "5h")
    let exported = try await record.home.appliance(
      "export", "ohlc_hourly", "--format", "table", "--asset", "BTC", "--from", "2025-09-19T17:00Z")
    #expect(shown.output == exported.output)
    try Golden.expect(shown.output, isGolden: "show-btc-pipe")
  }

  @Test func `a terminal gets a bold heading, unless colours are not wanted`() async throws {
    let record = try Record()
    let coloured = try await record.home.appliance("show", "BTC", output: .terminal(columns: 100))
    #expect(coloured.output.hasPrefix("\u{1B}[1masset"))
    for plain in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let ended = try await record.home.appliance(
        "show", "BTC", environment: plain, output: .terminal(columns: 100))
      #expect(ended.output.hasPrefix("asset"))
    }
  }

  @Test func `without a time it is the last day's hours, or thirty days`() async throws {
    let record = try Record(
      """
      INSERT INTO sentiment SELECT series_id, date('2025-09-16', '-' || value || ' days'), 50.0, 'Neutral', 1
      FROM series, json_each(json_array(0, 1, 2, 25, 26, 27, 28, 300)) WHERE provider_symbol = 'fng';
      """)
    let hours = try await record.home.appliance("show", "ETH", "--format", "csv")
    #expect(hours.output.split(separator: "\n").count == 1 + 24)
    #expect(hours.output.split(separator: "\n")[1].hasPrefix("ETH,2025-09-18T22:00:00Z,"))
    let days = try await record.home.appliance("show", "sentiment_daily", "--format", "csv")
    #expect(days.output.split(separator: "\n")[1].hasPrefix("2025-08-21,"))
  }

  @Test func `a limit keeps the last rows and says what it leaves out`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "show", "ohlc_hourly", "--last", "3h", "--limit", "4", "--format", "csv")
    #expect(
      ended.output.split(separator: "\n").dropFirst().map { $0.prefix(24) } == [
        "BTC,2025-09-19T20:00:00Z", "BTC,2025-09-19T21:00:00Z", "ETH,2025-09-19T20:00:00Z", "ETH,2025-09-19T21:00:00Z",
      ])
    #expect(ended.talk.hasSuffix("--limit leaves out 2 before these\n"))
  }

  @Test func `where nothing is that recent, the newest is named`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "show", "BTC", environment: ["APPLIANCE_NOW": "2025-10-01T00:00:00Z"])
    #expect(ended.exit == 0)
    #expect(
      ended.talk == """
        the clock was set: now is 2025-10-01T00:00:00Z
        BTC at binance BTCUSDT 1h in USDT, last 24 h
        no rows then; the newest is of 2025-09-19T21:00:00Z: --last 12d reaches it

        """)
  }

  @Test func `as JSON one object holds the rows`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("show", "BTC", "--last", "2h", "--json")
    try Golden.expect(ended.output, isGolden: "show-btc-json")
  }

  @Test(arguments: [
    ("show-unknown", ["DOGE"]), ("show-interval-absent", ["BTC", "--interval", "1d"]),
    ("show-interval-of-dataset", ["bar", "--interval", "1h"]), ("show-limit", ["BTC", "--limit", "0"]),
    ("show-json-and-csv", ["BTC", "--json", "--format", "csv"]), ("show-last", ["BTC", "--last", "soon"]),
    ("show-last-without-time", ["source", "--last", "1d"]), ("show-asset-twice", ["BTC", "--asset", "ETH"]),
  ])
  func `what makes no sense is refused with words that help`(name: String, arguments: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(arguments: ["show"] + arguments + ["--home", record.home.path]).run()
    #expect(ended.exit == 64)
    try Golden.expect(ended.output + ended.talk, isGolden: name)
  }

  @Test(arguments: ["show", "export"], ["table", "csv", "json", "ndjson", "sql", "md"])
  func `a terminal is never sent what it would obey`(command: String, format: String) async throws {
    let record = try Record(
      "UPDATE sentiment SET classification = char(27) || ']0;owned' || char(7, 155, 8238, 13) || 'x';")
    let ended = try await record.home.appliance(
      command, "sentiment_daily", "--format", format, "--no-color", output: .terminal(columns: 200))
    let obeyed = ended.output.split(separator: "\r\n").joined().unicodeScalars.filter {
      $0.value < 32 || (127...159).contains($0.value) || $0.value == 8238
    }
    #expect(ended.exit == 0)
    #expect(ended.output.contains(format == "sql" ? "CAST(x'1b" : "owned"))
    #expect(obeyed.isEmpty)
  }

  @Test func `a demo is marked as one, and its clock stands at its last run`() async throws {
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    let shown = try await home.appliance("show", "BTC", "--format", "csv", environment: ["APPLIANCE_NOW": ""])
    #expect(shown.output.split(separator: "\n").count > 20)
    #expect(shown.talk.hasPrefix("DEMO DATA: every number here is invented; the clock stands at 20"))
    let set = try await home.appliance("export", "sentiment_daily", "--json")
    #expect(set.output.hasPrefix("{\"version\":1,\"dataset\":\"sentiment_daily\",\"origin\":\"demo\",\"now\":\"20"))
    #expect(!set.output.contains("\"now\":\"2025-09-19T22:30:00Z\""))
  }
}
