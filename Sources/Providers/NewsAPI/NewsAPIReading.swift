import Formats
import Market

/// `{"status":"ok","totalResults":36072,"articles":[{"source":{"id":null,"name":"…"},"author":null,"title":"…",
/// "description":"…","url":"https://…","urlToImage":null,"publishedAt":"2017-10-28T06:34:12Z","content":"…"}]}`
struct NewsAPIReading {
  private let answer: Answer
  private let status: String?
  private let articles: NewsGathering.Articles?

  private static let path = "/v2/everything"
  /// Days back from which a query is asked: those before lie behind the newest hundred articles, or were asked for.
  private static let days = 2
  /// Articles of an answer; a free key is told no more of a query.
  private static let most = 100

  static func request(_ query: String, on day: Day) -> Request {
    Request(
      provider: NewsAPI.name, path: path,
      query: [
        QueryItem("q", query), QueryItem("from", "\(day - days)"), QueryItem("to", "\(day - 1)"),
        QueryItem("language", "en"), QueryItem("sortBy", "publishedAt"), QueryItem("pageSize", "\(most)"),
      ], maximumBytes: 4 << 20)
  }

  static func query(of request: Request) -> String? {
    guard request.path == path, let query = request.queryValue("q"), !query.isEmpty else { return nil }
    return query
  }

  init(_ answer: Answer) throws(ReadingError) {
    self.answer = answer
    var (status, articles): (String?, NewsGathering.Articles?) = (nil, nil)
    try readingDocument(answer.body) { (cursor) throws(JSONFault) in
      var hasArticles = false
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "status": status = try cursor.textOrNull()
        case "articles":
          try cursor.meet(&hasArticles)
          articles = try NewsGathering.articles(&cursor, each: Self.article)
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
    }
    (self.status, self.articles) = (status, articles)
  }

  private static func article(_ cursor: inout JSONCursor) throws(JSONFault) -> NewsGathering.Told {
    var told = NewsGathering.Told()
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "title": told.title = try cursor.textOrNull()
      case "description": told.summary = try cursor.textOrNull()
      case "url": told.address = try cursor.textOrNull()
      case "publishedAt": told.published = try cursor.textOrNull()
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return told
  }

  /// What was taken down is told without its words, and is left out.
  private static let removed = "[Removed]"

  func reading(of query: String) throws(ReadingError) -> Reading {
    guard status == "ok", let articles else {
      throw .shapeChanged(expected: "a status 'ok' and a list of articles", found: status ?? "none", offset: nil)
    }
    let series = SeriesKey(dataset: .newsItem, provider: NewsAPI.name, providerSymbol: query, interval: .day1)
    return NewsGathering.reading(
      of: articles.filter { $0.told?.title != Self.removed }, in: answer, as: series, at: NewsGathering.instant)
  }
}
