import Support
import Testing

/// News of providers that want a key, and Yahoo's headlines, against a server that plays them.
@Suite struct KeyedNewsTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  private static let feed = """
    <rss><channel><title>Yahoo</title><item><title>Chip maker tells more than was expected</title><guid>y1</guid>
    <link>https://wire.example/chips?.tsrc=rss</link><pubDate>Thu, 18 Sep 2025 10:00:00 +0000</pubDate></item>
    </channel></rss>
    """
  private static let sentiment = """
    {"items":"1","feed":[{"title":"Chip maker tells more than was expected","url":"https://wire.example/chips",
    "time_published":"20250918T100000","summary":"On chips.","ticker_sentiment":[{"ticker":"AAPL","relevance_score":"0.9",
    "ticker_sentiment_score":"-0.25"},{"ticker":"CRYPTO:BTC","relevance_score":"0.1","ticker_sentiment_score":"0.5"}]}]}
    """
  private static let insights = """
    {"status":"OK","results":[{"id":"p1","title":"Chips again","published_utc":"2025-09-18T10:05:00Z","article_url":
    "https://wire.example/chips#top","tickers":["AAPL","BRK.B"],"insights":[{"ticker":"AAPL","sentiment":"positive"}]}]}
    """
  private static let articles = """
    {"status":"ok","totalResults":1,"articles":[{"source":{"id":null,"name":"Wire"},"title":"Bitcoin \\u202Erises <b>","url":
    "https://wire.example/coins","description":"On coins.","publishedAt":"2025-09-18T11:00:00Z"}]}
    """

  init() throws {
    home = try TemporaryHome()
    server = try LoopbackServer { request in
      switch request.path {
      case "/yahoo/rss/2.0/headline": .status(200, [("Content-Type", "application/rss+xml")], KeyedNewsTests.feed)
      case "/alphavantage/query": .json(KeyedNewsTests.sentiment)
      case "/polygon/v2/reference/news": .json(KeyedNewsTests.insights)
      // A question to which nothing was written.
      case "/newsapi/v2/everything"
      where request.target.contains("stock") && request.header("x-api-key") == "newsapi-key-0123456789":
        .json(#"{"status":"ok","totalResults":0,"articles":[]}"#)
      case "/newsapi/v2/everything":
        request.header("x-api-key") == "newsapi-key-0123456789"
          ? .json(KeyedNewsTests.articles)
          : .status(401, [], #"{"status":"error","code":"apiKeyInvalid","message":"Your API key is invalid."}"#)
      default: .status(404, [], "not here")
      }
    }
  }

  private func appliance(
    _ words: String..., keys: Bool = true, newsKey: String = "newsapi-key-0123456789",
    at now: String = "2025-09-19T22:30:00Z"
  ) async throws -> ApplianceProcess.Ended {
    var environment = [
      "APPLIANCE_NOW": now, "APPLIANCE_BASE_URL": server.url, "UNIVERSE": "AAPL,BTC,news",
    ]
    if keys {
      environment["NEWSAPI_KEY"] = newsKey
      environment["POLYGON_API_KEY"] = "polygon-key-0123456789"
      environment["ALPHA_VANTAGE_API_KEY"] = "vantage-key-0123456789"
    }
    return try await ApplianceProcess(arguments: words + ["--home", home.path], environment: environment).run()
  }

  private func asked(_ provider: String) -> Int { server.requests.count { $0.path.hasPrefix("/\(provider)/") } }

  @Test func `what providers tell of one address is one article, with what each of them thinks`() async throws {
    let run = try await appliance("ingest", "--only", "news", "--no-backup")
    #expect(run.exit == 3, "\(run.output) \(run.talk)")  // The feeds of the table are not here.
    #expect(asked("yahoo") == 1 && asked("polygon") == 1 && asked("alphavantage") == 1 && asked("newsapi") == 2)
    let status = try await appliance("status", "--all").output
    #expect(status.contains("newsapi") && !status.contains("nothing stored yet"), "\(status)")
    let told = try await appliance("news", "--json").output
    #expect(told.split(separator: #""article_id":"#).count == 3, "\(told)")
    let query = """
      SELECT symbol, rule, relevance, sentiment, sentiment_source FROM article_mention
      JOIN news_article USING (article_id) WHERE url = 'https://wire.example/chips' ORDER BY symbol
      """
    let mentions = try await appliance("query", query, "--format", "csv").output
    #expect(
      mentions.split(separator: "\n").dropFirst().map { String($0.filter { !$0.isWhitespace }) } == [
        "AAPL,ticker,0.9,-0.25,alphavantage", "BRK-B,ticker,,,", "BTC,ticker,0.1,0.5,alphavantage",
      ], "\(mentions)")
    let coins = try await appliance("news", "BTC").output
    #expect(coins.contains("Bitcoin") && coins.contains("Chips") && !coins.contains("\u{202E}"), "\(coins)")
    #expect(coins.contains("NewsAPI"), "\(coins)")
    let items = try await appliance("export", "news_item", "--format", "csv").output
    #expect(items.contains("AAPL - 1.0") && items.contains("AAPL 0.9 -0.25"), "\(items)")
    let id = try #require(told.split(separator: #""article_id":"#).last?.prefix { $0.isNumber })
    let why = try await appliance("why", "article", String(id))
    #expect(why.exit == 0, "\(why.output) \(why.talk)")
    // Nothing is due any more, and nothing is told twice.
    _ = try await appliance("ingest", "--only", "news", "--no-backup")
    #expect(asked("yahoo") == 1 && asked("polygon") == 1 && asked("alphavantage") == 1 && asked("newsapi") == 2)
    let forced = try await appliance(
      "ingest", "--only", "news", "--source", "polygon", "--force", "--no-backup", "--json")
    #expect(
      forced.output.contains(#""new":0,"changed":0,"unchanged":2"#)
        || forced.output.contains(#""new":0,"changed":0,"unchanged":1"#), "\(forced.output)")
    #expect(try await appliance("rebuild", "--verify").exit == 0)
    let feeds = try await appliance("feed", "list").output
    #expect(feeds.contains("newsapi") && feeds.contains("alphavantage") && feeds.contains("yahoo"), "\(feeds)")
  }

  @Test func `bytes of their answers about news go when they are old, and what they said stays`() async throws {
    _ = try await appliance("ingest", "--only", "news", "--no-backup")
    // Nobody is asked again, as the same bytes would stay.
    _ = try await appliance(
      "ingest", "--only", "news", "--source", "newsapi", "--no-backup", keys: false, at: "2026-01-20T22:30:00Z")
    let gone = try await appliance(
      "query",
      "SELECT DISTINCT name FROM body_expiry JOIN fetch USING (fetch_id) JOIN source USING (source_id) ORDER BY 1",
      "--format", "csv")
    for source in ["alphavantage", "newsapi", "polygon", "yahoo"] {
      #expect(gone.output.contains(source), "\(gone.output) \(gone.talk)")
    }
    #expect(try await appliance("news", "--last", "200d", at: "2026-01-20T23:00:00Z").output.contains("Chip"))
    let rebuilt = try await appliance("rebuild", "--verify", at: "2026-01-20T23:00:00Z")
    #expect(rebuilt.exit == 0, "\(rebuilt.output) \(rebuilt.talk)")
  }

  @Test func `without a key nobody is asked, and one that is not taken is told with what to do`() async throws {
    let run = try await appliance("ingest", "--only", "news", "--no-backup", keys: false)
    #expect(asked("newsapi") + asked("polygon") + asked("alphavantage") == 0 && asked("yahoo") == 1)
    for setting in ["NEWSAPI_KEY", "POLYGON_API_KEY", "ALPHA_VANTAGE_API_KEY"] {
      #expect(run.talk.contains("skipped: needs \(setting)"), "\(run.talk)")
    }
    let wrong = try await appliance(
      "ingest", "--source", "newsapi", "--only", "news", "--no-backup", newsKey: "another-key-0123456789")
    #expect(
      wrong.exit == 4 && wrong.talk.contains("is invalid.; put the right one into .env as NEWSAPI_KEY=…"),
      "\(wrong.exit) \(wrong.talk)")
    #expect(asked("newsapi") == 1)
  }
}
