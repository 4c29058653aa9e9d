import CSQLite
import Market
import SQLite
import Store

/// One question, understood by SQLite and let through by the fence.
final class GuardedStatement {
  private let connection: GuardedConnection
  private let handle: OpaquePointer
  private let limits: QueryLimits
  private let path: String

  /// - Throws: `QueryError`, or a `StoreError` where the file is at fault.
  init(_ sql: String, _ connection: GuardedConnection, _ limits: QueryLimits, path: String) throws {
    try GuardedStatement.look(at: sql, limits)
    if let reason = connection.fence.past?.objection(to: sql) { throw QueryError.refused(reason) }
    self.connection = connection
    self.limits = limits
    self.path = path
    let (first, rest) = try GuardedStatement.prepare(Array(sql.utf8), connection, path)
    guard let first else { throw QueryError.refused("there is no question; write one SELECT") }
    handle = first
    if sqlite3_stmt_readonly(first) == 0 {
      throw QueryError.refused("a question only reads, and this one would write; ask one SELECT")
    }
    try alone(rest)
  }

  deinit { sqlite3_finalize(handle) }

  /// What need not be shown to SQLite.
  private static func look(at sql: String, _ limits: QueryLimits) throws {
    guard sql.utf8.count <= limits.sqlBytes else {
      throw QueryError.tooLong(bytes: sql.utf8.count, limit: limits.sqlBytes)
    }
    if sql.utf8.contains(0) {
      throw QueryError.refused("it holds a NUL byte, at which SQLite would stop reading; take it out")
    }
    let start = sql.utf8.drop { $0 <= UInt8(ascii: " ") }
    if start.first == UInt8(ascii: ".") {
      throw QueryError.refused(
        "a command with a dot belongs to the sqlite3 shell; SELECT name, sql FROM sqlite_schema lists tables and columns"
      )
    }
  }

  /// Nothing but blanks, comments and semicolons may follow.
  private func alone(_ rest: ArraySlice<UInt8>) throws {
    var rest = rest
    while !rest.isEmpty {
      let next: OpaquePointer?
      do {
        (next, rest) = try GuardedStatement.prepare(Array(rest), connection, path)
      } catch is QueryError {
        throw QueryError.refused("one question at a time, and something follows the first; take what is after ; away")
      }
      guard let next else { continue }
      sqlite3_finalize(next)
      throw QueryError.refused("one question at a time, and a second statement follows; ask it for itself")
    }
  }

  /// The first statement of a text, and what follows it; no statement where there are only blanks and comments.
  private static func prepare(
    _ sql: [UInt8], _ connection: GuardedConnection, _ path: String
  ) throws -> (OpaquePointer?, ArraySlice<UInt8>) {
    connection.fence.forget()
    var statement: OpaquePointer?
    var end = 0
    let code = sql.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        var tail: UnsafePointer<CChar>?
        // Without an address there is nothing to read; SQLite wants one all the same.
        guard let start = text.baseAddress else { return SQLITE_OK }
        let code = sqlite3_prepare_v2(connection.handle, start, Int32(clamping: text.count), &statement, &tail)
        end = tail.map { $0 - start } ?? text.count
        return code
      }
    }
    guard code == SQLITE_OK else { throw GuardedStatement.failure(code, connection, path, isPreparing: true) }
    return (statement, sql[end...])
  }

  /// What SQLite said, as a `QueryError`; a `StoreError` where it is the file.
  private static func failure(
    _ code: Int32, _ connection: GuardedConnection, _ path: String, isPreparing: Bool = false
  ) -> any Error {
    if let reason = connection.fence.refusal { return QueryError.refused(reason) }
    let message = String(cString: sqlite3_errmsg(connection.handle))
    switch code & 0xFF {
    case SQLITE_INTERRUPT: return connection.budget.exceeded ?? QueryError.failed(message: message)
    case SQLITE_NOMEM: return QueryError.outOfMemory(limit: 0)
    case SQLITE_TOOBIG: return QueryError.tooBig(what: "text or blob", limit: 0)
    case SQLITE_AUTH: return QueryError.refused("a question only reads; ask one SELECT")
    case SQLITE_READONLY: return QueryError.refused("a question only reads, and this one would write; ask one SELECT")
    case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE:
      guard isPreparing else { return QueryError.failed(message: message) }
      let offset = sqlite3_error_offset(connection.handle)
      return unknownFunction(message) ?? writing(message)
        ?? QueryError.syntax(message: message, offset: offset < 0 ? nil : Int(offset))
    default: return StoreError.ofSQLite(code, message, path: path)
    }
  }

  /// A table of facts is found as a view, of which SQLite says so before the fence is asked.
  private static func writing(_ message: String) -> QueryError? {
    guard let name = message.wholeMatch(of: /cannot modify (.+) because it is a view/)?.1 else { return nil }
    return .refused(QueryFence.objection(toWriting: String(name)))
  }

  private static func unknownFunction(_ message: String) -> QueryError? {
    let beginning = "no such function: "
    guard message.hasPrefix(beginning) else { return nil }
    let name = message.dropFirst(beginning.count).lowercased()
    guard QueryFunctions.ofTheShell.contains(name) else { return nil }
    return .refused(
      "\(name)() belongs to the sqlite3 shell, and a question reaches no file and no program; "
        + "take SQLite's plain functions: https://sqlite.org/lang_corefunc.html")
  }
}

// MARK: - Parameters

extension GuardedStatement {
  /// The names of the parameters, without their sign, each once.
  var parameters: [String] {
    get throws {
      var names: [String] = []
      for index in 1...max(1, sqlite3_bind_parameter_count(handle)) where index <= sqlite3_bind_parameter_count(handle)
      {
        guard let name = sqlite3_bind_parameter_name(handle, index) else {
          throw QueryError.refused("a bare ? has no name to give a value to; write :name")
        }
        let bare = String(String(cString: name).dropFirst())
        if !names.contains(bare) { names.append(bare) }
      }
      return names
    }
  }

  /// Gives every parameter its value.
  func bind(_ values: [String: QueryValue]) throws {
    let names = try parameters
    let missing = names.filter { values[$0] == nil }
    let unknown = values.keys.filter { !names.contains($0) }.sorted()
    guard missing.isEmpty, unknown.isEmpty else {
      throw QueryError.parameters(missing: missing, unknown: unknown)
    }
    for (name, value) in values {
      for sign in [":", "@", "$", "?"] {
        let index = sqlite3_bind_parameter_index(handle, sign + name)
        guard index > 0 else { continue }
        let code = bind(value, at: index)
        guard code == SQLITE_OK else { throw failure(code) }
      }
    }
  }

  private func bind(_ value: QueryValue, at index: Int32) -> Int32 {
    switch value {
    case .integer(let value): return sqlite3_bind_int64(handle, index, value)
    case .real(let value): return sqlite3_bind_double(handle, index, value)
    case .null: return sqlite3_bind_null(handle, index)
    case .text(var value):
      return value.withUTF8 { bytes in
        let start = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        return bytes.isEmpty
          ? sqlite3_bind_text64(handle, index, "", 0, appliance_transient(), UInt8(SQLITE_UTF8))
          : sqlite3_bind_text64(handle, index, start, UInt64(bytes.count), appliance_transient(), UInt8(SQLITE_UTF8))
      }
    }
  }
}

// MARK: - Rows

extension GuardedStatement {
  /// Moves to the next row; `false` at the end.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW:
      connection.budget.checkTime()
      if let error = connection.budget.exceeded { throw error }
      return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  var columnCount: Int32 { sqlite3_column_count(handle) }

  /// - Parameter hasRow: whether the statement stands at a row, which tells what an expression gives.
  func columns(hasRow: Bool) -> [Column] {
    var taken: Set<String> = []
    return (0..<columnCount).map { index in
      let name = sqlite3_column_name(handle, index).map { String(cString: $0) } ?? ""
      var (distinct, count) = (name, 1)
      while !taken.insert(distinct).inserted {
        count += 1
        distinct = "\(name)_\(count)"
      }
      return Column(distinct, kind(index, hasRow))
    }
  }

  private func kind(_ index: Int32, _ hasRow: Bool) -> Column.Kind {
    let declared = sqlite3_column_decltype(handle, index).map { String(cString: $0).uppercased() }
    switch declared {
    case "INTEGER", "INT": return .integer
    case "REAL": return .real
    case .some: return .text
    case nil: break
    }
    guard hasRow else { return .text }
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer
    case SQLITE_FLOAT: return .real
    default: return .text
    }
  }

  /// The bytes of the row at hand, numbers as eight; a row that is too long throws.
  func measure() throws -> Int {
    var total = 0
    for index in 0..<columnCount {
      switch sqlite3_column_type(handle, index) {
      case SQLITE_TEXT: total += Int(sqlite3_column_bytes(handle, index))
      // Printed in hexadecimal.
      case SQLITE_BLOB: total += 2 * Int(sqlite3_column_bytes(handle, index))
      default: total += 8
      }
    }
    guard total <= limits.rowBytes else { throw QueryError.tooBig(what: "row", limit: limits.rowBytes) }
    return total
  }

  /// The row at hand, cell by cell. A blob goes as the text of its SQL literal: `x'00ff'`.
  func hand(to receiver: some RowReceiver) throws {
    for index in 0..<columnCount {
      switch sqlite3_column_type(handle, index) {
      case SQLITE_INTEGER: receiver.integer(sqlite3_column_int64(handle, index))
      case SQLITE_FLOAT: receiver.real(sqlite3_column_double(handle, index))
      case SQLITE_TEXT: receiver.text(bytes(index))
      case SQLITE_BLOB: GuardedStatement.literal(bytes(index)).withUnsafeBufferPointer { receiver.text($0) }
      default: receiver.null()
      }
    }
    try receiver.endRow()
  }

  private func bytes(_ index: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_blob(handle, index)?.assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, index)))
  }

  private static func literal(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var literal: [UInt8] = Array("x'".utf8)
    literal.reserveCapacity(bytes.count * 2 + 3)
    for byte in bytes {
      literal.append(digits[Int(byte >> 4)])
      literal.append(digits[Int(byte & 15)])
    }
    literal.append(UInt8(ascii: "'"))
    return literal
  }

  private func failure(_ code: Int32) -> any Error {
    switch GuardedStatement.failure(code, connection, path) {
    case QueryError.outOfMemory: QueryError.outOfMemory(limit: limits.memory)
    case QueryError.tooBig(let what, _): QueryError.tooBig(what: what, limit: limits.cellBytes)
    case let error: error
    }
  }
}
