import GRDB
import Market
import SQLite
import Schema

/// Symbols by which the user wants assets to be found in texts, whatever else they mean: in capitals, as words.
final class MatchedSymbols {
  private let db: Database
  private var read: Set<String>?

  init(_ db: Database) { self.db = db }

  /// As the file says it; looked up once.
  var all: Set<String> {
    get throws {
      if let read { return read }
      let symbols = Set(try String.fetchAll(db.cachedStatement(sql: ArticleStatements.matchedSymbols)))
      read = symbols
      return symbols
    }
  }
}

extension ArticleDesk {
  /// Tells anew whom those articles name in whose text a symbol stands, since it is matched otherwise from now on. What an
  /// article names follows from its text and from what is matched now, so that a rebuild comes to the same.
  package func tellAnew(symbol: String) throws {
    for article in try Int64.fetchAll(db, sql: ArticleStatements.articlesWithText, arguments: [symbol]) {
      try tellAnew(article)
    }
  }
}
