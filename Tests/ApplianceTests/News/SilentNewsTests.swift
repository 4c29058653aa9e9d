import Support
import Synchronization
import Testing

/// Feeds and questions that tell nothing, or that do not answer, and their lists on narrow terminals.
@Suite struct SilentNewsTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  private static let feed = """
    <rss><channel><title>Paper</title><item><title>Nickel rises</title><guid>1</guid></item></channel></rss>
    """

  private static let feedOfTomorrow = """
    <rss><channel><title>Ahead</title><item><title>Zinc falls</title><guid>2</guid>
    <pubDate>Sat, 20 Sep 2025 12:00:00 GMT</pubDate></item></channel></rss>
    """

  init() throws {
    home = try TemporaryHome()
    let looks = Mutex(0)
    server = try LoopbackServer { request in
      switch request.path {
      case "/rss/paper.example/feed", "/rss/feeds.content.paper.example/a/rather/long/way/to/the/second/feed":
        return .status(200, [("Content-Type", "application/rss+xml")], SilentNewsTests.feed)
      case "/rss/late.example/feed":
        // The first run asks until it is told that there is no use in it.
        let look = looks.withLock {
          $0 += 1
          return $0
        }
        return look == 1
          ? .status(404, [], "not here") : .status(200, [("Content-Type", "application/rss+xml")], SilentNewsTests.feed)
      case "/rss/ahead.example/feed":
        return request.header("if-none-match") == "\"a\""
          ? .status(304, [], "") : .status(200, [("ETag", "\"a\"")], SilentNewsTests.feedOfTomorrow)
      case "/newsapi/v2/everything": return .json(#"{"status":"ok","totalResults":0,"articles":[]}"#)
      default: return .status(404, [], "not here")
      }
    }
  }

  private func appliance(
    _ words: String..., at now: String = "2025-09-19T06:30:00Z", universe: String = "BTC",
    output: ApplianceProcess.Output = .captured
  ) async throws -> ApplianceProcess.Ended {
    let environment = [
      "APPLIANCE_NOW": now, "APPLIANCE_BASE_URL": server.url, "UNIVERSE": universe,
      "NEWSAPI_KEY": "newsapi-key-0123456789",
    ]
    return try await ApplianceProcess(
      arguments: words + ["--home", home.path], environment: environment, output: output
    ).run()
  }

  private func looks(_ path: String) -> Int { server.requests.count { $0.path == path } }

  @Test func `a feed that failed is due again after a quarter of an hour, and told until it answers`() async throws {
    _ = try await appliance("ingest", "--only", "quality", "--no-backup")
    _ = try await appliance("feed", "add", "https://late.example/feed", "--offline")
    let failed = try await appliance("ingest", "--only", "news", "--no-backup")
    #expect(failed.exit != 0, "\(failed.talk)")
    let before = looks("/rss/late.example/feed")
    _ = try await appliance("ingest", "--only", "news", "--no-backup", at: "2025-09-19T06:40:00Z")
    #expect(looks("/rss/late.example/feed") == before)
    let status = try await appliance("status", at: "2025-09-19T06:41:00Z")
    #expect(status.output.contains("its last step failed, at 2025-09-19T06:30:0"), "\(status.output)")
    _ = try await appliance("ingest", "--only", "news", "--no-backup", at: "2025-09-19T06:50:00Z")
    #expect(looks("/rss/late.example/feed") == before + 1)
    // What it says bears no date.
    let full = try await appliance("status", "--all", at: "2025-09-19T06:51:00Z")
    #expect(!full.output.contains("1970-01-01") && !full.output.contains("failed, at"), "\(full.output)")
    #expect(try await appliance("status", "--json").output.contains(#""group":"news","on_time":1,"late":0"#))
  }

  @Test func `what was to come is asked for once more when it has`() async throws {
    _ = try await appliance("ingest", "--only", "quality", "--no-backup")
    _ = try await appliance("feed", "add", "https://ahead.example/feed", "--offline")
    var items: [String] = []
    for time in ["2025-09-19T06:30:00Z", "2025-09-19T13:00:00Z", "2025-09-20T13:00:00Z", "2025-09-20T23:00:00Z"] {
      _ = try await appliance("ingest", "--only", "news", "--no-backup", at: time)
      items.append(
        try await appliance("query", "SELECT count(*) FROM news_item", "--format", "csv", at: time).output
          .split(separator: "\n").last.map(String.init) ?? "")
    }
    #expect(items == ["0", "0", "1", "1"])
    let asked = server.requests.filter { $0.path == "/rss/ahead.example/feed" }
      .map { $0.header("if-none-match") != nil }
    #expect(asked == [false, true, false, true])
  }

  @Test func `a question that nobody wrote about is on time`() async throws {
    let run = try await appliance("ingest", "--source", "newsapi", "--no-backup", universe: "BTC,news")
    #expect(run.exit == 0, "\(run.talk)")
    let told = try await appliance("status", "--all", "--json", universe: "BTC,news").output
    let states = told.split(separator: #""source":"newsapi""#).dropFirst()
    #expect(states.count == 2 && states.allSatisfy { $0.contains(#""state":"on_time""#) }, "\(told)")
  }

  @Test(arguments: [60, 80]) func `lines of lists differ on a narrow terminal`(columns: Int) async throws {
    _ = try await appliance("ingest", "--only", "quality", "--no-backup", universe: "BTC,GDP,GDPC1,macro")
    for address in [
      "https://paper.example/feed", "https://feeds.content.paper.example/a/rather/long/way/to/the/second/feed",
    ] {
      _ = try await appliance("feed", "add", address, "--offline", universe: "BTC,GDP,GDPC1,macro")
    }
    for (list, words) in [
      ("series", ["UNRATE", "GDPC1", "paper.exa", "feeds.cont"]), ("feed", ["https://paper.exa", "https://feeds"]),
    ] {
      let shown = try await appliance(
        list, "list", "--no-color", universe: "BTC,GDP,GDPC1,macro", output: .terminal(columns: columns)
      ).output
      let lines = shown.split(whereSeparator: \.isNewline)
      // A long table has its heading and its rule at its end, too.
      let rows = lines.filter { $0 != lines[0] && $0 != lines[1] }
      #expect(Set(rows).count == rows.count && rows.count >= 2, "\(shown)")
      #expect(words.allSatisfy(shown.contains), "\(shown)")
      #expect(lines.allSatisfy { $0.count <= columns }, "\(shown)")
    }
  }
}
