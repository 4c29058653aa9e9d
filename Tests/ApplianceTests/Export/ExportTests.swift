import Foundation
import Testing

@Suite struct ExportTests {
  @Test(arguments: ["x.csv", "x.csv.gz"])
  func `the bytes that are told are those of the file`(name: String) async throws {
    let record = try Record()
    let path = record.home.file(name)
    let ended = try await record.home.appliance("export", "ohlc_hourly", "-o", path, "--json")
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    #expect(ended.output.contains("\"bytes\":\(size)}"), "\(ended.output)")
  }

  @Test(arguments: [
    ("ohlc_hourly", "asset, ts_utc"), ("sentiment_daily", "as_of_date"), ("etf_flows_daily", "as_of_date, ticker"),
    ("daily_market_snapshot", "as_of_date, asset"),
  ])
  func `what is exported equals the view, row for row, in the order of its key`(view: String, key: String) async throws
  {
    let record = try Record()
    let ended = try await record.home.appliance("export", view, "-o", record.home.file("rows.sql"))
    #expect(ended.exit == 0)
    let copy = try SQL(":memory:")
    try copy.run(try #require(record.home.text("rows.sql")))
    let expected = try SQL(record.home.database).rows("SELECT * FROM \(view) ORDER BY \(key)")
    #expect(try copy.rows("SELECT * FROM \(view) ORDER BY rowid") == expected)
    #expect(
      try copy.rows("SELECT name FROM pragma_table_info('\(view)')")
        == SQL(record.home.database).rows("SELECT name FROM pragma_table_info('\(view)')"))
  }

  @Test(arguments: [
    ("csv", "as_of_date,fng_value,classification\n2025-09-18,52,\"Neutral, \"\"so\"\"\"\n2025-09-19,71,Greed\n"),
    (
      "json",
      """
      [{"as_of_date":"2025-09-18","fng_value":52,"classification":"Neutral, \\"so\\""},
      {"as_of_date":"2025-09-19","fng_value":71,"classification":"Greed"}]

      """
    ),
    (
      "ndjson",
      """
      {"as_of_date":"2025-09-18","fng_value":52,"classification":"Neutral, \\"so\\""}
      {"as_of_date":"2025-09-19","fng_value":71,"classification":"Greed"}

      """
    ),
    (
      "sql",
      """
      BEGIN;
      CREATE TABLE "sentiment_daily" ("as_of_date" TEXT, "fng_value" REAL, "classification" TEXT);
      INSERT INTO "sentiment_daily" VALUES
      ('2025-09-18',52,'Neutral, "so"'),
      ('2025-09-19',71,'Greed');
      COMMIT;

      """
    ),
    (
      "md",
      """
      | as_of_date | fng_value | classification |
      | --- | ---: | --- |
      | 2025-09-18 | 52 | Neutral, "so" |
      | 2025-09-19 | 71 | Greed |

      """
    ),
    (
      "table",
      """
      as_of_date  fng_value  classification
      ----------  ---------  --------------
      2025-09-18         52  Neutral, "so"
      2025-09-19         71  Greed

      """
    ),
  ])
  func `each format has its form`(format: String, expected: String) async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "export", "sentiment-daily", "--format", format, "--from", "2025-09-18")
    #expect(ended.output == expected)
    #expect(ended.exit == 0)
  }

  @Test func `a day as the end means all of it, an instant itself`() async throws {
    let record = try Record()
    let day = try await record.home.appliance(
      "export", "ohlc_hourly", "--asset", "btc", "--from", "2025-09-18T23:00Z", "--to", "2025-09-18")
    #expect(day.output.split(separator: "\n").dropFirst().map { $0.prefix(24) } == ["BTC,2025-09-18T23:00:00Z"])
    let instant = try await record.home.appliance(
      "export", "ohlc_hourly", "--asset", "BTC,ETH", "--from", "2025-09-19T21:00Z", "--to", "2025-09-19T21:00Z")
    #expect(
      instant.output.split(separator: "\n").dropFirst().map { $0.prefix(24) }
        == ["BTC,2025-09-19T21:00:00Z", "ETH,2025-09-19T21:00:00Z"])
  }

  @Test func `flows are chosen by the asset that the funds hold`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", "etf_flows_daily", "--asset", "ETH")
    #expect(ended.output == "as_of_date,ticker,net_flow_usd\n2025-09-17,ETHA,7\n")
  }

  @Test func `a file is told in a line, and is the only one that stays`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "export", "ohlc_hourly", "-o", record.home.file("x.ndjson"), environment: ["APPLIANCE_NOW": ""])
    #expect(ended.output == "")
    #expect(ended.talk == "ohlc_hourly  96 rows, 16 kB, \(record.home.file("x.ndjson"))\n")
    #expect(record.home.names().filter { !$0.hasPrefix("appliance.db") } == ["x.ndjson"])
    #expect(record.home.text("x.ndjson")?.hasPrefix("{\"asset\":\"BTC\",\"ts_utc\":\"2025-09-17T22:00:00Z\"") == true)
  }

  @Test func `as JSON one object tells what was written`() async throws {
    let record = try Record()
    let path = record.home.file("x.csv")
    let ended = try await record.home.appliance("export", "sentiment_daily", "-o", path, "--json")
    #expect(
      ended.output
        == "{\"version\":1,\"dataset\":\"sentiment_daily\",\"format\":\"csv\",\"file\":\"\(path)\",\"rows\":3,\"bytes\":110}\n"
    )
    #expect(record.home.text("x.csv")?.utf8.count == 110)
  }

  @Test func `as JSON without a file one object holds the rows`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", "sentiment_daily", "--json", "--to", "2025-09-17")
    #expect(
      ended.output == """
        {"version":1,"dataset":"sentiment_daily","origin":"live","now":"2025-09-19T22:30:00Z","rows":[\
        {"as_of_date":"2025-09-17","fng_value":53,"classification":"Neutral"}]
        }

        """)
  }

  @Test func `all goes into a folder, a file each`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", "all", "-o", record.home.file("out"), "--asset", "BTC")
    #expect(ended.exit == 0)
    #expect(
      record.home.names("out") == [
        "DICTIONARY.md", "SHA256SUMS", "asset.csv", "bar.csv", "bar_restatement.csv", "bar_trade.csv",
        "bar_trade_restatement.csv", "corporate_action.csv", "corporate_action_restatement.csv",
        "daily_bar.csv", "daily_market_snapshot.csv", "dim_assets.csv", "dim_date.csv", "etf.csv", "etf_flow.csv",
        "etf_flow_day.csv",
        "etf_flow_restatement.csv", "etf_flows_daily.csv", "fact_asset_prices.csv",
        "fact_news_articles.csv", "feed.csv", "fetch.csv", "gap.csv",
        "index.json", "indicator_value.csv", "market_cap.csv", "market_cap_restatement.csv", "metadata.json",
        "news_article.csv",
        "news_item.csv", "news_item_restatement.csv", "news_mention.csv", "ohlc_hourly.csv",
        "price_choice.csv", "price_point.csv", "price_point_restatement.csv", "quarantine.csv", "run.csv",
        "sentiment.csv", "sentiment_daily.csv", "sentiment_restatement.csv", "series.csv", "source.csv", "step.csv",
        "stock_data.csv", "stocks.csv", "summary.csv", "vw_balanced_news_7d.csv", "vw_correlation_90d.csv",
        "vw_latest_prices.csv",
        "vw_price_trend_7d.csv", "vw_volatility_30d.csv",
      ])
    #expect(record.home.text("out/asset.csv") == "asset,name,class\nBTC,Bitcoin,crypto\n")
    #expect(record.home.text("out/sentiment_daily.csv")?.split(separator: "\n").count == 4)
  }

  @Test func `all as SQL is one script`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", "all", "--format", "sql")
    let copy = try SQL(":memory:")
    try copy.run(ended.output)
    #expect(try copy.rows("SELECT count(*) FROM sqlite_schema") == [["48"]])
    #expect(
      try copy.rows("SELECT asset, source, count(*) FROM bar GROUP BY 1, 2")
        == [["BTC", "binance", "48"], ["BTC", "kraken", "2"], ["ETH", "binance", "48"]])
  }

  @Test func `a reader who has seen enough is no failure`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "export", "ohlc_hourly", environment: ["APPLIANCE_NOW": ""], output: .closedPipe)
    #expect(ended.exit == 0)
    #expect(ended.talk == "")
  }

  @Test(.enabled(if: Program.exists("/dev/full"), "there is no /dev/full"))
  func `a full disk is a failure that is told`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance(
      "export", "ohlc_hourly", environment: ["APPLIANCE_NOW": ""], output: .device("/dev/full"))
    #expect(ended.exit == 1)
    #expect(
      ended.talk == """
        appliance: cannot write standard output: No space left on device (the disk is full: free some space and try again)

        """)
  }

  @Test(.enabled(if: Program.python != nil, "python3 is not installed"))
  func `python reads the CSV back as it stands in the file`() async throws {
    let record = try Record("UPDATE sentiment SET classification = 'a' || char(13, 10) || '\"é,' WHERE value = 71.0;")
    let csv = try await record.home.appliance("export", "sentiment_daily")
    let script =
      "import csv, io, json, sys; print(json.dumps(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, newline='')))))"
    let read = try await ApplianceProcess(
      executable: try #require(Program.python), arguments: ["-c", script], input: csv.outputBytes
    ).run()
    #expect(
      read.output == """
        [["as_of_date", "fng_value", "classification"], ["2025-09-17", "53", "Neutral"], \
        ["2025-09-18", "52", "Neutral, \\"so\\""], ["2025-09-19", "71", "a\\r\\n\\"\\u00e9,"]]

        """)
  }

  @Test(.enabled(if: Program.sqlite != nil, "sqlite3 is not installed"))
  func `sqlite3 loads the script into an empty file`() async throws {
    let record = try Record()
    let script = try await record.home.appliance("export", "ohlc_hourly", "--format", "sql")
    let loaded = try await ApplianceProcess(
      executable: try #require(Program.sqlite), arguments: [record.home.file("copy.db")], input: script.outputBytes
    ).run()
    #expect(loaded.exit == 0)
    #expect(
      try SQL(record.home.file("copy.db")).rows("SELECT * FROM ohlc_hourly")
        == SQL(record.home.database).rows("SELECT * FROM ohlc_hourly ORDER BY asset, ts_utc"))
  }
}

@Suite struct ExportRefusalTests {
  private static let refusals: [(name: String, arguments: [String])] = [
    ("export-unknown-dataset", ["nonsense\u{1B}[31m"]), ("export-unknown-asset", ["ohlc_hourly", "--asset", "DOGE"]),
    ("export-all-to-output", ["all"]), ("export-json-and-csv", ["ohlc_hourly", "--json", "--format", "csv"]),
    ("export-no-asset", ["sentiment_daily", "--asset", "BTC"]), ("export-no-time", ["asset", "--from", "2025-09-19"]),
    ("export-backwards", ["bar", "--from", "2025-09-19", "--to", "2025-09-18"]),
    ("export-over-itself", ["bar", "-o", "link.csv"]), ("export-bad-format", ["bar", "--format", "xml"]),
    ("export-bad-time", ["bar", "--from", "lately"]),
  ]

  @Test(arguments: refusals)
  func `what makes no sense is refused with words that help`(name: String, arguments: [String]) async throws {
    let record = try Record()
    let before = try SQL(record.home.database).rows("SELECT count(*) FROM bar")
    let link = record.home.file("link.csv")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: record.home.database)
    let arguments = arguments.map { $0 == "link.csv" ? link : $0 }
    let ended = try await ApplianceProcess(arguments: ["export"] + arguments + ["--home", record.home.path]).run()
    #expect(ended.exit == 64)
    #expect(try SQL(record.home.database).rows("SELECT count(*) FROM bar") == before)
    try Golden.expect(plain(ended.output + ended.talk, record.home), isGolden: name)
  }

  @Test(arguments: [["export", "ohlc_hourly"], ["show", "BTC"], ["gaps"]])
  func `without a file the exit code is 10`(arguments: [String]) async throws {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(arguments: arguments + ["--home", home.path]).run()
    #expect(ended.exit == 10)
    #expect(
      ended.talk
        == "appliance: no database at \(home.database); `appliance ingest --home \(home.path)` makes one, or name another with --home or --db\n"
    )
    #expect(home.names() == [])
  }
}

/// The text with the home's path, which differs from run to run, as `HOME`.
func plain(_ text: String, _ home: TemporaryHome) -> String {
  text.split(separator: home.path, omittingEmptySubsequences: false).joined(separator: "HOME")
}
