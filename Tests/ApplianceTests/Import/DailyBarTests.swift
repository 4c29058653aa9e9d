import Foundation
import Schema
import Testing

/// The days of all assets, as they lie beside the backups: what a person finds there comes back into a record.
@Suite struct DailyBarTests {
  private let home: TemporaryHome
  private let other: TemporaryHome

  init() throws {
    home = try TemporaryHome()
    other = try TemporaryHome()
  }

  private func run(_ home: TemporaryHome, _ words: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path],
      environment: ["UNIVERSE": "", "APPLIANCE_NOW": home === other ? "2026-11-01T00:00:00Z" : ""]
    ).run()
  }

  private func csv(_ dataset: String) throws -> String {
    let name = try #require(home.names("backups/csv").first { $0.hasPrefix("\(dataset)_2026") })
    return try #require(home.text("backups/csv/\(name)"))
  }

  @Test func `a backup holds as CSV what export gives, the days among it`() async throws {
    #expect(try await run(home, "ingest", "--replay", "demo", "--quiet").exit == 0)
    for dataset in NamedDataset.backedUp.map(\.name) {
      #expect(try csv(dataset) == (try await run(home, "export", dataset).output), "\(dataset)")
    }
    let days = try csv("daily_bar").split(separator: "\n")
    #expect(days.first == "asset,ts_utc,open,high,low,close,volume,source")
    #expect(days.contains("JPM,2026-03-13T00:00:00Z,256.46,258.66,251.42,252.11,9784600,yahoo"))
    let (coins, shares, futures) = (2 * 362, 5 * 250 + 249, 2 * 257)
    #expect(days.count == 1 + coins + shares + futures)
  }

  @Test func `the days come back from it, each into the series of its asset and source`() async throws {
    #expect(try await run(home, "ingest", "--replay", "demo", "--quiet").exit == 0)
    let text = try csv("daily_bar")
    let path = other.file("days.csv")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let ended = try await run(other, "import", path)
    #expect(ended.exit == 0, "\(ended.output)\(ended.talk)")
    let again = try await run(other, "export", "daily_bar").output.replacing("-archive", with: "")
    #expect(again.split(separator: "\n").sorted() == text.split(separator: "\n").sorted())
    let twice = try await run(other, "import", path, "--json")
    #expect(twice.exit == 0 && !twice.output.contains("\"new\":1"))
    #expect(try await run(other, "rebuild", "--verify").exit == 0)
  }

  @Test func `what is computed from tables is not restored by itself, and says what is`() async throws {
    #expect(try await run(home, "ingest", "--replay", "demo", "--quiet").exit == 0)
    let archive = try #require(home.names("backups").first { $0.hasSuffix(".zst") })
    let ended = try await run(home, "backup", "restore", home.file("backups/\(archive)"), "--table", "daily_bar")
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("what can be is bar,"))
  }
}
