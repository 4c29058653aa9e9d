import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct TrackerImportTests {
  private static let tables = """
    CREATE TABLE ohlc_hourly (asset TEXT, ts_utc TEXT, open REAL, high REAL, low REAL, close REAL, volume REAL,
      session TEXT, source TEXT);
    CREATE TABLE sentiment_daily (as_of_date TEXT, fng_value INTEGER, classification TEXT);
    CREATE TABLE etf_flows_daily (as_of_date TEXT, ticker TEXT, net_flow_usd REAL);
    CREATE TABLE daily_market_snapshot (as_of_date TEXT, asset TEXT, close REAL);
    WITH RECURSIVE hour (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM hour WHERE n < 29)
    INSERT INTO ohlc_hourly SELECT asset, strftime('%Y-%m-%dT%H:%M:%SZ', 1730419200 + 3600 * n, 'unixepoch'),
      100.1 + n, 102.5 + n, 99, 101.25 + n, 1e-9, 'ASIA', 'x' FROM hour, (SELECT 'BTC' AS asset UNION ALL SELECT 'ETH');
    INSERT INTO sentiment_daily VALUES ('2025-09-17', 53, 'Neutral'), ('2025-09-18', 52, 'Neutral, "so"');
    INSERT INTO etf_flows_daily VALUES ('2025-09-17', 'IBIT', 1000000.0), ('2025-09-17', 'ETHA', 7);
    INSERT INTO daily_market_snapshot VALUES ('2025-09-17', 'BTC', 1);
    """

  private let home: TemporaryHome
  private let source: TemporaryHome
  private var file: String { source.file("tracker.db") }

  init() throws {
    home = try TemporaryHome()
    source = try TemporaryHome()
    try SQL(source.file("tracker.db")).run(Self.tables)
  }

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  @Test func `its hours and sentiment go in under a name of their own, its flows and snapshots do not`() async throws {
    let ended = try await home.appliance("import", file)
    #expect(ended.exit == 0, "\(ended.talk)")
    try Golden.expect(ended.output, isGolden: "import-tracker")
    let export = try await home.appliance("export", "ohlc_hourly", "--asset", "BTC", "--to", "2024-11-01T00:00Z")
    #expect(export.output.hasSuffix("BTC,2024-11-01T00:00:00Z,100.1,102.5,99,101.25,1e-09,ASIA,tracker\n"))
    let flows = try await home.appliance("export", "etf_flow")
    #expect(flows.output.split(separator: "\n").count == 1)
    let again = try await home.appliance("import", file, "--json")
    #expect(again.exit == 0)
    try Golden.expect(again.output, isGolden: "import-tracker-json")
    #expect(source.names() == ["tracker.db"])
  }

  @Test func `flows that are trusted go in, each asset's for itself`() async throws {
    let ended = try await home.appliance("import", file, "--trust-etf", "--source", "mine")
    #expect(ended.exit == 0, "\(ended.talk)")
    let flows = try await home.appliance("export", "etf_flow")
    #expect(flows.output.contains("mine,BTC,2025-09-17,IBIT,fund,1000000,"))
    #expect(flows.output.contains("mine,ETH,2025-09-17,ETHA,fund,7,"))
  }

  @Test func `a dry run changes nothing`() async throws {
    let ended = try await home.appliance("import", file, "--dry-run")
    #expect(ended.exit == 0)
    #expect(ended.output.contains("ohlc_hourly BTC: 30 new, 0 changed, 0 unchanged; tracker 1h"))
    #expect(home.names() == [])
  }

  @Test func `a dry run tells what is new, changed and stored already`() async throws {
    _ = try await home.appliance("import", file, "--trust-etf")
    try SQL(file).run(
      """
      UPDATE ohlc_hourly SET high = 900 WHERE asset = 'ETH' AND open = 105.1;
      INSERT INTO ohlc_hourly VALUES ('ETH', '2024-11-05T00:00:00Z', 1, 1, 1, 1, 1, '', '');
      UPDATE sentiment_daily SET fng_value = 54 WHERE fng_value = 53;
      INSERT INTO etf_flows_daily VALUES ('2025-09-18', 'IBIT', 5);
      """)
    let ended = try await home.appliance("import", file, "--trust-etf", "--dry-run")
    #expect(ended.exit == 0)
    try Golden.expect(ended.talk + ended.output, isGolden: "import-tracker-dry-run")
    let object = try await home.appliance("import", file, "--trust-etf", "--dry-run", "--json")
    try Golden.expect(object.output, isGolden: "import-tracker-dry-run-json")
    let done = try await home.appliance("import", file, "--trust-etf")
    #expect(done.output.contains("ohlc_hourly ETH: 1 new, 1 changed, 29 unchanged"))
    #expect(done.output.contains("sentiment_daily: 0 new, 1 changed, 1 unchanged"))
    #expect(done.output.contains("etf_flows_daily BTC: 1 new, 0 changed, 1 unchanged"))
  }

  @Test func `rows that cannot be believed cost themselves`() async throws {
    try SQL(file).run(
      """
      INSERT INTO ohlc_hourly VALUES ('BTC', '2024-11-05T00:00:00Z', 'NaN', 1, 1, 1, 1, '', ''),
        ('BTC', hex(zeroblob(500000)), 1, 1, 1, 1, 1, '', ''), (x'00', 'x', 1, 1, 1, 1, 1, '', ''),
        ('WHAT', '2024-11-05T01:00:00Z', 1, 1, 1, 1, 1, '', ''), ('BTC', x'01', 1, 1, 1, 1, 1, '', '');
      """)
    let ended = try await home.appliance("import", file)
    #expect(ended.exit == 3)
    #expect(ended.output.contains("ohlc_hourly BTC: 30 new, 0 changed, 0 unchanged, 3 refused"))
    #expect(ended.output.contains("ohlc_hourly: 1 row refused: they name no asset"))
    #expect(ended.output.contains("ohlc_hourly WHAT: 1 row refused: what WHAT is is not known"))
  }

  @Test(arguments: [
    ("DROP TABLE sentiment_daily", "without sentiment_daily"),
    ("ALTER TABLE ohlc_hourly RENAME COLUMN volume TO vol", "has no column volume"),
    ("DROP TABLE ohlc_hourly; CREATE VIRTUAL TABLE ohlc_hourly USING rtree(id, a, b)", "without ohlc_hourly"),
    (
      "DROP TABLE sentiment_daily; CREATE VIEW sentiment_daily AS SELECT load_extension('/tmp/x.so') AS as_of_date, "
        + "1 AS fng_value, 'x' AS classification", "load_extension"
    ),
    (
      "DROP TABLE sentiment_daily; CREATE VIEW sentiment_daily AS SELECT writefile('/tmp/x', 'x') AS as_of_date, "
        + "1 AS fng_value, 'x' AS classification", "writefile"
    ),
    ("PRAGMA application_id = 1", ""),
  ])
  func `a file that is none of these, or does more, is refused and leaves no trace`(sql: String, words: String)
    async throws
  {
    try SQL(file).run(sql)
    let ended = try await home.appliance("import", file)
    #expect(ended.exit == (words.isEmpty ? 0 : 1))
    #expect(words.isEmpty || ended.talk.contains(words), "\(ended.talk)")
    #expect(words.isEmpty || home.names() == [])
    #expect(source.names() == ["tracker.db"])
  }

  @Test func `damaged pages are told`() async throws {
    let handle = try #require(fopen(file, "r+b"))
    fseek(handle, 4096 + 1, SEEK_SET)
    fwrite([UInt8](repeating: 0xFF, count: 3000), 1, 3000, handle)
    fclose(handle)
    let ended = try await home.appliance("import", file)
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("damaged"), "\(ended.talk)")
    #expect(home.names() == [])
  }

  @Test func `a log beside it and a writer at it are told, not passed over`() async throws {
    let writer = try SQL(file)
    try writer.run("BEGIN EXCLUSIVE")
    let locked = try await home.appliance("import", file)
    #expect(locked.exit == 1)
    #expect(locked.talk.contains("another program is writing to it"), "\(locked.talk)")
    try writer.run("COMMIT; PRAGMA journal_mode = wal; INSERT INTO sentiment_daily VALUES ('2025-09-16', 1, 'Fear')")
    let logged = try await home.appliance("import", file)
    #expect(logged.exit == 1)
    #expect(logged.talk.contains("-wal"), "\(logged.talk)")
  }

  @Test(arguments: [["--interval", "1h"], ["--asset", "BTC"], ["--map", "open=2"], ["--by-reference"]])
  func `flags about a table of text do not go with it`(flags: [String]) async throws {
    let ended = try await ApplianceProcess(arguments: ["import", file] + flags + ["--home", home.path]).run()
    #expect(ended.exit == 64)
    #expect(home.names() == [])
  }
}
