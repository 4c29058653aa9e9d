import CSQLite

/// A connection of SQLite's own, spoken to without GRDB: for what is prepared on it before anything else may use it.
package struct PlainConnection {
  /// The open connection; closing it is its opener's business.
  package let handle: OpaquePointer
  /// Of the file, for messages.
  package let path: String

  /// A connection that is open and stays so for as long as this is used.
  package init(handle: OpaquePointer, path: String) {
    self.handle = handle
    self.path = path
  }

  /// Runs one statement or several.
  package func run(_ sql: String) throws(StoreError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  /// All rows, every cell as SQLite's text of it; `nil` for null.
  package func rows(_ sql: String) throws(StoreError) -> [[String?]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
    defer { sqlite3_finalize(statement) }
    var rows: [[String?]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_text(statement, column).map { String(cString: $0) }
          })
      case SQLITE_DONE: return rows
      default: throw failure
      }
    }
  }

  /// The first cell of every row; nulls are left out.
  package func texts(_ sql: String) throws(StoreError) -> [String] { try rows(sql).compactMap { $0.first ?? nil } }

  /// The first cell of the first row as a whole number.
  package func integer(_ sql: String) throws(StoreError) -> Int64? { try texts(sql).first.flatMap { Int64($0) } }

  /// What the connection said last, as an error of ours.
  package var failure: StoreError {
    .ofSQLite(sqlite3_extended_errcode(handle), String(cString: sqlite3_errmsg(handle)), path: path)
  }
}
