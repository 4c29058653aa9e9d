import Foundation
import Support
import Testing

/// The commands about feeds, against a server that plays a publisher.
@Suite struct FeedCommandTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  private static let feed = """
    <rss version="2.0"><channel><title>The Paper</title>
    <item><title>Bitcoin \u{202E}rises\u{7} &lt;b&gt;again&lt;/b&gt; | [x](javascript:alert(1))</title><link>/a</link>
    <guid isPermaLink="false">1</guid><pubDate>Fri, 19 Sep 2025 20:00:00 GMT</pubDate>
    <description>&lt;script&gt;alert(1)&lt;/script&gt;Markets moved.</description></item>
    <item><title>Something else</title><link>javascript:alert(1)</link><guid>2</guid>
    <pubDate>Fri, 19 Sep 2025 19:00:00 GMT</pubDate></item></channel></rss>
    """

  init() async throws {
    home = try TemporaryHome()
    server = try LoopbackServer { request in
      switch request.path {
      case "/paper.example/": .status(200, [("Content-Type", "text/html")], FeedCommandTests.page)
      case "/paper.example/feed.xml": .status(200, [("Content-Type", "application/rss+xml")], FeedCommandTests.feed)
      case "/plain.example/": .status(200, [("Content-Type", "text/html")], "<html><body>no feed</body></html>")
      case "/paper.example/later":
        .status(
          200, [("Content-Type", "application/rss+xml")],
          "<rss><channel><item><title>Bank of RISES grows</title><guid>9</guid></item></channel></rss>")
      default: .status(404, [], "not here")
      }
    }
    // Feeds are those of a record.
    #expect(try await appliance("feed", "list").exit == 10)
    #expect(try await appliance("feed", "add", "paper.example", "--offline").exit == 10)
    #expect(!FileManager.default.fileExists(atPath: home.file("appliance.db")))
    _ = try await appliance("ingest", "--only", "quality", "--no-backup")
  }

  private static let page = """
    <!doctype html><html><head><title>Paper</title>
    <link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hello<br></body></html>
    """

  private func appliance(_ words: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path],
      environment: [
        "APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_RSS_BASE_URL": server.url, "UNIVERSE": "BTC",
      ]
    ).run()
  }

  @Test func `a feed is found by its page, listed, read and removed`() async throws {
    let added = try await appliance("feed", "add", "paper.example", "--name", "Paper", "--group", "macro", "--json")
    #expect(added.exit == 0, "\(added.talk)")
    #expect(added.output.contains(#""address":"https://paper.example/feed.xml","name":"Paper","title":"The Paper""#))
    #expect(
      try await appliance("feed", "list", "--format", "csv").output.contains(
        "Paper,news,0,,asked,https://paper.example/feed.xml,macro"))
    let run = try await appliance("ingest", "--only", "news", "--no-backup", "--json")
    #expect(run.output.contains(#""new":2"#), "\(run.output) \(run.talk)")
    #expect(run.output.contains(#""source":"rss","series":"Paper","outcome":"done""#), "\(run.output)")
    #expect(try await appliance("feed", "add", "https://paper.example/feed.xml").output.contains("asked already"))
    let removed = try await appliance("feed", "remove", "paper")
    #expect(removed.output.contains("Paper: not asked any more; its 2 items stay"))
    #expect(!(try await appliance("feed", "list").output.contains("Paper")))
    #expect(try await appliance("feed", "list", "--all").output.contains("removed"))
    #expect(try await appliance("news").output.contains("Something else"))
    let cut = try await appliance("news", "--limit", "1")
    #expect(cut.talk.contains("there are older ones; --limit takes more than 1"), "\(cut.talk)")
    #expect(try await appliance("news", "--limit", "1", "--json").output.contains(#""cut":true"#))
    #expect(try await appliance("news", "--limit", "2", "--json").output.contains(#""cut":false"#))
    let sought = try await appliance("news", "--search", "-bitcoin something")
    #expect(sought.output.contains("Something else") && sought.exit == 0, "\(sought.talk)")
  }

  @Test func `what is said of a feed stays until something else is said, and it has one name`() async throws {
    let added = try await appliance("feed", "add", "paper.example")
    #expect(added.output.contains("paper.example: asked from now on"), "\(added.output)")
    #expect(added.output.contains("The Paper"))
    #expect(try await appliance("feed", "list", "--format", "csv").output.contains("paper.example,news,0,,asked,"))
    #expect(try await appliance("feed", "remove", "paper.example").exit == 0)
    _ = try await appliance("feed", "add", "paper.example", "--name", "My Feed", "--group", "crypto")
    let again = try await appliance("feed", "add", "paper.example", "--kind", "social")
    #expect(again.output.contains("My Feed: asked already; noted as said"), "\(again.output)")
    let row = "My Feed,social,0,,asked,https://paper.example/feed.xml,crypto"
    #expect(try await appliance("feed", "list", "--format", "csv").output.contains(row))
    #expect(try await appliance("feed", "add", "paper.example", "--json").output.contains(#""changed":false"#))
    #expect(try await appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `what is no feed changes nothing and says why`() async throws {
    _ = try await appliance("feed", "add", "paper.example")
    let plain = try await appliance("feed", "add", "https://plain.example/")
    #expect(plain.exit == 1)
    #expect(plain.talk.contains("https://plain.example/ is no feed, and names none; nothing was changed"))
    let gone = try await appliance("feed", "add", "https://plain.example/feed")
    #expect(gone.exit == 1)
    #expect(gone.talk.contains("nothing was changed"))
    #expect(try await appliance("feed", "add", "ftp://plain.example/").exit == 64)
    #expect(try await appliance("feed", "add", "javascript:alert(1)").exit == 64)
    #expect(try await appliance("feed", "add", "https://x.example/", "--group", "No Slug").exit == 64)
    let unknown = try await appliance("feed", "remove", "papers.example")
    #expect(unknown.exit == 1)
    #expect(unknown.talk.contains("no feed is called papers.example"))
    #expect(try await appliance("feed", "list", "--format", "csv").output.split(separator: "\n").count == 2)
    #expect(try await appliance("feed", "add", "https://later.example/rss", "--offline").exit == 0)
    #expect(try await appliance("feed", "list", "--format", "csv").output.split(separator: "\n").count == 3)
  }

  @Test func `an asset is found by its symbol where that is wanted, also in what was told before`() async throws {
    _ = try await appliance("feed", "add", "paper.example", "--offline")
    _ = try await appliance("asset", "add", "RISES", "--class", "stock", "--offline")
    _ = try await appliance("feed", "add", "https://paper.example/later", "--offline")
    _ = try await appliance("ingest", "--only", "news", "--no-backup")
    #expect(!(try await appliance("news", "RISES").output.contains("Bank of")))
    let edit = try await appliance("asset", "edit", "RISES", "--match", "symbol")
    #expect(edit.exit == 0 && edit.output.contains("news name it by its symbol too"), "\(edit.output) \(edit.talk)")
    #expect(try await appliance("news", "RISES").output.contains("Bank of RISES grows"))
    #expect(try await appliance("rebuild", "--verify").exit == 0)
    #expect(try await appliance("asset", "edit", "RISES", "--meta", "match=symbol").talk.contains("--match symbol"))
    _ = try await appliance("asset", "edit", "RISES", "--match", "name")
    #expect(!(try await appliance("news", "RISES").output.contains("Bank of")))
    #expect(try await appliance("rebuild", "--verify").exit == 0)
    #expect(try await appliance("asset", "edit", "BTC", "--match", "loudly").exit == 64)
  }

  @Test func `a line of a run names its feed as the list does`() async throws {
    _ = try await appliance("feed", "add", "https://later.example/rss", "--offline")
    let run = try await appliance("ingest", "--only", "news", "--no-backup")
    #expect(run.talk.contains("news later.example rss"), "\(run.talk)")
  }

  @Test func `what a feed says does nothing to a screen or a document`() async throws {
    _ = try await appliance("feed", "add", "paper.example")
    _ = try await appliance("ingest", "--only", "news", "--no-backup")
    let shown = try await appliance("news", "BTC", "-v")
    #expect(shown.output.contains(#"Bitcoin \u{202e}rises again | [x](javascript:alert(1))"#), "\(shown.output)")
    #expect(!shown.output.contains("\u{202E}"))
    #expect(!shown.output.contains("Something else"))
    let told = try await appliance("news", "--json")
    #expect(told.output.contains(#""url":"https://paper.example/a""#))
    #expect(told.output.contains(#""summary":"Markets moved.""#))
    #expect(told.output.contains(#""title":"Something else","summary":null,"url":null"#))
    let markdown = try await appliance("export", "news_article", "--format", "md")
    #expect(markdown.output.contains("\\|"), "\(markdown.output)")
    #expect(!markdown.output.contains("<b>"))
    // A form for people; of data every character is kept.
    #expect(markdown.output.contains("Bitcoin \\\\u{202e}rises") && !markdown.output.contains("\u{202E}"))
    #expect(try await appliance("export", "news_article", "--format", "csv").output.contains("Bitcoin \u{202E}rises"))
    let table = try await appliance("show", "news_article", "--last", "3d")
    #expect(!table.output.contains("\u{202E}"))
  }
}
