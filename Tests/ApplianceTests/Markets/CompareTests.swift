import Testing

/// The sources of an asset held against each other.
@Suite struct CompareTests {
  /// Of the share that two sources tell, one as traded: a close 1 % off, and a day that the other lacks.
  private static let troubled =
    AdjustTests.share + """
      UPDATE bar SET close = 103, high = 103 WHERE series_id = 901 AND open_time = 1749081600;
      DELETE FROM bar WHERE series_id = 901 AND open_time = 1748908800;
      """

  private func ended(_ words: [String], _ more: String, output: ApplianceProcess.Output = .captured) async throws
    -> ApplianceProcess.Ended
  {
    let record = try Record(more)
    return try await ApplianceProcess(
      arguments: ["compare"] + words + ["--home", record.home.path],
      environment: ["APPLIANCE_NOW": "2025-06-10T12:00:00Z"], output: output
    ).run()
  }

  @Test(arguments: [("compare", ["ACME"]), ("compare-json", ["acme", "--json"]), ("compare-hours", ["BTC"])])
  func `what both have is counted and compared, restated alike`(name: String, words: [String]) async throws {
    let ended = try await ended(words, Self.troubled, output: .screen(columns: 80))
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: name)
  }

  @Test func `as each source tells them they differ by the split`() async throws {
    let forged = AdjustTests.share + "UPDATE series SET price_basis = 'split_adjusted' WHERE series_id = 901;"
    let ended = try await ended(["ACME", "--json"], forged)
    #expect(
      ended.output.contains(
        #""adjusted":null,"has_actions":true,"from":"2025-06-02","to":"2025-06-06","bars":5,"median":1,"#))
  }

  @Test func `more than two are each held against the chosen one`() async throws {
    let third = """
      INSERT INTO source (source_id, name, title, homepage) VALUES (902, 'third', 'C', 'https://c.test');
      INSERT INTO series (series_id, dataset, asset_id, source_id, interval, provider_symbol, quote_currency, price_basis,
        priority, row_count, first_time, last_time)
      VALUES (904, 'bar', 900, 902, '1d', 'ACME', 'USD', 'split_adjusted', 3, 5, 1748822400, 1749168000);
      INSERT INTO bar SELECT 904, open_time, open, high, low, close, volume, fetch_id FROM bar WHERE series_id = 900;
      UPDATE price_choice SET series_id = 904 WHERE asset_id = 900;
      """
    let ended = try await ended(["ACME"], AdjustTests.share + third)
    #expect(ended.output.contains("ACME 1d: split-adjusting ACME against third ACME\n"))
    #expect(ended.output.contains("ACME 1d: as-trading ACME against third ACME\n"))
    #expect(!ended.output.contains("against as-trading"))
  }

  @Test(arguments: [
    (["BARE"], "only as-trading has bars of BARE"), (["ETH"], "only binance has bars of ETH"),
    (["BTC", "--interval", "1d"], "there are no bars of 1d of BTC"),
  ])
  func `one source alone cannot be compared`(words: [String], told: String) async throws {
    let ended = try await ended(words, AdjustTests.share)
    #expect(ended.exit == 1)
    #expect(ended.talk.contains(told), "\(ended.talk)")
    #expect(ended.talk.contains("`appliance series add \(words[0]) --source S --interval "))
  }

  @Test func `an asset that is not there names near ones`() async throws {
    let ended = try await ended(["ACNE"], AdjustTests.share)
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("did you mean 'ACME'?"))
  }

  @Test func `its help says how to begin`() async throws {
    let ended = try await ApplianceProcess(arguments: ["help", "compare"], environment: ["COLUMNS": "80"]).run()
    try Golden.expect(ended.output, isGolden: "help-compare")
  }
}
