import CSQLite
import GRDB

/// A prepared statement driven directly, for the rows that arrive or leave by the million.
///
/// Everything else goes through GRDB. Lives no longer than the database access it was made in.
package struct DirectStatement: ~Copyable {
  @usableFromInline let handle: OpaquePointer
  private let connection: OpaquePointer
  /// The connection's own statement, where it is one of those that it keeps.
  private let kept: Statement?

  /// Prepares a statement of its own.
  package init(_ db: Database, _ sql: String) throws {
    (handle, connection) = try DirectStatement.prepare(db, sql)
    kept = nil
  }

  /// A statement that the connection prepares once and keeps. There is one of each text: never two in use at a time.
  package init(keptBy db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else {
      throw StoreError.sqlite(code: SQLITE_MISUSE, message: "no connection")
    }
    let statement = try db.cachedStatement(sql: sql)
    self.connection = connection
    handle = statement.sqliteStatement
    kept = statement
  }

  private static func prepare(_ db: Database, _ sql: String) throws -> (OpaquePointer, OpaquePointer) {
    guard let connection = db.sqliteConnection else {
      throw StoreError.sqlite(code: SQLITE_MISUSE, message: "no connection")
    }
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }
    return (handle, connection)
  }

  deinit {
    if kept == nil { sqlite3_finalize(handle) } else { sqlite3_reset(handle) }
  }

  /// Gives a value to a parameter, counted from 1.
  package func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, value) }
  /// Gives a value to a parameter, counted from 1.
  package func bind(_ value: Double, at index: Int32) { sqlite3_bind_double(handle, index, value) }
  /// Gives a text to a parameter, counted from 1.
  package func bind(_ value: String, at index: Int32) {
    var value = value
    value.withUTF8 { bytes in
      // The text is copied.
      _ = sqlite3_bind_text64(
        handle, index, bytes.baseAddress, UInt64(bytes.count), appliance_transient(), UInt8(SQLITE_UTF8))
    }
  }

  /// Binds an address for a table-valued function of ours, which asks for it by its type.
  package func bind<Pointee>(_ address: UnsafePointer<Pointee>, of type: StaticString, at index: Int32) {
    let name = UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self)
    sqlite3_bind_pointer(handle, index, UnsafeMutableRawPointer(mutating: address), name, nil)
  }
  /// Makes a parameter null.
  package func unbind(_ index: Int32) { sqlite3_bind_null(handle, index) }

  /// Binds a cell of another statement's row as it is; blobs and texts are copied.
  package func bind(cell column: Int32, of row: borrowing DirectStatement, at index: Int32) {
    sqlite3_bind_value(handle, index, sqlite3_column_value(row.handle, column))
  }

  /// Runs it to its end and makes it ready for the next values.
  package func run() throws {
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
  }

  /// Moves to the next row; `false` at the end.
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  /// Makes it ready to be stepped through again, its values kept.
  package func rewind() { sqlite3_reset(handle) }

  /// A cell of the row at hand, counted from 0, as a whole number.
  @inlinable package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  /// The same as a number.
  @inlinable package func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
  /// Whether a cell holds nothing.
  @inlinable package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The name of a column as the statement gives it.
  package func columnName(_ column: Int32) -> String {
    sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
  }
  /// How many cells a row has.
  package var columnCount: Int32 { sqlite3_column_count(handle) }
  /// What a cell holds: `SQLITE_INTEGER`, `SQLITE_FLOAT`, `SQLITE_TEXT`, `SQLITE_BLOB` or `SQLITE_NULL`.
  @inlinable package func kind(_ column: Int32) -> Int32 { sqlite3_column_type(handle, column) }

  /// The bytes of a text (UTF-8) or of a blob, valid until the next step.
  package func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }

  private func failure(_ code: Int32) -> any Error {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
  }
}
