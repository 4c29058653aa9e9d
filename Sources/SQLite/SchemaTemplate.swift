import CSQLite
import GRDB
import Market
import Synchronization

/// The schema of files that hold nothing yet: made once in memory, and copied into each of them page by page.
///
/// SQLite by itself makes some three hundred objects in a fraction of the time that GRDB takes, which asks of each column
/// that a statement names whether somebody observes it.
package final class SchemaTemplate: Sendable {
  /// Used under the lock only.
  nonisolated(unsafe) private let handle: OpaquePointer
  private let lock = Mutex(())

  /// Those that were asked for, by their text: as many as there are schemas in one program.
  private static let known = Mutex<[String: SchemaTemplate]>([:])

  /// The template of a schema.
  ///
  /// - Parameter sql: the statements that make it in a file that holds nothing.
  package static func made(by sql: String) throws(StoreError) -> SchemaTemplate {
    try known.withLock { known throws(StoreError) in
      if let template = known[sql] { return template }
      let template = try SchemaTemplate(sql)
      known[sql] = template
      return template
    }
  }

  private init(_ sql: String) throws(StoreError) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close(handle)
      throw .ofSQLite(code, "no room for a schema", path: ":memory:")
    }
    self.handle = handle
    let connection = PlainConnection(handle: handle, path: ":memory:")
    try connection.run("PRAGMA page_size = 16384; PRAGMA temp_store = MEMORY; BEGIN; \(sql); COMMIT")
  }

  deinit { sqlite3_close(handle) }

  /// Puts the schema into a file that holds nothing, in a transaction of its own; outside any other one.
  package func copy(into db: Database) throws {
    let code = lock.withLock { _ in
      guard let copying = sqlite3_backup_init(db.sqliteConnection, "main", handle, "main") else {
        return sqlite3_extended_errcode(db.sqliteConnection)
      }
      let code = sqlite3_backup_step(copying, -1)
      let end = sqlite3_backup_finish(copying)
      return code == SQLITE_DONE ? end : code
    }
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "the schema could not be written")
    }
    db.clearSchemaCache()
  }
}
