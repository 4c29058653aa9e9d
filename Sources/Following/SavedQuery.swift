import GRDB
import Market
import SQLite
import Store

/// A question that the user keeps by name.
package struct SavedQuery: Hashable, Sendable {
  /// What it is called for by; `isName(_:)` says what is allowed, and the caller checks it.
  package let name: String
  /// The question as the user wrote it.
  package let sql: String
  /// When it was last kept under this name.
  package let savedAt: Instant

  /// Letters, digits, hyphens and underscores, a letter or digit first, at most 64: fit for a command line and a URL.
  package static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9_-]{0,63}/) != nil
  }
}

extension SavedQuery {
  /// What it is for programs.
  package var json: JSONValue {
    ["name": .string(name), "sql": .string(sql), "saved_at": .string(savedAt.description)]
  }
}

/// Questions in SQL that the user keeps under a name.
package struct SavedQueries: Sendable {
  let store: Store

  private func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.read(body) }
  private func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.write(body) }
}

extension Store {
  /// Questions in SQL that the user keeps under a name.
  package var savedQueries: SavedQueries { SavedQueries(store: self) }
}

extension SavedQueries {
  /// All of them, by name.
  package func all() throws(StoreError) -> [SavedQuery] {
    try read { db in
      guard try SavedQueries.keepsQueries(db) else { return [] }
      return try Row.fetchAll(db, sql: "SELECT name, sql, saved_at FROM saved_query ORDER BY name").map(SavedQuery.init)
    }
  }

  /// The one of that name.
  package func named(_ name: String) throws(StoreError) -> SavedQuery? {
    try read { db in
      guard try SavedQueries.keepsQueries(db) else { return nil }
      return try Row.fetchOne(db, sql: "SELECT name, sql, saved_at FROM saved_query WHERE name = ?", arguments: [name])
        .map(SavedQuery.init)
    }
  }

  /// A file that no writer has brought up to date yet has no place for them.
  private static func keepsQueries(_ db: Database) throws -> Bool { try db.tables().contains("saved_query") }

  /// Keeps a question, in place of one of the same name. Whether it would be let in is the caller's to check first.
  package func save(_ query: SavedQuery) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO saved_query (name, sql, saved_at) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET sql = excluded.sql, saved_at = excluded.saved_at
          """, arguments: [query.name, query.sql, query.savedAt.epochSeconds])
    }
  }

  /// - Returns: whether there was one of that name.
  package func remove(_ name: String) throws(StoreError) -> Bool {
    try write { db in
      try db.execute(sql: "DELETE FROM saved_query WHERE name = ?", arguments: [name])
      return db.changesCount > 0
    }
  }
}

extension SavedQuery {
  fileprivate init(_ row: Row) {
    self.init(name: row["name"], sql: row["sql"], savedAt: Instant(epochSeconds: row["saved_at"]))
  }

  /// A question to be kept; that `name` is one is the caller's to check first.
  package init(_ name: String, _ sql: String, at instant: Instant) {
    self.init(name: name, sql: sql, savedAt: instant)
  }
}
