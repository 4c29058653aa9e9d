import GRDB
import Market
import SQLite

/// Where the data of a file came from; a file holds one kind only.
package enum Origin: String, Sendable {
  case live
  case demo
}

extension Store {
  /// What the file holds; `nil` before anything was stored.
  package func origin() throws(StoreError) -> Origin? {
    try meta("origin").flatMap(Origin.init(rawValue:))
  }

  /// Marks an empty file with the origin of its data; a file marked otherwise throws `mixedOrigin` and is left as it is.
  package func claim(_ origin: Origin) throws(StoreError) {
    try checkTakes(origin)
    try setMeta("origin", origin.rawValue)
  }

  /// Throws `mixedOrigin` where the file holds data of another origin.
  package func checkTakes(_ origin: Origin) throws(StoreError) {
    if let holds = try self.origin(), holds != origin {
      throw .mixedOrigin(path: path, holds: holds.rawValue, offered: origin.rawValue)
    }
  }

  /// What tells this record from another one: made once, at random, and the same in every copy of it.
  ///
  /// `nil` for a file that nobody has written since there are such.
  package func identity() throws(StoreError) -> String? { try meta("record_id") }

  static func identify(_ db: Database) throws {
    guard try Int.fetchOne(db, sql: "SELECT 1 FROM meta WHERE key = 'record_id'") == nil else { return }
    try db.execute(sql: "INSERT INTO meta (key, value) VALUES ('record_id', lower(hex(randomblob(16))))")
  }

  /// The note of what the summaries were last made from. It tells of work that was done, and of nothing that the record
  /// holds.
  package static let summarisedNote = "summarised"
  /// The same of what was held against the checks of quality.
  package static let measuredNote = "measured"

  /// A note of the record about itself; `nil` where there is none of that name.
  package func meta(_ key: String) throws(StoreError) -> String? {
    try read { db in try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key]) }
  }

  /// Makes a note of the record about itself, in place of one of that name.
  package func setMeta(_ key: String, _ value: String) throws(StoreError) {
    guard try meta(key) != value else { return }
    try write { db in
      try db.execute(
        sql: "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        arguments: [key, value])
    }
  }
}
