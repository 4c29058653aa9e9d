import Formats
import Market

/// Articles of many publishers, newest first, with the shares that each is about, and of the newer ones how it speaks of
/// them: `{"status":"OK","results":[{"id":"…","title":"…","published_utc":"2024-06-24T18:33:53Z","article_url":"https://…",
/// "tickers":["UBS"],"description":"…","keywords":["…"],"insights":[{"ticker":"UBS","sentiment":"positive"}]}]}`
struct PolygonNews {
  /// Articles about anything are one series.
  static let series = SeriesKey(dataset: .newsItem, provider: Polygon.name, providerSymbol: "news", interval: .day1)
  private static let path = "/v2/reference/news"
  static let request = Request(
    provider: Polygon.name, path: path,
    query: [QueryItem("order", "desc"), QueryItem("sort", "published_utc"), QueryItem("limit", "200")],
    maximumBytes: 8 << 20)

  static func isAsked(_ request: Request) -> Bool { request.path == path }

  private let answer: Answer
  private let articles: NewsGathering.Articles

  init(_ answer: Answer) throws(ReadingError) {
    self.answer = answer
    var (status, found): (String?, NewsGathering.Articles) = (nil, [])
    try readingDocument(answer.body) { (cursor) throws(JSONFault) in
      var hasResults = false
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "status": status = try cursor.textOrNull()
        case "results":
          try cursor.meet(&hasResults)
          // Nothing is told as nothing at all, or as an empty list.
          if cursor.takeNull() { return }
          found = try NewsGathering.articles(&cursor, each: Self.article)
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
    }
    try PolygonErrors.expectSuccess(status, answer.body)
    articles = found
  }

  private static func article(_ cursor: inout JSONCursor) throws(JSONFault) -> NewsGathering.Told {
    var told = NewsGathering.Told()
    var (symbols, insights): ([String], [String: Double]) = ([], [:])
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "id": told.id = try cursor.textOrNull()
      case "title": told.title = try cursor.textOrNull()
      case "article_url": told.address = try cursor.textOrNull()
      case "published_utc": told.published = try cursor.textOrNull()
      case "description": told.summary = try cursor.textOrNull()
      case "keywords": told.tags = try texts(&cursor)
      case "tickers": symbols = try texts(&cursor)
      case "insights":
        if cursor.takeNull() { return }
        try cursor.eachObject(insight) { insight, _, _ in
          if let (symbol, sentiment) = insight ?? nil { insights[symbol] = insights[symbol] ?? sentiment }
        }
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    told.tickers = (symbols + insights.keys.sorted()).compactMap { symbol in
      NewsTicker(asset(symbol), sentiment: insights[symbol])
    }
    return told
  }

  private static func texts(_ cursor: inout JSONCursor) throws(JSONFault) -> [String] {
    if cursor.takeNull() { return [] }
    var texts: [String] = []
    var more = try cursor.enterArray()
    while more {
      if let text = try cursor.textOrNull() { texts.append(text) }
      more = try cursor.nextElement()
    }
    return texts
  }

  /// Words in place of a score: what is known of them is its sign.
  private static let scores: [String: Double] = ["negative": -1, "neutral": 0, "positive": 1]

  private static func insight(_ cursor: inout JSONCursor) throws(JSONFault) -> (String, Double)? {
    var (symbol, sentiment): (String?, Double?) = (nil, nil)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "ticker": symbol = try cursor.textOrNull()
      case "sentiment": sentiment = try cursor.textOrNull().flatMap { scores[$0] }
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    guard let symbol, let sentiment else { return nil }
    return (symbol, sentiment)
  }

  /// `BRK-B` of `BRK.B`, `BTC` of `X:BTCUSD`.
  private static func asset(_ symbol: String) -> String {
    guard symbol.hasPrefix("X:"), symbol.hasSuffix("USD") else { return symbol.replacing(".", with: "-") }
    return String(symbol.dropFirst(2).dropLast(3))
  }

  func reading() -> Reading {
    NewsGathering.reading(of: articles, in: answer, as: Self.series, at: NewsGathering.instant)
  }
}
