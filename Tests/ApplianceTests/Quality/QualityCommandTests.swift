import Support
import Testing

/// `quality` as people and programs see it.
@Suite struct QualityCommandTests {
  /// A run's results beside the rows of a record: a wrong day, and sources that agree.
  private static let results = """
    INSERT INTO quality_result VALUES
      ('fold', 'asset', 'BTC', '2025-09-18', 1, 0.0042, 24, 0.001, 1758321000),
      ('fold', 'asset', 'BTC', '2025-09-17', 1, 0, 24, 0.001, 1758321000),
      ('fold', 'asset', 'ETH', '2025-09-18', 1, 0, 24, 0.001, 1758321000),
      ('sources', 'asset', 'BTC', '2025-09-18', 1, 0.0004, 24, 0.005, 1758321000),
      ('funds', 'asset', 'BTC', '2025-09-17', 1, 0, 2, 0, 1758321000),
      ('gaps', 'all', '', '2025-09-18', 1, 9, 99, 0, 1758321000);
    """

  /// The same with nothing late and no gap, so that only the day is wrong.
  private static let clean = """
    \(results)
    DELETE FROM gap; UPDATE series SET removed_at = 1;
    """

  private func quality(
    _ words: String..., of record: Record, columns: Int? = nil
  ) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["quality"] + words + ["--home", record.home.path],
      environment: [
        "APPLIANCE_NOW": "2025-09-19T22:30:00Z", "COLUMNS": columns.map { "\($0)" } ?? "", "UNIVERSE": "",
      ]
    ).run()
  }

  @Test(arguments: [40, 80, 140])
  func `each check stands with what is let pass, what failed and what to do`(columns: Int) async throws {
    let ended = try await quality(of: try Record(Self.results), columns: columns)
    #expect(ended.exit == 6)
    let lines = ended.output.split(separator: "\n")
    #expect(lines.filter { $0.count > columns } == [])
    try Golden.expect(ended.output, isGolden: "quality-\(columns)")
  }

  @Test func `a program gets the numbers of each trend, and exit 6`() async throws {
    let ended = try await quality("--json", of: try Record(Self.results))
    #expect(ended.exit == 6)
    try Golden.expect(ended.output, isGolden: "quality-json")
  }

  @Test func `where all gates pass it ends with 0, and quiet says nothing`() async throws {
    let record = try Record(Self.clean + "DELETE FROM quality_result WHERE value > 0.004;")
    let ended = try await quality("--quiet", of: record)
    #expect(ended.exit == 0)
    #expect(ended.output == "" && ended.talk == "")
  }

  @Test func `what is let pass is set in the file, and told back`() async throws {
    let record = try Record(Self.clean)
    #expect(try await quality(of: record).exit == 6)
    let set = try await quality("set", "fold=0.5%", "coverage=90%", "late=none", of: record)
    #expect(set.exit == 0, "\(set.talk)")
    #expect(set.output == "late: informs only\ncoverage: ≥ 90 %\nfold: ≤ 0.5 %\n")
    #expect(try await quality(of: record).exit == 0)
    #expect(try await quality("gates", of: record).output.contains("≤ 0.5 % *"))
    #expect(try await quality("set", "fold=default", of: record).output == "fold: ≤ 0.1 %, as the program says\n")
    #expect(try await quality(of: record).exit == 6)
    #expect(
      try SQL(record.home.database).rows("SELECT kind, subject, detail FROM decision ORDER BY decision_id LIMIT 1")
        == [["quality.gate", "fold", "most: 0.005"]])
  }

  @Test(arguments: [
    "fold", "fold=", "fold=x", "fold=-1", "fold=200%", "late=1.5", "late=5%", "flod=1", "nulls=1", "=1",
  ])
  func `a gate that cannot be is refused with the way it is written`(word: String) async throws {
    let ended = try await quality("set", word, of: try Record())
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("such as") || ended.talk.contains("there is no gate"))
  }

  @Test func `rows of the checks come in the formats of rows`() async throws {
    let record = try Record(Self.results)
    let csv = try await quality("--format", "csv", "--asset", "btc", of: record)
    #expect(csv.exit == 6)
    #expect(csv.output.contains("\nfold,0.0042,fraction,0.001,failed,48,BTC,2025-09-18,"))
    #expect(
      try await quality("--format", "csv", "--asset", "ETH", of: record).output.contains(
        "\nfold,0,fraction,0.001,passed"))
  }

  @Test func `what was found is a dataset`() async throws {
    let record = try Record(Self.results)
    let ended = try await record.home.appliance("show", "quality_result", "--asset", "BTC", "--format", "csv")
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(
      ended.output.contains("fold,asset,BTC,2025-09-18,0.0042,24,0.001,failed,2025-09-19T22:30:00Z,1\n"),
      "\(ended.output)")
    let then = try await record.home.appliance(
      "export", "quality_result", "--as-of", "2025-09-19T22:30:02Z", "--format", "csv")
    #expect(then.output.split(separator: "\n").count == 7, "\(then.talk)")
  }

  @Test(arguments: [40, 80])
  func `a grid has a character a day, as many as there is room for`(columns: Int) async throws {
    let record = try Record(
      """
      INSERT INTO market_snapshot (asset_id, day, series_id, open, high, low, close, volume, bars, bars_expected, is_complete)
      SELECT asset_id, column1, series_id, 1, 1, 1, 1, 1, column2, column3, 0 FROM series
      CROSS JOIN (VALUES ('2025-09-18', 24, 24), ('2025-09-19', 20, 22)) WHERE provider_symbol = 'BTCUSDT';
      """)
    let ended = try await quality("--coverage", "--last", "60d", of: record, columns: columns)
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.split(separator: "\n").filter { $0.count > columns } == [])
    try Golden.expect(ended.output, isGolden: "quality-coverage-\(columns)")
  }

  @Test func `a name that a terminal would obey is shown instead`() async throws {
    let evil = "EVIL\u{1B}[31mRED"
    let record = try Record(
      """
      INSERT INTO asset (symbol, name, class) VALUES ('\(evil)', 'x', 'crypto');
      UPDATE series SET asset_id = (SELECT asset_id FROM asset WHERE symbol = '\(evil)') WHERE provider_symbol = 'ETHUSDT';
      INSERT INTO quality_result VALUES ('fold', 'asset', '\(evil)', '2025-09-18', 1, 0.5, 24, 0.001, 1758321000);
      """)
    for words in [["quality"], ["quality", "--coverage"]] {
      let ended = try await ApplianceProcess(
        arguments: words + ["--home", record.home.path, "--no-color"],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
      ).run()
      #expect(!(ended.output + ended.talk).contains("\u{1B}"))
      #expect(ended.output.contains("EVIL"))
    }
  }

  @Test(arguments: ["quality", "quality check", "quality set", "quality gates"])
  func `help has examples`(command: String) async throws {
    let ended = try await ApplianceProcess(
      arguments: command.split(separator: " ").map(String.init) + ["--help"], environment: ["COLUMNS": "80"]
    ).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command.replacing(" ", with: "-"))")
  }
}
