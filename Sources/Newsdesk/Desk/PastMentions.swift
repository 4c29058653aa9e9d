import Market
import SQLite
import Schema

/// Whom articles named by the texts that they had at an instant.
package enum PastMentions {
  /// Completes the articles of a connection that shows the past: of those that were told otherwise since, the mentions are
  /// those of the text of then and of what their items of then were filed under.
  ///
  /// - Parameters:
  ///   - items: its view of the items of then.
  ///   - hasCome: the condition that an answer had come by then, of the column of that name.
  package static func complete(
    _ file: PlainConnection, items: String, hasCome: (String) -> String
  ) throws(StoreError) {
    let matched = Set(try file.texts(ArticleStatements.matchedSymbols))
    let (articles, mentions) = (ArticleStatements.mentionsThen[0], ArticleStatements.mentionsThen[1])
    for row in try file.rows(ArticleStatements.textsThen(of: items, hasCome)) {
      guard let article = row[0], let title = row[1] else { continue }
      let tags = (row[3] ?? "").split(separator: "\n").map(String.init)
      let named = Mention.all(title: title, summary: row[2], tags: tags, matching: matched).map { mention in
        "(\(article), '\(mention.symbol.replacing("'", with: "''"))', '\(mention.rule.rawValue)')"
      }
      try file.run("INSERT INTO temp.\(articles) VALUES (\(article))")
      guard !named.isEmpty else { continue }
      try file.run(
        "INSERT INTO temp.\(mentions) (article_id, symbol, rule) VALUES \(named.joined(separator: ", "))")
    }
    for row in try file.rows(ArticleStatements.tickersThen(of: items)) {
      guard let article = row[0], let tickers = row[1], let source = row[2] else { continue }
      for ticker in NewsTicker.all(in: tickers) {
        let judge = ticker.sentiment == nil ? "NULL" : "'\(source.replacing("'", with: "''"))'"
        let values = [ticker.relevance, ticker.sentiment].map { $0.map { "\($0)" } ?? "NULL" }
        try file.run(
          ArticleStatements.insertTicker(
            "\(article), '\(ticker.symbol)', 'ticker', \(values.joined(separator: ", ")), \(judge)",
            into: "temp.\(mentions)"))
      }
    }
  }
}
