import Formats
import Market
import Providers

extension FuzzTarget {
  /// What providers tell of articles and of filings.
  static let news: [FuzzTarget] = [
    articles(
      of: NewsAPI(),
      """
      {"status":"ok","totalResults":2,"articles":[{"source":{"id":null,"name":"Wire"},"title":"Coins \\u2013 up","url":
      "https://wire.example/a?utm_source=x","description":"<b>Up</b>","publishedAt":"2025-09-18T10:00:00Z"},{"title":
      "[Removed]","url":"https://removed.com","publishedAt":"2025-09-18T11:00:00Z"}]}
      """, #"{"status":"error","code":"apiKeyInvalid","message":"No."}"#),
    articles(
      of: AlphaVantage(),
      """
      {"items":"1","feed":[{"title":"Chips","url":"https://wire.example/c","time_published":"20250918T110100","summary":"S",
      "ticker_sentiment":[{"ticker":"NVDA","relevance_score":"0.9","ticker_sentiment_score":"-0.25"},{"ticker":
      "CRYPTO:BTC","relevance_score":"1e-1"}]}]}
      """, #"{"Information":"Our standard API rate limit is 25 requests per day."}"#),
    articles(
      of: Polygon(),
      """
      {"results":[{"id":"8ec6","title":"Rates","published_utc":"2025-09-18T18:33:53Z","article_url":
      "https://wire.example/d","tickers":["UBS","BRK.B"],"keywords":["rates"],"insights":[{"ticker":"UBS","sentiment":
      "positive"}]}],"status":"OK"}
      """, #"{"status":"ERROR","error":"Unknown API Key"}"#),
    FuzzTarget(
      "filings",
      texts: [
        """
        {"cik":"0000320193","filings":{"recent":{"accessionNumber":["0000320193-25-000081","0000320193-25-000080"],
        "filingDate":["2025-08-02","2025-08-01"],"form":["10-Q","8-K"],"items":["","2.02"],"primaryDocument":["a.htm",
        "../b"]},"files":[]}}
        """, #"{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."}}"#,
      ], payloads: "payloads/sec"
    ) { bytes in
      let answer = Answer(status: 200, headers: [], body: bytes, receivedAt: madeAt)
      let list = Request(
        provider: "sec", host: RequestHost("www.sec.gov"), path: "/files/company_tickers.json")
      if let told = try? SEC().read(answer, to: list), !told.parts.isEmpty {
        return "a list of tickers tells of events"
      }
      let request = Request(provider: "sec", path: "/submissions/CIK0000320193.json#AAPL")
      guard let part = (try? SEC().read(answer, to: request))?.parts.first else { return nil }
      if part.series.providerSymbol != "AAPL" { return "filings of \(part.series)" }
      let links = (0..<part.facts.count).map { figure(.url, of: part.facts, at: $0, FactShape.eventItem) }
      return links.allSatisfy { $0?.hasPrefix("https://www.sec.gov/Archives/edgar/data/320193/") == true }
        ? nil : "a link elsewhere"
    },
  ]

  private static func figure(_ field: FigureField, of facts: Facts, at row: Int, _ shape: FactShape) -> String? {
    shape.index(of: field).flatMap { facts.figures(at: row)[$0].label }
  }

  private static func articles(of provider: any Provider, _ texts: String...) -> FuzzTarget {
    let requests = provider.questions.filter { $0.name == "news" }.flatMap { question in
      provider.requests(for: Want(question: question, span: madeAt...madeAt, tickers: ["news"]), at: madeAt)
    }
    let name = provider.profile.name
    return FuzzTarget("news-\(name)", texts: texts, payloads: "payloads/\(name)") { bytes in
      for request in requests {
        let answer = Answer(status: 200, headers: [], body: bytes, receivedAt: madeAt)
        guard let part = (try? provider.read(answer, to: request))?.parts.first else { continue }
        if part.series.provider != name || part.series.dataset != .newsItem { return "articles of \(part.series)" }
        for row in 0..<part.facts.count { if let fault = fault(of: part.facts, at: row) { return fault } }
      }
      return nil
    }
  }

  private static func fault(of facts: Facts, at row: Int) -> String? {
    let shape = FactShape.newsItem
    let title = figure(.title, of: facts, at: row, shape) ?? ""
    if title.isEmpty || title.utf8.count > FeedItem.longestTitle { return "a title of \(title.utf8.count) bytes" }
    let link = figure(.link, of: facts, at: row, shape) ?? ""
    if !link.hasPrefix("http://"), !link.hasPrefix("https://") { return "the link \(link)" }
    for text in [title, figure(.summary, of: facts, at: row, shape) ?? "", link] {
      if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "a control character" }
    }
    guard let tickers = figure(.tickers, of: facts, at: row, shape) else { return nil }
    return NewsTicker.text(of: NewsTicker.all(in: tickers)) == tickers ? nil : "tickers that do not come back"
  }
}
