import Formats
import Market

/// Articles of many publishers, newest first, with the shares and coins that each is about, and how it speaks of them:
/// `{"items":"50","feed":[{"title":"…","url":"https://…","time_published":"20260517T110100","summary":"…","ticker_sentiment":
/// [{"ticker":"AAPL","relevance_score":"1.0","ticker_sentiment_score":"0.06","ticker_sentiment_label":"Neutral"}]}]}`
struct AlphaVantageNews {
  static let function = "NEWS_SENTIMENT"
  /// Articles about anything are one series.
  static let series = SeriesKey(
    dataset: .newsItem, provider: AlphaVantage.name, providerSymbol: "news", interval: .day1)
  /// Without tickers, since several of them mean articles about all of them together.
  static let request = Request(
    provider: AlphaVantage.name, path: "/query",
    query: [QueryItem("function", function), QueryItem("sort", "LATEST"), QueryItem("limit", "200")],
    maximumBytes: 8 << 20)

  static func isAsked(_ request: Request) -> Bool {
    request.path == "/query" && request.queryValue("function") == function
  }

  private let answer: Answer
  private let articles: NewsGathering.Articles

  /// - Throws: also for an answer without a list of articles.
  init(_ answer: Answer) throws(ReadingError) {
    self.answer = answer
    var found: NewsGathering.Articles?
    try readingDocument(answer.body) { (cursor) throws(JSONFault) in
      var hasFeed = false
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        guard name == "feed" else { return try cursor.skipValue(toleratingWords: true) }
        try cursor.meet(&hasFeed)
        found = try NewsGathering.articles(&cursor, each: Self.article)
      }
    }
    guard let found else { throw .shapeChanged(expected: "a member 'feed'", found: "none", offset: nil) }
    articles = found
  }

  private static func article(_ cursor: inout JSONCursor) throws(JSONFault) -> NewsGathering.Told {
    var told = NewsGathering.Told()
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "title": told.title = try cursor.textOrNull()
      case "url": told.address = try cursor.textOrNull()
      case "time_published": told.published = try cursor.textOrNull()
      case "summary": told.summary = try cursor.textOrNull()
      case "ticker_sentiment":
        var tickers: [NewsTicker] = []
        try cursor.eachObject(ticker) { ticker, _, _ in if let ticker = ticker ?? nil { tickers.append(ticker) } }
        told.tickers = tickers
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return told
  }

  /// Scores are texts. Coins stand behind `CRYPTO:`; currencies, behind `FOREX:`, are no assets.
  private static func ticker(_ cursor: inout JSONCursor) throws(JSONFault) -> NewsTicker? {
    var cells: [String: String] = [:]
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      let name = name.string
      if let text = try cursor.textOrNull() { cells[name] = text }
    }
    let parts = (cells["ticker"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
    guard let symbol = parts.last, parts.count == 1 || parts.count == 2 && parts[0] == "CRYPTO" else { return nil }
    func score(_ name: String) -> Double? { cells[name].flatMap { DecimalText.number($0.utf8) } }
    return NewsTicker(
      String(symbol.replacing(".", with: "-")), relevance: score("relevance_score"),
      sentiment: score("ticker_sentiment_score"))
  }

  /// `20260517T110100`, taken for UTC: nobody says so.
  static func instant(_ text: String) -> Instant? {
    let digits = Array(text.utf8)
    guard digits.count == 15, digits[8] == UInt8(ascii: "T"),
      digits.enumerated().allSatisfy({ $0.offset == 8 || (48...57).contains($0.element) })
    else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return Instant("\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
  }

  func reading() -> Reading {
    NewsGathering.reading(of: articles, in: answer, as: Self.series, at: Self.instant)
  }
}
