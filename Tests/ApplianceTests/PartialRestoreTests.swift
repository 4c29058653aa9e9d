import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Some rows of a backup, brought into the present file.
@Suite struct PartialRestoreTests {
  private let record: Record
  private var home: TemporaryHome { record.home }
  private let archive: String

  init() async throws {
    record = try Record(
      """
      INSERT INTO price_point SELECT series_id, 1758315600, 115002.5, NULL, 3e10, 1 FROM series
        WHERE provider_symbol = 'bitcoin';
      UPDATE series SET row_count = 1, first_time = 1758315600, last_time = 1758315600 WHERE provider_symbol = 'bitcoin';
      UPDATE series SET row_count = 3, first_time = 1758067200, last_time = 1758240000 WHERE provider_symbol = 'fng';
      UPDATE series SET row_count = 4, first_time = 1758067200, last_time = 1758153600 WHERE provider_symbol = 'btc'
        AND source_id = (SELECT source_id FROM source WHERE name = 'farside');
      UPDATE series SET row_count = 1, first_time = 1758067200, last_time = 1758067200 WHERE provider_symbol = 'eth'
        AND source_id = (SELECT source_id FROM source WHERE name = 'farside');
      """)
    let made = try await record.home.appliance("backup", "create")
    #expect(made.exit == 0, "\(made.talk)")
    archive = try #require(record.home.names("backups").first { $0.hasSuffix(".tar.zst") })
  }

  /// Every row of a table but for the answer that taught it.
  private func rows(_ table: String, _ columns: String) async throws -> [String] {
    let query = try await home.appliance("query", "SELECT \(columns) FROM \(table) ORDER BY 1, 2", "--format", "csv")
    #expect(query.exit == 0, "\(query.talk)")
    return query.output.split(separator: "\n").map(String.init)
  }

  private static let tables = [
    ("bar", "series_id, open_time, open, high, low, close, volume"),
    ("price_point", "series_id, at, price, market_cap, volume_24h"),
    ("sentiment", "series_id, day, value, classification"),
    ("etf_flow", "day, etf_id, series_id, net_flow_usd, net_assets_usd"),
  ]

  @Test(arguments: tables)
  func `rows that are gone come back, and a second time nothing is new`(table: String, columns: String) async throws {
    let before = try await rows(table, columns)
    try SQL(home.database).run("DELETE FROM \(table)")
    let rehearsal = try await home.appliance("backup", "restore", archive, "--table", table, "--dry-run")
    #expect(rehearsal.exit == 0, "\(rehearsal.talk)")
    #expect(rehearsal.output.contains("missing here, 0 different, 0 the same"))
    #expect(try await rows(table, columns).count == 1)
    let restored = try await home.appliance("backup", "restore", archive, "--table", table)
    #expect(restored.exit == 0, "\(restored.talk)")
    #expect(restored.output.contains("something else than this program had taken rows away"))
    #expect(try await rows(table, columns) == before)
    let again = try await home.appliance("backup", "restore", archive, "--table", table, "--json")
    #expect(again.exit == 0)
    #expect(again.output.contains("\"missing\":0,\"different\":0") && again.output.contains("\"run\":null"))
    let miscounted = try await home.appliance(
      "query",
      """
      SELECT series_id FROM series WHERE dataset = '\(table)'
        AND row_count <> (SELECT count(*) FROM \(table) WHERE \(table).series_id = series.series_id)
      """, "--format", "csv")
    #expect(miscounted.output == "series_id\n", "\(miscounted.output)")
  }

  @Test func `what is told and written is the same`() async throws {
    try SQL(home.database).run("DELETE FROM bar WHERE open_time > 1758200000; UPDATE bar SET high = high + 1")
    let told = try await home.appliance("backup", "restore", archive, "--asset", "BTC,ETH")
    try Golden.expect(told.output + told.talk, isGolden: "backup-restore-part")
    try SQL(home.database).run("DELETE FROM sentiment WHERE day > '2025-09-17'")
    let json = try await home.appliance("backup", "restore", archive, "--table", "sentiment", "--json")
    try Golden.expect(json.output.replacing(home.path, with: "HOME"), isGolden: "backup-restore-part-json")
  }

  @Test func `what is replaced is kept, unless only missing rows are wanted`() async throws {
    let columns = "open_time, close"
    try SQL(home.database).run(
      """
      DELETE FROM bar WHERE open_time = 1758146400;
      UPDATE bar SET close = high WHERE open_time = 1758150000;
      """)
    let changed = try await rows("bar", columns)
    let missing = try await home.appliance("backup", "restore", archive, "--table", "bar", "--only-missing")
    #expect(missing.exit == 0, "\(missing.talk)")
    let filled = try await rows("bar", columns)
    #expect(Set(filled).isSuperset(of: changed) && filled.count == changed.count + 2)
    #expect(try await rows("bar_restatement", columns).count == 1)

    let all = try await home.appliance("backup", "restore", archive, "--table", "bar")
    #expect(all.output.contains("1 changed") && all.output.contains("appliance changes"))
    #expect(try await rows("bar_restatement", columns).count == 3)
    let changes = try await home.appliance("changes")
    #expect(changes.output.contains("from the file \(archive)"), "\(changes.output)")
  }

  @Test func `a series that the present file does not know comes with its source and asset`() async throws {
    let other = try Record(
      "DELETE FROM price_choice; DELETE FROM bar; DELETE FROM gap; DELETE FROM series; DELETE FROM etf_flow; DELETE FROM etf; DELETE FROM asset WHERE symbol = 'ETH'"
    )
    let ended = try await other.home.appliance("backup", "restore", home.file("backups/\(archive)"), "--asset", "ETH")
    #expect(ended.exit == 0, "\(ended.talk)")
    let query = try await other.home.appliance(
      "query", "SELECT asset.name, count(*) FROM bar JOIN series USING (series_id) JOIN asset USING (asset_id)",
      "--format", "csv")
    #expect(query.output.hasSuffix("Ethereum,48\n"), "\(query.output)")
  }

  @Test(arguments: [
    (["--table", "summary"], Int32(64), "computed from these"), (["--table", "nope"], 64, "bar, price_point"),
    (["--asset", "DOGE"], 1, "bar BTC"), (["--table", "bar", "--to", "x.db"], 64, "--to"),
    (["--table", "bar", "--force"], 64, "--force"), (["--dry-run"], 64, "--table or --asset"),
    (["--asset", ""], 64, "names nothing"), (["--table", ","], 64, "names nothing"),
    (["--only-missing"], 64, "--table or --asset"),
  ])
  func `what cannot be is said before anything is touched`(flags: [String], exit: Int32, words: String) async throws {
    let before = try await rows("run", "run_id, command")
    let ended = try await ApplianceProcess(
      arguments: ["backup", "restore", archive] + flags + ["--home", home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
    #expect(ended.exit == exit)
    #expect(ended.talk.contains(words), "\(ended.talk)")
    #expect(try await rows("run", "run_id, command") == before)
  }

  @Test func `without a database there is nothing to restore into, and none is made`() async throws {
    let empty = try TemporaryHome()
    let ended = try await empty.appliance("backup", "restore", home.file("backups/\(archive)"), "--asset", "BTC")
    #expect(ended.exit == 10)
    #expect(empty.names() == [])
  }

  @Test func `a damaged archive brings nothing`() async throws {
    let file = try #require(fopen(home.file("backups/\(archive)"), "r+b"))
    fseek(file, 3000, SEEK_SET)
    let byte = fgetc(file)
    fseek(file, 3000, SEEK_SET)
    fputc(byte ^ 1, file)
    fclose(file)
    try SQL(home.database).run("DELETE FROM bar")
    let ended = try await home.appliance("backup", "restore", archive, "--asset", "BTC")
    #expect(ended.exit == 7)
    #expect(try await rows("bar", "open_time, close").count == 1)
  }

  @Test func `a record of the demo takes nothing of a live one`() async throws {
    let demo = try Record("UPDATE meta SET value = 'demo' WHERE key = 'origin'")
    let ended = try await demo.home.appliance("backup", "restore", home.file("backups/\(archive)"), "--asset", "BTC")
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("demo"), "\(ended.talk)")
  }

  @Test func `a rebuild gives the rows that were brought in once more`() async throws {
    let (whole, half) = (try TemporaryHome(), try TemporaryHome())
    #expect(try await whole.appliance("ingest", "--replay", "demo").exit == 0)
    let made = try await whole.appliance("backup", "create", "--json")
    let name = try #require(whole.names("backups").first { $0.hasSuffix(".tar.zst") })
    #expect(made.exit == 0)
    #expect(try await half.appliance("ingest", "--replay", "demo", "--asset", "ETH", "--no-backup").exit == 0)
    let restored = try await half.appliance("backup", "restore", whole.file("backups/\(name)"), "--asset", "BTC")
    #expect(restored.exit == 0, "\(restored.talk)")
    #expect(!restored.output.contains(": 0 new"), "\(restored.output)")
    let rebuilt = try await half.appliance("rebuild", "--verify")
    #expect(rebuilt.exit == 0, "\(rebuilt.output)\(rebuilt.talk)")
  }

  @Test func `what is computed from restored sentiment is computed anew`() async throws {
    let (whole, half) = (try TemporaryHome(), try TemporaryHome())
    #expect(try await whole.appliance("ingest", "--replay", "demo").exit == 0)
    #expect(try await whole.appliance("backup", "create").exit == 0)
    let name = try #require(whole.names("backups").first { $0.hasSuffix(".tar.zst") })
    #expect(try await half.appliance("ingest", "--replay", "demo", "--skip", "sentiment", "--no-backup").exit == 0)
    #expect(
      try await half.appliance("backup", "restore", whole.file("backups/\(name)"), "--table", "sentiment").exit == 0)
    let moods = "SELECT as_of_date, asset, fng_value FROM daily_market_snapshot ORDER BY 1, 2"
    let restored = try await half.appliance("query", moods, "--format", "csv")
    #expect(restored.output == (try await whole.appliance("query", moods, "--format", "csv").output))
    #expect(try await half.appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `a rehearsal refuses what the restore refuses`() async throws {
    let demo = try Record("UPDATE meta SET value = 'demo' WHERE key = 'origin'")
    let ended = try await demo.home.appliance(
      "backup", "restore", home.file("backups/\(archive)"), "--asset", "BTC", "--dry-run")
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("demo"), "\(ended.talk)")
  }
}
