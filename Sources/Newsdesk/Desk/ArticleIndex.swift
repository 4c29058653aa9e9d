import GRDB
import SQLite
import Schema

/// The index of words, which is told of new articles at the end of a transaction, many by one statement: it writes what it
/// was told to the file before each statement that can be taken back alone, and every word of its own is dear.
///
/// Which those are the file says: articles are numbered upwards, and those above the highest that it knows are new to it.
package struct ArticleIndex {
  /// Articles that one statement has room for; the last is how many are told of together.
  private static let rooms = [1, 8, 64, 512]

  private let db: Database

  /// At work in a transaction.
  package init(_ db: Database) { self.db = db }

  private struct Entry {
    let article: Int64
    let title: String
    let summary: String?

    init(_ article: Int64, title: String, summary: String?) {
      (self.article, self.title, self.summary) = (article, SearchText.indexed(title), summary.map(SearchText.indexed))
    }
  }

  /// Tells of all articles that it does not know yet.
  package func catchUp() throws {
    let rows = try DirectStatement(keptBy: db, ArticleStatements.unindexed)
    var entries: [Entry] = []
    while try rows.step() { entries.append(Entry(rows.integer(0), title: rows.text(1), summary: rows.textIfAny(2))) }
    let most = Self.rooms[Self.rooms.count - 1]
    for start in stride(from: 0, to: entries.count, by: most) {
      try tell(entries[start..<min(start + most, entries.count)])
    }
  }

  /// Takes the texts back that it was told of an article, and tells of those that it has now; nothing of one that is new.
  func replace(
    _ article: Int64, title: String, summary: String?, by newTitle: String, _ newSummary: String?
  ) throws {
    let known = try DirectStatement(keptBy: db, ArticleStatements.isIndexed)
    known.bind(article, at: 1)
    guard try known.step(), known.integer(0) == 1 else { return }
    let old = Entry(article, title: title, summary: summary)
    let delete = try DirectStatement(keptBy: db, ArticleStatements.unindex)
    delete.bind(article, at: 1)
    delete.bind(old.title, at: 2)
    delete.bind(old.summary, at: 3)
    try delete.run()
    try tell([Entry(article, title: newTitle, summary: newSummary)])
  }

  private func tell(_ entries: ArraySlice<Entry>) throws {
    guard let room = Self.rooms.first(where: { $0 >= entries.count }) else { return }
    let insert = try DirectStatement(keptBy: db, ArticleStatements.index(articles: room))
    for place in 0..<room {
      let first = Int32(place) * 3 + 1
      guard place < entries.count else {
        insert.bind(Int64?.none, at: first)
        continue
      }
      let entry = entries[entries.startIndex + place]
      insert.bind(entry.article, at: first)
      insert.bind(entry.title, at: first + 1)
      insert.bind(entry.summary, at: first + 2)
    }
    try insert.run()
  }
}
