import Market
import Support
import Testing

@testable import Providers

extension Reading {
  /// The items of its only part, as rows.
  fileprivate var items: [FactRow] {
    guard let facts = parts.first?.facts else { return [] }
    return (0..<facts.count).map { FactRow(key: facts.key(at: $0), values: facts.figures(at: $0)) }
  }
}

extension FactRow {
  fileprivate subscript(field: FigureField) -> FigureValue {
    FactShape.newsItem.index(of: field).map { values[$0] } ?? .absent
  }
}

private let now = "2025-09-19T22:30:00Z"

@Suite struct NewsAPITests {
  private let request = NewsAPIReading.request("bitcoin OR \"hard fork\"", on: day("2025-09-19"))

  private func read(_ body: String, status: Int = 200) throws(ReadingError) -> Reading {
    try NewsAPI().read(answer(body, status: status, at: now), to: request)
  }

  private func articles(_ rows: String...) -> String {
    "{\"status\":\"ok\",\"totalResults\":9,\"articles\":[\(rows.joined(separator: ","))]}"
  }

  @Test func `each query is asked once a day about the two days that even a free key is told`() throws {
    let question = try #require(NewsAPI().questions.first)
    #expect((question.step, question.subject, question.needsKey) == (.news, .newsItem, true))
    let want = Want(question: question, span: time(now)...time(now), tickers: ["b", "a OR \"c\"", "b"])
    #expect(
      NewsAPI().requests(for: want, at: time(now)).map(\.target) == [
        "/v2/everything?q=a%20OR%20%22c%22&from=2025-09-17&to=2025-09-18&language=en&sortBy=publishedAt&pageSize=100",
        "/v2/everything?q=b&from=2025-09-17&to=2025-09-18&language=en&sortBy=publishedAt&pageSize=100",
      ])
    let windows = NewsAPI().profile.politeness.windows
    #expect(windows.map(\.limit) == [50, 100] && windows.map(\.seconds) == [43_200, 86_400])
    #expect(NewsAPI().profile.credential?.carrier == .header("x-api-key", prefix: ""))
  }

  @Test func `an article is an item of its query, under its address`() throws {
    let reading = try read(
      articles(
        #"{"title":"Coins &amp; <b>forks</b>","description":"A\nB","url":"https://wire.example/a?utm_source=x","publishedAt":"2025-09-18T10:00:00Z"}"#,
        #"{"title":"[Removed]","description":"[Removed]","url":"https://removed.com","publishedAt":"2025-09-18T10:00:00Z"}"#
      ))
    #expect(reading.parts[0].series.providerSymbol == "bitcoin OR \"hard fork\"" && reading.parts[0].refusals.isEmpty)
    let item = try #require(reading.items.first)
    #expect(reading.items.count == 1 && item.key == FactKey(.day(day("2025-09-18")), .text("https://wire.example/a")))
    #expect(item[.title] == .text("Coins & forks") && item[.summary] == .text("A B") && item[.tickers] == .absent)
    #expect(item[.publishedAt] == .whole(time("2025-09-18T10:00:00Z").epochSeconds))
  }

  @Test(arguments: [
    #"{"title":null,"url":"https://a.example/","publishedAt":"2025-09-18T10:00:00Z"}"#,
    #"{"title":" \u0007 ","url":"https://a.example/","publishedAt":"2025-09-18T10:00:00Z"}"#,
    #"{"title":7,"url":"https://a.example/","publishedAt":"2025-09-18T10:00:00Z"}"#,
    #"{"title":"A","url":"javascript:alert(1)","publishedAt":"2025-09-18T10:00:00Z"}"#,
    #"{"title":"A","url":"https://user@a.example/","publishedAt":"2025-09-18T10:00:00Z"}"#,
    #"{"title":"A","url":null,"publishedAt":"2025-09-18T10:00:00Z"}"#,
    #"{"title":"A","url":"https://a.example/","publishedAt":"yesterday"}"#,
    #"{"title":"A","url":"https://a.example/","publishedAt":"2025-09-18"}"#,
    #"{"title":"A","url":"https://a.example/","publishedAt":"2025-09-21T10:00:00Z"}"#,
    #"{"title":"A","url":"https://a.example/","publishedAt":null}"#, "7", "null", "[]",
  ])
  func `an article that cannot be believed costs itself`(row: String) throws {
    let good = #"{"title":"B","url":"https://b.example/","publishedAt":"2025-09-18T10:00:00Z"}"#
    let reading = try read(articles(row, good))
    #expect(reading.items.count == 1 && reading.parts[0].refusals.count == 1, "\(reading)")
  }

  @Test func `texts without end are cut or refused, and marks that turn the reading direction are text`() throws {
    let long = String(repeating: "word ", count: 2_000_000)
    func row(_ title: String, _ summary: String) -> String {
      #"{"title":"\#(title)","description":"\#(summary)","url":"https://a.example/","publishedAt":"2025-09-18T10:00:00Z"}"#
    }
    #expect(try read(articles(row(long, ""))).parts[0].refusals.map(\.reason) == [.outOfBounds])
    let summary = try #require(read(articles(row("A\u{202E}B", long))).items.first?[.summary].label)
    #expect(summary.utf8.count <= 4000 && summary.hasSuffix("…"))
  }

  @Test(arguments: [
    ("apiKeyMissing", 401), ("apiKeyInvalid", 401), ("apiKeyDisabled", 401),
  ])
  func `a key that is not taken is told as such`(code: String, status: Int) {
    let body = #"{"status":"error","code":"\#(code)","message":"Your API key is invalid."}"#
    #expect(
      fault { () throws(ReadingError) in try read(body, status: status) }
        == .keyRefused(message: "Your API key is invalid."))
    #expect(NewsAPIErrors.retry(answer(body, status: status)) == .final)
  }

  @Test(arguments: [
    ("apiKeyExhausted", "Too many.", 43_200),
    (
      "rateLimited",
      "You have made too many requests recently. Developer accounts are limited to 100 requests over a 24 hour period "
        + "(50 requests available every 12 hours).", 43_200
    ),
    ("rateLimited", "You have been rate limited. Back off for a while before trying the request again.", 60),
  ])
  func `a quota that is used up means half a day, a burst a minute`(code: String, words: String, rest: Int64) {
    let body = #"{"status":"error","code":"\#(code)","message":"\#(words)"}"#
    #expect(fault { () throws(ReadingError) in try read(body, status: 429) } == .throttled(retryAfter: rest))
    #expect(NewsAPIErrors.retry(answer(body, status: 429)) == .throttled(retryAfter: rest))
  }

  @Test(arguments: [
    (60, "60 s"), (600, "10 minutes"), (121, "3 minutes"), (43_200, "12 hours"), (40_000, "12 hours"),
    (604_800, "7 days"),
  ])
  func `how long to wait is told in words`(seconds: Int64, words: String) {
    #expect("\(ReadingError.throttled(retryAfter: seconds))" == "asked too often; try again in \(words)")
  }

  @Test func `what a plan leaves out is final`() {
    let plan = #"{"status":"error","code":"maximumResultsReached","message":"At most 100."}"#
    #expect(
      fault { () throws(ReadingError) in try read(plan, status: 426) } == .refused(status: 426, message: "At most 100.")
    )
    #expect(NewsAPIErrors.retry(answer(plan, status: 426)) == .final)
    let odd = #"{"status":"error","code":"unexpectedError","message":"Oops."}"#
    #expect(NewsAPIErrors.retry(answer(odd, status: 500)) == nil)
    #expect(fault { () throws(ReadingError) in try read(odd) } == .refused(status: 200, message: "Oops."))
  }

  @Test(arguments: [
    "{}", #"{"status":"ok"}"#, #"{"status":"no","articles":[]}"#, #"{"status":"ok","articles":{}}"#, "[]", "",
  ])
  func `what is no list of articles is refused`(body: String) {
    #expect(fault { () throws(ReadingError) in try read(body) } != nil)
  }

  @Test func `a list without an article has none`() throws { #expect(try read(articles()).items.isEmpty) }
}

@Suite struct ProviderNewsTests {
  @Test func `Alpha Vantage's scores stand beside its tickers, coins by their names, currencies not at all`() throws {
    let sample = try #require(Sample.news.first { $0.testDescription == "Alpha Vantage news" })
    let item = try #require(sample.reading(of: Array(sample.body.utf8))?.items.first)
    #expect(item[.tickers] == .text("BTC 0.1 0.0\nNVDA 0.9 -0.25"))
    #expect(item[.publishedAt] == .whole(time("2025-09-18T11:01:00Z").epochSeconds))
  }

  @Test(arguments: ["20260517T1101", "2026-05-17T11:01", "20261317T110100", "20260517 110100", "+0260517T110100", ""])
  func `what is no time of Alpha Vantage's is none`(text: String) { #expect(AlphaVantageNews.instant(text) == nil) }

  @Test func `Polygon's words are signs, and a class of shares stands behind a dash`() throws {
    let sample = try #require(Sample.news.first { $0.testDescription == "Polygon news" })
    let item = try #require(sample.reading(of: Array(sample.body.utf8))?.items.first)
    #expect(item[.tickers] == .text("BRK-B - -\nUBS - 1.0") && item[.tags] == .text("rates"))
    #expect(item.key == FactKey(.day(day("2025-09-18")), .text("8ec6")))
  }

  @Test func `without anything new Polygon's list is empty, null or absent`() throws {
    for results in [#""results":[],"#, #""results":null,"#, ""] {
      let body = "{\(results)\"status\":\"OK\"}"
      #expect(try Polygon().read(answer(body), to: PolygonNews.request).items.isEmpty)
    }
    #expect(throws: ReadingError.self) { try Polygon().read(answer("{}"), to: PolygonNews.request) }
  }

  @Test func `both are asked without tickers, and what they say in place of news is known`() throws {
    let ask: (any Provider) throws -> [String] = { provider in
      let question = try #require(provider.questions.first { $0.name == "news" })
      #expect(question.subject == .newsItem && question.repeatsItself && question.step == .news)
      return provider.requests(
        for: Want(question: question, span: time(now)...time(now), tickers: ["news"]), at: time(now)
      )
      .map(\.target)
    }
    #expect(try ask(AlphaVantage()) == ["/query?function=NEWS_SENTIMENT&sort=LATEST&limit=200"])
    #expect(try ask(Polygon()) == ["/v2/reference/news?order=desc&sort=published_utc&limit=200"])
    let spent = #"{"Information":"Our standard API rate limit is 25 requests per day."}"#
    guard
      case .throttled? = fault({ () throws(ReadingError) in
        try AlphaVantage().read(answer(spent), to: AlphaVantageNews.request)
      })
    else { return #expect(Bool(false)) }
    #expect(throws: ReadingError.empty) { try AlphaVantage().read(answer("{}"), to: AlphaVantageNews.request) }
    let plan = #"{"status":"NOT_AUTHORIZED","message":"not entitled"}"#
    #expect(throws: ReadingError.refused(status: 403, message: "not entitled")) {
      try Polygon().read(answer(plan, status: 403), to: PolygonNews.request)
    }
  }

  @Test func `Yahoo is asked for headlines about ten shares at a time, and not about futures or indices`() throws {
    let question = try #require(Yahoo().questions.first)
    #expect(question.fills == YahooHeadlines.series && question.subject == .bar)
    let shares = (1...11).map { "S\($0 + 10)" }
    let want = Want(
      question: question, span: time(now)...time(now), tickers: shares + ["GC=F", "^VIX", "DX-Y.NYB", "S11"])
    #expect(
      Yahoo().requests(for: want, at: time(now)).map(\.target) == [
        "//feeds.finance.yahoo.com/rss/2.0/headline?s=S11,S12,S13,S14,S15,S16,S17,S18,S19,S20&region=US&lang=en-US",
        "//feeds.finance.yahoo.com/rss/2.0/headline?s=S21&region=US&lang=en-US",
      ])
    let request = try #require(YahooHeadlines.requests(for: ["AAPL"]).first)
    let feed = """
      <rss><channel><title>Yahoo</title><item><title>A</title><guid>g</guid><link>https://a.example/?.tsrc=rss</link>
      <pubDate>Thu, 18 Sep 2025 10:00:00 +0000</pubDate></item></channel></rss>
      """
    let reading = try Yahoo().read(answer(feed), to: request)
    #expect(reading.parts[0].series == YahooHeadlines.series && reading.items[0][.url] == .text("https://a.example/"))
    // The same item in two feeds is two items of one address, each with its own words and its own corrections.
    let other = try Yahoo().read(answer(feed), to: try #require(YahooHeadlines.requests(for: ["CAT", "GE"]).first))
    let keys = [reading, other].flatMap(\.items).map(\.key.text)
    #expect(keys == ["g#AAPL", "g#CAT"])
    #expect(throws: ReadingError.throttled(retryAfter: nil)) {
      try Yahoo().read(answer("Too Many Requests", status: 429), to: request)
    }
    #expect(throws: ReadingError.self) { try Yahoo().read(answer("<html><body>Sorry</body></html>"), to: request) }
  }

  @Test func `a ticker reads back as it was written, each once, fifty at most`() throws {
    let all = [
      NewsTicker("BTC", relevance: 0.5, sentiment: -1), NewsTicker("AAPL"), NewsTicker("AAPL", relevance: 1),
      NewsTicker("V", relevance: 2, sentiment: .nan),
    ].compactMap(\.self)
    let text = try #require(NewsTicker.text(of: all))
    #expect(text == "AAPL - -\nBTC 0.5 -1.0\nV - -")
    #expect(NewsTicker.all(in: text) == [all[1], all[0], NewsTicker("V")].compactMap(\.self))
    #expect(NewsTicker.text(of: []) == nil && NewsTicker.all(in: "a b\n\nx 1 1\n").isEmpty)
    for bad in ["", "aapl", "A B", "A\n", "Ä", String(repeating: "A", count: 21)] { #expect(NewsTicker(bad) == nil) }
    #expect(NewsTicker.all(in: NewsTicker.text(of: (100...999).compactMap { NewsTicker("S\($0)") }) ?? "").count == 50)
  }
}

/// Recorded answers, each read or refused as the notes beside them say.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedNewsTests {
  @Test(arguments: ["everything-2017.json", "everything-2022-totalResults-5416.json"])
  func `NewsAPI's articles are all read`(file: String) throws {
    let request = NewsAPIReading.request("x", on: day("2022-02-01"))
    let reading = try NewsAPI().read(answer(recorded("newsapi/\(file)"), at: "2022-02-01T00:00:00Z"), to: request)
    #expect(reading.items.count == 20 && reading.parts[0].refusals.isEmpty, "\(reading.parts[0].refusals)")
  }

  @Test func `a list of sources is none of articles, and a wrong key is told`() throws {
    let request = NewsAPIReading.request("x", on: day("2022-02-01"))
    #expect(throws: ReadingError.self) {
      try NewsAPI().read(answer(recorded("newsapi/sources-2017.json")), to: request)
    }
    let refused = try answer(recorded("newsapi/error-apiKeyInvalid.json"), status: 401)
    #expect(throws: ReadingError.keyRefused(message: "Your API key is invalid or incorrect.")) {
      try NewsAPI().read(refused, to: request)
    }
  }

  @Test func `Alpha Vantage's fifty articles are read with their tickers`() throws {
    let body = try recorded("alphavantage/NEWS_SENTIMENT-AAPL.json")
    let reading = try AlphaVantage().read(answer(body, at: "2026-05-17T12:00:00Z"), to: AlphaVantageNews.request)
    #expect(reading.items.count == 50 && reading.parts[0].refusals.isEmpty)
    #expect(reading.items.allSatisfy { $0[.tickers].label?.contains("AAPL ") == true })
  }

  @Test(arguments: [
    "error-information-25-per-day.json", "error-information-premium-endpoint.json", "error-message-invalid-apikey.json",
    "error-message-invalid-call.json", "error-note-5-per-minute.json", "information-demo-key.json",
    "MARKET_STATUS.json",
  ])
  func `what Alpha Vantage says in place of news is refused`(file: String) throws {
    let body = try recorded("alphavantage/\(file)")
    #expect(throws: ReadingError.self) { try AlphaVantage().read(answer(body), to: AlphaVantageNews.request) }
  }

  @Test(arguments: [
    ("reference-news-NFLX.json", "AMZN - -\nMSFT - -\nNFLX - -\nTSN - -"), ("spec-reference-news.json", "UBS - 1.0"),
  ])
  func `Polygon's articles are read with what is thought of their shares`(file: String, tickers: String) throws {
    let reading = try Polygon().read(answer(recorded("polygon/\(file)")), to: PolygonNews.request)
    #expect(reading.items.map { $0[.tickers] } == [.text(tickers)] && reading.parts[0].refusals.isEmpty)
  }
}
