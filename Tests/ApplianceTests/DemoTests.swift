import Foundation
import Testing

/// The demo as whoever has no network sees it: nobody says what is followed.
@Suite struct DemoTests {
  private let home: TemporaryHome

  init() throws { home = try TemporaryHome() }

  private func run(_ words: String..., universe: String = "") async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path], environment: ["UNIVERSE": universe, "COLUMNS": "80"]
    ).run()
  }

  private func play(universe: String = "") async throws {
    let ended = try await run("ingest", "--replay", "demo", "--no-backup", "--quiet", universe: universe)
    #expect(ended.exit == 0, "\(ended.talk)")
  }

  private func assets() async throws -> [String] {
    try await run("asset", "list", "--format", "csv").output.split(separator: "\n").dropFirst()
      .map { String($0.prefix { $0 != "," }) }
  }

  @Test func `it follows what its capture is about, and nothing of that is late`() async throws {
    try await play()
    #expect(Set(try await assets()) == ["BTC", "ETH", "AAPL", "MSFT", "NVDA", "JPM", "KO", "SPY", "GC=F", "CL=F"])
    #expect(try await run("status", "--gate", "--quiet").exit == 0)
  }

  @Test func `what is added to it brings nothing but itself`() async throws {
    try await play()
    #expect(try await run("asset", "add", "Cameco", "--offline").exit == 0)
    #expect(Set(try await assets()).symmetricDifference(["CCJ"]).count == 10)
    try await play()
    #expect(try await assets().count == 11)
  }

  @Test func `where UNIVERSE is set it says what is followed of it`() async throws {
    try await play(universe: "BTC:1h,KO")
    #expect(try await assets().sorted() == ["BTC", "KO"])
    #expect(try await run("status", "--gate", "--quiet", universe: "BTC:1h,KO").exit == 0)
    #expect(try await run("show", "KO", "--last", "3d").output.contains("2026-03-13T00:00:00Z"))
  }

  @Test func `its hole, its split and what was restated are told on a screen of eighty columns`() async throws {
    try await play()
    try Golden.expect(try await run("gaps", "--all").output, isGolden: "demo-gaps")
    try Golden.expect(try await run("changes").output, isGolden: "demo-changes")
    let why = try await run("why", "JPM", "2025-10-09", "close").output
    #expect(why.contains("because  the provider answered, and left it out"))
    let lines = try await run("changes").output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `its report tells of each class of assets`() async throws {
    try await play()
    let report = try await run("report", "daily", "--date", "2026-03-13").output
    for words in ["0 of 2 coins", "of 5 stocks", "1 of 1 fund", "of 2 commodities"] {
      #expect(report.contains(words), "\(words)")
    }
    #expect(report.contains("**Demo data.**"))
  }
}
