import Support
import Testing

/// What stays of news: in archives, beyond ninety days, and on narrow screens; against a server that plays a publisher.
@Suite struct KeptNewsTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  private static let feed = """
    <rss version="2.0"><channel><title>The Paper</title>
    <item><title>Bitcoin \u{202E}rises\u{7} above \u{1B}[31mall\u{1B}[0m expectations of everybody who \u{2066}watched\u{2069} it for \
    the whole of a long week</title><link>https://paper.example/a</link><guid isPermaLink="false">1</guid>
    <pubDate>Fri, 19 Sep 2025 20:00:00 GMT</pubDate><description>Turnips moved.</description></item>
    <item><title>שוק המניות עולה and a title that is longer than the narrowest of all screens is wide</title>
    <link>https://paper.example/b</link><guid isPermaLink="false">2</guid>
    <pubDate>Fri, 19 Sep 2025 19:00:00 GMT</pubDate></item></channel></rss>
    """

  init() throws {
    home = try TemporaryHome()
    server = try LoopbackServer { request in
      request.path == "/paper.example/feed.xml"
        ? .status(200, [("Content-Type", "application/rss+xml")], KeptNewsTests.feed) : .status(404, [], "not here")
    }
  }

  private func appliance(
    _ words: String..., at now: String = "2025-09-19T22:30:00Z", more: [String: String] = [:],
    output: ApplianceProcess.Output = .captured, home: TemporaryHome? = nil
  ) async throws -> ApplianceProcess.Ended {
    let environment = ["APPLIANCE_NOW": now, "APPLIANCE_RSS_BASE_URL": server.url, "UNIVERSE": "BTC"]
    return try await ApplianceProcess(
      arguments: words + ["--home", (home ?? self.home).path], environment: environment.merging(more) { $1 },
      output: output
    ).run()
  }

  private func filled() async throws {
    _ = try await appliance("ingest", "--only", "quality", "--no-backup")
    _ = try await appliance("feed", "add", "https://paper.example/feed.xml", "--offline")
    let run = try await appliance("ingest", "--only", "news", "--no-backup", "--json")
    #expect(run.output.contains(#""new":2"#), "\(run.output) \(run.talk)")
  }

  @Test func `words are found in a file that came back from an archive`() async throws {
    try await filled()
    let made = try await appliance("backup", "create", "--json")
    #expect(made.exit == 0, "\(made.talk)")
    let copy = home.path + "/copy.db"
    let back = try await appliance("backup", "restore", "--at", "2025-09-20", "--to", copy)
    #expect(back.exit == 0, "\(back.talk)")
    for words in [["turnips"], ["המניות"], ["bitcoin", "expectations"]] {
      let found = try await ApplianceProcess(
        arguments: ["news", "--search", words.joined(separator: " "), "--json", "--db", copy, "--last", "30d"],
        environment: ["APPLIANCE_NOW": "2025-09-20T01:00:00Z"]
      ).run()
      #expect(found.output.ranges(of: #""title":"#).count == 1, "\(words) \(found.output) \(found.talk)")
    }
    let rebuilt = try await ApplianceProcess(
      arguments: ["rebuild", "--verify", "--db", copy], environment: ["APPLIANCE_NOW": "2025-09-20T01:00:00Z"]
    ).run()
    #expect(rebuilt.exit == 0, "\(rebuilt.talk)")
  }

  @Test func `bytes of feeds go after ninety days unless they are to be kept, and vault says how many`() async throws {
    try await filled()
    // What was told again and again stays as long as that.
    #expect(try await appliance("feed", "remove", "paper.example").exit == 0)
    let late = "2026-01-10T12:00:00Z"
    let wrong = try await appliance(
      "ingest", "--only", "news", "--no-backup", at: late, more: ["KEEP_FEED_BODIES": "sometimes"])
    #expect(wrong.exit == 64)
    #expect(wrong.talk.contains("KEEP_FEED_BODIES: 'sometimes' is neither 90d nor forever"), "\(wrong.talk)")
    _ = try await appliance("ingest", "--only", "news", "--no-backup", at: late, more: ["KEEP_FEED_BODIES": "forever"])
    #expect(try await appliance("vault", "--json", at: late).output.contains(#""let_go":{"answers":0,"bytes":0}"#))
    let run = try await appliance("ingest", "--only", "news", "--no-backup", at: "2026-01-10T13:00:00Z")
    #expect(run.exit == 0, "\(run.talk)")
    #expect(run.talk.contains("let go of the bytes of 1 answer of feeds"), "\(run.talk)")
    let told = try await appliance("vault", "--json", at: late).output
    #expect(told.contains(#""let_go":{"answers":1,"bytes":"#) && !told.contains(#""let_go":{"answers":1,"bytes":0}"#))
    #expect(try await appliance("vault", at: late).talk.contains("KEEP_FEED_BODIES=forever"))
    #expect(try await appliance("vault", "--help").output.contains("KEEP_FEED_BODIES"))
    #expect(try await appliance("news", "--last", "200d", "--json", at: late).output.contains("Turnips moved."))
    #expect(try await appliance("rebuild", "--verify", at: late).exit == 0)
  }

  @Test(arguments: [30, 40, 80])
  func `headlines fit a narrow screen, and none of them moves its cursor`(columns: Int) async throws {
    try await filled()
    let shown = try await appliance("news", "--last", "3d", output: .terminal(columns: columns))
    #expect(shown.exit == 0, "\(shown.talk)")
    let lines = shown.output.replacing("\r\n", with: "\n").split(separator: "\n")
    #expect(!lines.isEmpty)
    // The program's own colours aside, nothing that a terminal acts on.
    let plain = lines.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
    for line in plain {
      #expect(line.count <= columns, "\(line)")
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "\(line)")
      for mark in ["\u{202E}", "\u{2066}", "\u{2069}"] { #expect(!line.contains(mark), "\(line)") }
    }
    #expect(!shown.output.contains("\u{1B}[31mall"))
    #expect(plain.joined(separator: " ").contains("Bitcoin"))
  }
}
