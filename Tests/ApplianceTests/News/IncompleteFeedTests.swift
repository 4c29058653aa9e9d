import Support
import Testing

/// Feeds of which not all is read: what is missing is said.
@Suite struct IncompleteFeedTests {
  private static func item(_ number: Int, _ text: String = "plain") -> String {
    "<item><title>Story \(number) of many</title><link>/\(number)</link><guid>\(number)</guid>"
      + "<pubDate>Fri, 19 Sep 2025 20:00:00 GMT</pubDate><description>\(text)</description></item>"
  }

  private func run(_ feed: String, _ flags: String...) async throws -> ApplianceProcess.Ended {
    let home = try TemporaryHome()
    let text = "<rss version=\"2.0\"><channel><title>Paper</title>\(feed)"
    let server = try LoopbackServer { request in
      request.path == "/paper.example/feed.xml"
        ? .status(200, [("Content-Type", "application/rss+xml")], text) : .status(404, [], "not here")
    }
    func appliance(_ words: [String]) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: words + ["--home", home.path],
        environment: [
          "APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_RSS_BASE_URL": server.url, "UNIVERSE": "BTC",
        ]
      ).run()
    }
    _ = try await appliance(["ingest", "--offline", "--no-backup", "--quiet"])
    _ = try await appliance(["feed", "add", "https://paper.example/feed.xml", "--name", "Paper"])
    return try await appliance(["ingest", "--only", "news", "--no-backup"] + flags)
  }

  @Test(arguments: ["", String(repeating: "<b>", count: 300)])
  func `a feed that ends too early, or is nested too deep, is partly read and says so`(damage: String) async throws {
    let cut = Self.item(1) + "<item><title>Cut</title><description>\(damage)"
    let ended = try await run(cut)
    #expect(ended.exit == 3)
    #expect(ended.output.contains("partly: read in part: ") && ended.output.contains("1 new"), "\(ended.output)")
  }

  @Test func `older items beyond those that one answer may bring are counted`() async throws {
    let many = (0..<2005).map { Self.item($0) }.joined() + "</channel></rss>"
    let ended = try await run(many)
    #expect(ended.exit == 0)
    #expect(
      ended.output.contains("2,000 new, 0 changed, 0 unchanged, 1 request; 5 older items left out"), "\(ended.output)")
    #expect(try await run(many, "--json").output.contains(#""detail":"5 older items left out""#))
  }
}
