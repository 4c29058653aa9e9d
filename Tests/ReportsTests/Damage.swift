import CSQLite

/// Changes a file behind the store's back.
enum Damage {
  struct Refused: Error {
    let message: String
  }

  static func run(_ sql: String, in path: String) throws {
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK, sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
      throw Refused(message: String(cString: sqlite3_errmsg(connection)))
    }
  }
}
