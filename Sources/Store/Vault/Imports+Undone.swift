import Foundation
import GRDB
import Market
import SQLite

extension Imports {
  /// What `decision.kind` says of an import that was undone; its detail names the fetch.
  static let undoing = "import.undo"
  private static let detail = "fetch: "

  /// SQL for the fetches whose imports were undone.
  static let undoneFetches =
    "SELECT CAST(substr(detail, \(detail.utf8.count + 1)) AS INTEGER) FROM decision WHERE kind = '\(undoing)'"

  /// The imports that the user undid.
  package func undone() throws(StoreError) -> Set<FetchID> {
    try read { db in Set(try Int64.fetchAll(db, sql: Imports.undoneFetches).map(FetchID.init)) }
  }

  /// The import that a decision undid; `nil` where the decision is about something else.
  package func undone(by decision: DecisionID) throws(StoreError) -> KeptImport? {
    let fetch = try read { db in
      try Int64.fetchOne(
        db, sql: Imports.undoneFetches + " AND decision_id = ?", arguments: [decision.rawValue])
    }
    guard let fetch else { return nil }
    return try file(FetchID(fetch))
  }

  /// Whether a file of this length was imported into any series, so that its hash is worth taking.
  package func mayHaveImported(size: Int) throws(StoreError) -> Bool {
    try read { db in
      try Int.fetchOne(db, sql: "SELECT 1 FROM import_file WHERE size = ? LIMIT 1", arguments: [size]) != nil
    }
  }

  /// The imports of the very same bytes that were not undone, newest first.
  package func all(of fingerprint: FileFingerprint) throws(StoreError) -> [KeptImport] {
    let undone = try undone()
    return try read { db in
      try Imports.all(db).reversed().filter { $0.fingerprint == fingerprint && !undone.contains($0.fetch) }
    }
  }
}
