import GRDB
import SQLite
import Schema

// Whether the file is what it should be. Each but the version reads much of the file and takes its time.
extension Store {
  /// The version of the schema that this program writes.
  package static let knownSchemaVersion = Migration.latest

  /// The version of the schema that the file has.
  package func schemaVersion() throws(StoreError) -> Int {
    try read { db in try db.migrationNumber() }
  }

  /// What SQLite finds wrong with the file's structure and with the values in it; empty when it is sound. At most 20.
  package func structuralFaults() throws(StoreError) -> [String] {
    try read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    }
  }

  /// Rows of ours that point to rows which are not there; empty when it is sound. At most 20.
  package func brokenReferences() throws(StoreError) -> [String] {
    try read { db in
      let cursor = try Row.fetchCursor(db, sql: "PRAGMA foreign_key_check")
      var faults: [String] = []
      while faults.count < 20, let row = try cursor.next() {
        // What the user's own tables point to is his business.
        if (row["table"] as String).lowercased().hasPrefix("my_") { continue }
        let which = (row["rowid"] as Int64?).map { "row \($0)" } ?? "a row"
        let (table, parent) = (row["table"] as String, row["parent"] as String)
        faults.append("\(which) of \(table) points to a row of \(parent) that is missing")
      }
      return faults
    }
  }
}
