import Testing

/// How long a provider that rations its requests keeps one waiting.
@Suite struct RationedTimeTests {
  @Test func `what is left for tomorrow is no part of the time that a dry run tells`() async throws {
    let home = try TemporaryHome()
    _ = try await home.appliance("asset", "add", "AAPL", "--offline")
    _ = try await home.appliance("series", "add", "AAPL", "--source", "alphavantage", "--interval", "5m")
    let ended = try await ApplianceProcess(
      arguments: [
        "ingest", "--dry-run", "--asset", "AAPL", "--source", "alphavantage", "--interval", "5m", "--since",
        "2023-01-01", "--home", home.path,
      ],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "ALPHA_VANTAGE_API_KEY": "kX7vQ2mPz9Lw4TbN"]
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
    // 24 times 15 seconds between 25 requests.
    #expect(ended.output.contains("at least 6 min"), "\(ended.output)")
  }
}
