import GRDB
import SQLite
import Schema

/// The index of words, which is told of several articles by one statement: it writes what it was told to the file before
/// each statement that can be taken back alone, and every word of its own is dear.
final class ArticleIndex {
  /// Articles that are told of together.
  private static let most = 64

  private let db: Database
  private var waiting: [(article: Int64, title: String, summary: String?)] = []

  init(_ db: Database) { self.db = db }

  /// Tells of an article, now or by `finish` at the latest.
  func add(_ article: Int64, title: String, summary: String?) throws {
    waiting.append((article, SearchText.indexed(title), summary.map(SearchText.indexed)))
    if waiting.count == ArticleIndex.most { try finish() }
  }

  /// Takes the texts back that an article was told of with.
  func remove(_ article: Int64, title: String, summary: String?) throws {
    try finish()
    let delete = try DirectStatement(keptBy: db, ArticleStatements.unindex)
    delete.bind(article, at: 1)
    delete.bind(SearchText.indexed(title), at: 2)
    delete.bind(summary.map(SearchText.indexed), at: 3)
    try delete.run()
  }

  /// Tells of all that wait.
  func finish() throws {
    guard !waiting.isEmpty else { return }
    let insert = try DirectStatement(keptBy: db, ArticleStatements.index(articles: waiting.count))
    for (place, text) in waiting.enumerated() {
      let first = Int32(place) * 3 + 1
      insert.bind(text.article, at: first)
      insert.bind(text.title, at: first + 1)
      insert.bind(text.summary, at: first + 2)
    }
    try insert.run()
    waiting.removeAll(keepingCapacity: true)
  }
}
