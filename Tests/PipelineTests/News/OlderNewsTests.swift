import GRDB
import Market
import Providers
import Schema
import Testing

@testable import Pipeline
@testable import Store

/// A file of before whose articles nobody had indexed by their words.
@Suite struct OlderNewsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let before = 12

  /// A file with a story and its edit, and the same rows in a file of an older schema.
  private func olderFile() async throws -> (store: Store, path: String) {
    let store = try Store.writing(folder.file("now.db"), command: "test")
    let kiosk = try Kiosk(store)
    kiosk.change { state in
      state.feeds[Kiosk.coins] = [
        Kiosk.Item(
          title: "Bitcoin ETFs see $105 million in outflows", link: "https://coins.example/a",
          at: "Fri, 02 Oct 2026 10:00:00 GMT", guid: "1", summary: "Rutabagas were not sold.")
      ]
      state.feeds[Kiosk.wire] = [
        Kiosk.Item(
          title: "株価が上昇", link: "https://wire.example/x", at: "Fri, 02 Oct 2026 12:00:00 GMT", guid: "9")
      ]
    }
    _ = try await kiosk.run(at: "2026-10-03T12:00:00Z")
    let path = folder.file("before.db")
    try copy(folder.file("now.db"), to: path)
    return (store, path)
  }

  /// Puts the rows of a file into a new one of the older schema.
  private func copy(_ newer: String, to path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.migrate(upTo: Self.before)
      try db.execute(sql: "PRAGMA foreign_keys = OFF; ATTACH '\(newer)' AS now")
      for table in try String.fetchAll(db, sql: "SELECT name FROM main.sqlite_schema WHERE type = 'table'")
      where !table.hasPrefix("sqlite_") {
        let columns = try db.columns(in: table).map(\.name).joined(separator: ", ")
        try db.execute(
          sql: "DELETE FROM main.\(table); INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM now.\(table)")
      }
      try db.execute(sql: "DETACH now")
    }
    try queue.close()
  }

  @Test func `a file with articles of schema 12 is brought up to date, its words are found, and it goes on`()
    async throws
  {
    let (now, path) = try await olderFile()
    let store = try Store.writing(path, command: "ingest")
    for table in ["news_item", "news_article", "article_item", "article_link", "article_key", "article_mention"] {
      #expect(try store.rows("SELECT * FROM \(table)") == now.rows("SELECT * FROM \(table)"), "\(table)")
    }
    func found(_ word: String) throws -> [String] {
      try store.rows("SELECT rowid FROM article_fts WHERE article_fts MATCH '\(word)'")
    }
    let articles = try store.rows("SELECT article_id FROM news_article ORDER BY url")
    #expect(try found("rutabagas") == [articles[0]])
    #expect(try found("outflows") == [articles[0]])
    #expect(try found("上") == [articles[1]])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
    // The words of a text that is edited now are taken out as they were put in.
    let kiosk = try Kiosk(store)
    kiosk.change { state in
      state.feeds[Kiosk.coins] = [
        Kiosk.Item(
          title: "Bitcoin ETFs see $106 million in inflows", link: "https://coins.example/a",
          at: "Fri, 02 Oct 2026 10:00:00 GMT", guid: "1", summary: "Turnips were sold.")
      ]
    }
    let run = try await kiosk.run(at: "2026-10-03T14:00:00Z")
    #expect(run.outcome == .done && run.counts.changed == 1)
    #expect(try found("rutabagas").isEmpty && found("outflows").isEmpty)
    #expect(try found("turnips") == [articles[0]])
    #expect(try Rebuilt(store, providers: [Rss()]).faults == [])
  }
}
