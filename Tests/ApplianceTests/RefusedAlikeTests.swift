import Support
import Testing

/// One provider that refuses all that a run asks it for.
@Suite struct RefusedAlikeTests {
  @Test func `many series refused alike are a few lines as they go, and one at the end`() async throws {
    let home = try TemporaryHome()
    let server = try LoopbackServer { _ in .status(429, [("Retry-After", "600")], "Too Many Requests") }
    let symbols = (10..<25).map { "QA\($0)" }
    _ = try await ApplianceProcess(
      arguments: ["asset", "add", "--class", "fund", "--offline", "--home", home.path] + symbols
    ).run()
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--only", "prices", "--asset", symbols.joined(separator: ","), "--home", home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_YAHOO_BASE_URL": server.url]
    ).run()
    #expect(ended.exit == 5, "\(ended.talk)")
    #expect(ended.talk.split(separator: "\n").count { $0.contains("prices QA") } == 3, "\(ended.talk)")
    #expect(ended.output.contains("  prices yahoo                  15 series failed: "), "\(ended.output)")
    #expect(ended.output.contains("QA10, QA11, QA12 and 12 more"), "\(ended.output)")
  }
}
