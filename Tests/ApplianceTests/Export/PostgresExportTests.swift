import Schema
import Store
import Testing

@Suite(.enabled(if: PostgresCluster.programs != nil, "PostgreSQL 15 is not installed"))
struct PostgresExportTests {
  /// Texts that a careless script would break at.
  private static let awkward = """
    UPDATE sentiment SET classification = 'tab' || char(9) || 'line' || char(10) || 'return' || char(13) || 'back\\slash'
      || char(92) || '.' || char(92) || 'N é € 😀 ' || char(0) || 'nul' WHERE day = '2025-09-17';
    UPDATE sentiment SET classification = '\\.' WHERE day = '2025-09-18';
    UPDATE sentiment SET classification = '\\N' WHERE day = '2025-09-19';
    INSERT INTO quarantine (quarantine_id, series_id, at, reason, detail, excerpt, fetch_id)
    VALUES (1, 1, 1758146400, 'jump', '', 'a' || char(9) || char(10) || CAST(x'6100' AS TEXT), 1);
    INSERT INTO summary VALUES (1, '2025-09-19', NULL, 'day', '', 'rule', NULL, 'the market''s day', '{"a":[1,2]}');
    INSERT INTO market_snapshot SELECT asset_id, '2025-09-18', series_id, 1, 2, 0.5, 1.5, 1e-7, NULL, 0.1, NULL, 0, -1, 52,
      'Neutral', 7, NULL, 24, 24, 1 FROM price_choice;
    """

  /// What counts, sums and lengths of every column are, the same on both sides.
  private static func sums(_ dataset: NamedDataset, isPostgres: Bool) -> String {
    let cells = dataset.columns.map { column in
      let name = "\"\(column.name)\""
      let number: String
      switch (column.column.kind, column.column.meaning) {
      case (.integer, .flag) where isPostgres: number = "coalesce(sum(\(name)::int), 0)"
      case (.integer, _): number = "coalesce(sum(\(name)), 0)"
      case (.real, _): number = "coalesce(sum(round(\(name)\(isPostgres ? "::numeric" : "") * 1000)), 0)"
      case (.text, .instant) where isPostgres: number = "coalesce(sum(extract(epoch FROM \(name)))::bigint, 0)"
      case (.text, .instant): number = "coalesce(sum(CAST(strftime('%s', \(name)) AS INTEGER)), 0)"
      case (.text, _):
        number =
          isPostgres
          ? "coalesce(sum(octet_length(convert_to(replace(\(name)::text, '␀', '_'), 'UTF8'))), 0)"
          : "coalesce(sum(length(CAST(replace(\(name), char(0), '_') AS BLOB))), 0)"
      }
      return isPostgres
        ? "count(\(name))::text, trunc(\(number))::bigint::text" : "count(\(name)), CAST(\(number) AS INTEGER)"
    }
    return "SELECT count(*)\(isPostgres ? "::text" : ""), \(cells.joined(separator: ", ")) FROM \"\(dataset.name)\""
  }

  @Test func `everything loads unmodified, and counts and sums of every table are equal on both sides`() async throws {
    let record = try Record(Self.awkward)
    let cluster = try await PostgresCluster()
    let (script, plain) = (record.home.file("all.sql"), record.home.file("plain.sql"))
    let written = try await record.home.appliance(
      "export", "all", "--format", "sql", "--dialect", "postgres", "-o", script)
    #expect(written.exit == 0, "\(written.talk)")
    let loaded = try await cluster.load(script)
    #expect(loaded.exit == 0, "\(loaded.talk)")
    #expect(loaded.talk == "")
    _ = try await record.home.appliance("export", "all", "--format", "sql", "-o", plain)
    let copy = try SQL(":memory:")
    try copy.run(try #require(record.home.text("plain.sql")))
    for dataset in NamedDataset.all {
      let expected = try copy.rows(Self.sums(dataset, isPostgres: false))[0].map { $0 ?? "" }.joined(separator: "|")
      #expect(try await cluster.rows(Self.sums(dataset, isPostgres: true)) == [expected], "\(dataset.name)")
    }
    try await expectTypes(cluster)
  }

  private func expectTypes(_ cluster: PostgresCluster) async throws {
    #expect(
      try await cluster.rows("SELECT classification FROM sentiment WHERE as_of_date = '2025-09-18'") == ["\\."])
    #expect(
      try await cluster.rows("SELECT classification FROM sentiment WHERE as_of_date = '2025-09-19'") == ["\\N"])
    #expect(
      try await cluster.rows(
        "SELECT encode(convert_to(classification, 'UTF8'), 'hex') FROM sentiment WHERE as_of_date = '2025-09-17'")
        == [
          "746162096c696e650a72657475726e0d6261636b5c736c6173685c2e5c4e20c3a920e282ac20f09f988020e290806e756c"
        ])
    #expect(
      try await cluster.rows(
        """
        SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'daily_market_snapshot'
        AND column_name IN ('as_of_date', 'close', 'is_complete', 'bars') ORDER BY 1
        """) == ["as_of_date|date", "bars|bigint", "close|double precision", "is_complete|boolean"])
    #expect(
      try await cluster.rows("SELECT ts_utc, close FROM bar WHERE source = 'kraken' ORDER BY 1 LIMIT 1")
        == ["2025-09-19 20:00:00+00|115001"])
    let keys = try await cluster.rows(
      "SELECT contype, count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f') GROUP BY 1 ORDER BY 1"
    )
    #expect(keys.last == "p|\(NamedDataset.all.filter { !$0.key.isEmpty }.count)")
    #expect(keys.first?.hasPrefix("f|") == true)
  }

  @Test func `a batch is a COPY block, and a part of the rows loads as well`() async throws {
    let record = try Record()
    let cluster = try await PostgresCluster()
    let script = record.home.file("bars.sql")
    let written = try await record.home.appliance(
      "export", "bar", "--asset", "BTC", "--dialect", "postgres", "--batch-size", "20", "-o", script)
    #expect(written.exit == 0, "\(written.talk)")
    #expect(record.home.text("bars.sql")?.split(separator: "COPY ").count == 4)
    #expect(try await cluster.load(script).exit == 0)
    #expect(try await cluster.rows("SELECT count(*), sum(volume) FROM bar") == ["50|5943.5"])
    // Loaded again it changes nothing: one transaction, and the table is there.
    #expect(try await cluster.load(script).exit == 3)
    #expect(try await cluster.rows("SELECT count(*) FROM bar") == ["50"])
  }
}

@Suite struct DatasetKeyTests {
  @Test func `every dataset has a key of its own columns, but for summaries and days of events`() {
    // A text about the market has no asset, nor has an event that is about none.
    let keyless: Set = ["summary", "event_day"]
    for dataset in NamedDataset.all {
      #expect(Set(dataset.columns.map(\.name)).isSuperset(of: dataset.key), "\(dataset.name)")
      #expect(dataset.key.isEmpty == keyless.contains(dataset.name), "\(dataset.name): NamedDataset+Keys")
    }
  }

  @Test func `datasets are loaded after those they refer to`() {
    let order = NamedDataset.inOrderOfReference(NamedDataset.all).map(\.name)
    #expect(order.count == NamedDataset.all.count)
    for dataset in NamedDataset.all {
      for reference in dataset.references {
        #expect(order.firstIndex(of: reference.dataset)! < order.firstIndex(of: dataset.name)!)
      }
    }
  }

  @Test(arguments: [
    ("csv", ["--dialect", "postgres"]), ("csv", ["--batch-size", "5"]), ("sql", ["--batch-size", "0"]),
  ])
  func `what has no dialect takes none`(format: String, flags: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(
      arguments: ["export", "bar", "--format", format] + flags + ["--home", record.home.path]
    ).run()
    #expect(ended.exit == 64)
  }

  @Test func `a batch is an INSERT for SQLite`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("export", "bar", "--format", "sql", "--batch-size", "40")
    #expect(ended.output.split(separator: "INSERT").count - 1 == 3)
  }
}
