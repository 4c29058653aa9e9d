import Foundation
import Testing

@Suite struct IngestTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func ingest(_ home: TemporaryHome, _ arguments: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(arguments: ["ingest", "--home", home.path] + arguments).run()
  }

  @Test func `the summary for programs has the promised members`() async throws {
    let home = try TemporaryHome()
    let ended = try await ingest(home, "--replay", "demo", "--json")
    #expect(ended.exit == 0)
    let summary = try object(ended.output)
    #expect(Set(summary.keys) == ["version", "outcome", "run", "steps", "not_due", "backup", "next"])
    #expect(summary["not_due"] as? Int == 0)
    #expect(summary["version"] as? Int == 1)
    #expect(summary["outcome"] as? String == "done")
    let steps = try #require(summary["steps"] as? [[String: Any]])
    let always: Set = ["name", "outcome", "new", "changed", "unchanged", "refused", "requests", "bytes", "seconds"]
    #expect(steps.allSatisfy { always.isSubset(of: $0.keys) })
    #expect(
      Set(steps.compactMap { $0["name"] as? String }) == [
        "prices", "sentiment", "etf-flows", "snapshot", "quality", "summaries", "backup",
      ])
    #expect((summary["backup"] as? [String: Any])?["proven_at"] != nil)
  }

  @Test func `a second time nothing is new or changed, and the backup is said to be recent`() async throws {
    let home = try TemporaryHome()
    _ = try await ingest(home, "--replay", "demo", "--quiet")
    let summary = try object(try await ingest(home, "--replay", "demo", "--json").output)
    let steps = try #require(summary["steps"] as? [[String: Any]])
    #expect(steps.allSatisfy { $0["new"] as? Int == 0 && $0["changed"] as? Int == 0 })
    #expect(summary["backup"] is NSNull)
    #expect(home.names("backups").filter { $0.hasSuffix(".tar.zst") }.count == 1)
  }

  @Test func `one archive that was verified is not told of as all`() async throws {
    let home = try Record().home
    #expect(try await home.appliance("backup", "create").exit == 0)
    let ended = try await home.appliance(
      "ingest", "--offline", "--only", "backup", environment: ["APPLIANCE_NOW": "2025-10-19T22:30:00Z"])
    #expect((ended.output + ended.talk).contains("; the one archive verified"), "\(ended.output)\(ended.talk)")
  }

  @Test func `demo and live data never meet`() async throws {
    let home = try TemporaryHome()
    _ = try await ingest(home, "--replay", "demo", "--quiet", "--no-backup")
    let ended = try await ingest(home, "--offline", "--json")
    #expect(ended.exit == 1)
    #expect((try object(ended.output)["error"] as? String)?.contains("demo") == true)
  }

  @Test(arguments: [
    (["--only", "weather"], "there is no step 'weather'"), (["--asset", "GOLD"], "'GOLD' is not followed"),
    (["--since", "2999-01-01"], "lies in the future"), (["--since", "2024-02-30"], "2024-02-30"),
    (["--since", "2024-02-02", "--until", "2024-02-01"], "lies after"),
    (["--replay", "demo", "--offline"], "--replay"), (["--replay", "demo", "--force"], "--force"),
  ])
  func `wrong flags end with 64 before anything is touched`(arguments: [String], words: String) async throws {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(arguments: ["ingest", "--home", home.path] + arguments).run()
    #expect(ended.exit == 64)
    #expect(ended.talk.contains(words))
    #expect(home.names().isEmpty)
  }

  @Test func `a dry run tells what would be asked and leaves nothing behind`() async throws {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--dry-run", "--home", home.path], environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
    #expect(ended.exit == 0)
    #expect(ended.output.contains("GET /api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=1757109600000"))
    #expect(home.names().isEmpty)
  }

  @Test(arguments: [("ingest-dry-run", "", [String]()), ("ingest-dry-run-json", "BTC:1h", ["--json"])])
  func `a dry run tells of each provider what it would cost, in eighty columns`(
    golden: String, universe: String, flags: [String]
  ) async throws {
    let home = try TemporaryHome()
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--dry-run", "--home", home.path] + flags,
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "UNIVERSE": universe, "COLUMNS": "80"]
    ).run()
    #expect(ended.exit == 0)
    let widest = ended.output.split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 80 || flags == ["--json"])
    try Golden.expect(ended.output, isGolden: golden)
  }
}
