import Support
import Testing

/// What cron mails: nothing where all went well, and what failed where something did.
@Suite struct QuietRunTests {
  private static let mood =
    #"{"name":"Fear and Greed Index","data":[{"value":"71","value_classification":"Greed","timestamp":"1758240000"}],"#
    + #""metadata":{"error":null}}"#

  private func run(
    _ flags: String..., in home: TemporaryHome, answering: @escaping LoopbackServer.Script
  ) async throws -> ApplianceProcess.Ended {
    let server = try LoopbackServer(answering)
    return try await ApplianceProcess(
      arguments: ["ingest", "--home", home.path] + flags,
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_BASE_URL": server.url]
    ).run()
  }

  @Test func `a run that nobody answers says so on standard error, and what to do`() async throws {
    let home = try TemporaryHome()
    let ended = try await run("--quiet", in: home) { _ in .status(501, [], "out of order") }
    #expect(ended.exit == 5)
    #expect(ended.output.isEmpty)
    #expect(ended.talk.hasPrefix("Failed: 0 new"))
    #expect(ended.talk.contains("  sentiment alternative.me      failed: "))
    #expect(ended.talk.hasSuffix("Next: appliance ingest --retry-failed --home \(home.path)\n"))
    #expect(home.names("backups").isEmpty, "there is nothing to back up")
  }

  @Test func `a run that failed in part says which, and the gate of status fails`() async throws {
    let home = try TemporaryHome()
    let ended = try await run("--quiet", "--only", "sentiment,etf-flows", in: home) { request in
      request.path.hasPrefix("/alternative-me/") ? .json(Self.mood) : .status(501, [], "out of order")
    }
    #expect(ended.exit == 3, "\(ended.talk)")
    #expect(ended.output.isEmpty)
    #expect(ended.talk.hasPrefix("Partly done; the rest is stored: 1 new"))
    #expect(ended.talk.contains("etf-flows BTC farside"))
    let gate = try await home.appliance("status", "--gate", "--quiet")
    #expect(gate.exit == 6)
    #expect(gate.talk.contains("run 1 failed in part: etf-flows"))
  }

  @Test func `a run that went well says nothing`() async throws {
    let home = try TemporaryHome()
    let ended = try await run("--quiet", "--only", "sentiment", in: home) { _ in .json(Self.mood) }
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.isEmpty)
    #expect(ended.talk.isEmpty)
  }

  @Test func `for programs the object says it all`() async throws {
    let ended = try await run("--quiet", "--json", in: try TemporaryHome()) { _ in .status(501, [], "out of order") }
    #expect(ended.exit == 5)
    #expect(ended.talk.isEmpty)
    #expect(ended.output.contains(#""outcome":"failed""#))
  }
}
