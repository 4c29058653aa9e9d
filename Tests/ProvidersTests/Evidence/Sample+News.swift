@testable import Providers

extension Sample {
  /// What tells of articles and of filings.
  static let news = [
    Sample(
      testDescription: "NewsAPI", provider: NewsAPI(),
      request: NewsAPIReading.request("bitcoin", on: day("2025-09-19")),
      body: """
        {"status":"ok","totalResults":2,"articles":[{"source":{"id":null,"name":"Wire"},"author":null,"title":"Coins \\u2013 up",
        "description":"<b>Up</b> again","url":"https://wire.example/a?utm_source=x","publishedAt":"2025-09-18T10:00:00Z"},
        {"title":"Second","url":"https://wire.example/b","publishedAt":"2025-09-18T11:00:00Z","content":"…"}]}
        """),
    Sample(
      testDescription: "Alpha Vantage news", provider: AlphaVantage(), request: AlphaVantageNews.request,
      body: """
        {"items":"1","feed":[{"title":"Chips","url":"https://wire.example/c","time_published":"20250918T110100","authors":[],
        "summary":"On chips.","overall_sentiment_score":0.22,"ticker_sentiment":[{"ticker":"NVDA","relevance_score":"0.9",
        "ticker_sentiment_score":"-0.25","ticker_sentiment_label":"Bearish"},{"ticker":"CRYPTO:BTC",
        "relevance_score":"0.1","ticker_sentiment_score":"0"},{"ticker":"FOREX:USD","relevance_score":"1.0"}]}]}
        """),
    Sample(
      testDescription: "Polygon news", provider: Polygon(), request: PolygonNews.request,
      body: """
        {"results":[{"id":"8ec6","publisher":{"name":"Wire"},"title":"Rates","published_utc":"2025-09-18T18:33:53Z",
        "article_url":"https://wire.example/d","tickers":["UBS","BRK.B"],"description":"On rates.","keywords":["rates"],
        "insights":[{"ticker":"UBS","sentiment":"positive","sentiment_reasoning":"…"}]}],"status":"OK","count":1}
        """),
    Sample(
      testDescription: "SEC filings", provider: SEC(), request: SECAddress.submissions(of: 320_193, as: "AAPL"),
      body: """
        {"cik":"0000320193","filings":{"recent":{"accessionNumber":["0000320193-25-000081","0000320193-25-000080"],
        "filingDate":["2025-08-02","2025-08-01"],"form":["10-Q","8-K"],"items":["","2.02"],"primaryDocument":["a.htm","b"]}}}
        """),
  ]
}
