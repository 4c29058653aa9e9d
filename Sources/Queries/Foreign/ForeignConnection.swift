import CSQLite
import Market
import SQLite
import Schema
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A connection to a database that somebody else made: it reads, within limits, and nothing in the file can make it do
/// more.
final class ForeignConnection {
  private let handle: OpaquePointer
  private let fence: QueryFence
  private let budget: QueryBudget
  private let path: String
  private let state: [Int]
  private let names: Set<String>

  private static let limits: QueryLimits = {
    var limits = QueryLimits(rows: nil, time: .seconds(60), steps: 4_000_000_000)
    limits.cellBytes = 64 << 20
    return limits
  }()

  init(_ path: String) throws {
    self.path = path
    state = ForeignConnection.state(of: path)
    handle = try ForeignConnection.open(path)
    do {
      let began = ElapsedTime()
      budget = QueryBudget(ForeignConnection.limits) { began.duration }
      // From the first statement on: damage can make a look at the schema endless.
      budget.watch(handle)
      GuardedConnection.limit(handle, ForeignConnection.limits)
      for (option, on) in GuardedConnection.switches { _ = appliance_switch(handle, option, on) }
      (names, fence) = try ForeignConnection.prepare(handle, path)
      fence.close(handle)
    } catch {
      sqlite3_close_v2(handle)
      throw error
    }
  }

  deinit { sqlite3_close_v2(handle) }

  /// The tables and views, in lower case, but for those that run code of a module.
  func tables() throws -> Set<String> { names }

  /// The columns of a table or view, in lower case.
  func columns(of table: String) throws -> [String] {
    let statement = try prepared("SELECT * FROM \(table) LIMIT 0")
    defer { sqlite3_finalize(statement) }
    return (0..<sqlite3_column_count(statement)).map { column in
      sqlite3_column_name(statement, column).map { String(cString: $0).lowercased() } ?? ""
    }
  }

  /// Hands over every row.
  func read(_ sql: String, _ values: [String] = [], _ body: (ForeignRow) throws -> Void) throws {
    let statement = try prepared(sql)
    defer { sqlite3_finalize(statement) }
    for (index, value) in values.enumerated() {
      var value = value
      value.withUTF8 { bytes in
        _ = sqlite3_bind_text64(
          statement, Int32(index + 1), bytes.baseAddress, UInt64(bytes.count), appliance_transient(), UInt8(SQLITE_UTF8)
        )
      }
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try body(ForeignRow(statement: statement))
      case SQLITE_DONE: return
      default: throw refusal()
      }
    }
  }

  func rows<T>(_ sql: String, _ body: (ForeignRow) -> T) throws -> [T] {
    var rows: [T] = []
    try read(sql) { rows.append(body($0)) }
    return rows
  }

  func checkUnchanged() throws {
    guard state == ForeignConnection.state(of: path) else {
      throw FileRefusal("it was written to while it was read", hint: "Close the program that uses it and try again")
    }
  }

  private func prepared(_ sql: String) throws -> OpaquePointer? {
    fence.forget()
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw refusal() }
    return statement
  }

  private func refusal() -> FileRefusal {
    if fence.refusal != nil {
      return FileRefusal(
        "one of its views does more than read tables: \(String(cString: sqlite3_errmsg(handle)))",
        hint: "Views of a strange file may only read and compute; copy the rows into plain tables")
    }
    if budget.exceeded != nil {
      return FileRefusal("it takes too long to read", hint: "Copy the rows of its views into plain tables")
    }
    return ForeignConnection.refusal(handle)
  }
}

// MARK: - Opening

extension ForeignConnection {
  private static func open(_ path: String) throws -> OpaquePointer {
    // With a log a reader would have to make files beside it; one that holds nothing is not needed.
    for suffix in ["-wal", "-journal"] where size(of: path + suffix) > 0 {
      throw FileRefusal(
        "a log with changes that are not in it lies beside it (\(suffix))",
        hint: "Close the program that uses it, or take them over: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'")
    }
    let hasLog = writesLog(path)
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
    let code = sqlite3_open_v2(
      hasLog ? DatabaseFile.immutableURI(path) : path, &opened, hasLog ? flags | SQLITE_OPEN_URI : flags, nil)
    guard let opened else { throw FileRefusal("SQLite has no memory left", hint: "") }
    guard code == SQLITE_OK else {
      defer { sqlite3_close_v2(opened) }
      throw refusal(opened)
    }
    sqlite3_extended_result_codes(opened, 1)
    return opened
  }

  /// Checks the pages, and lets plain tables and views be read.
  private static func prepare(_ handle: OpaquePointer, _ path: String) throws -> (Set<String>, QueryFence) {
    for statement in ["query_only = 1", "mmap_size = 0", "temp_store = MEMORY", "cell_size_check = 1"] {
      try execute("PRAGMA \(statement)", handle)
    }
    try execute("BEGIN", handle)
    guard try texts("PRAGMA application_id", handle) != ["\(applicationID)"] else {
      throw FileRefusal(
        "it is a record of the appliance itself", hint: "Use it as it is: --db FILE, or `appliance backup restore`")
    }
    let faults = try texts("PRAGMA quick_check(1)", handle)
    guard faults == ["ok"] else { throw damaged(faults.first ?? "no answer") }
    let all = try texts("SELECT lower(name) FROM sqlite_schema", handle)
    let plain = try texts(
      """
      SELECT lower(name) FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND sql NOT LIKE 'CREATE VIRTUAL%'
      """, handle)
    let names = Set(plain)
    return (names, QueryFence(tables: names, unlisted: Set(all).subtracting(names)))
  }

  private static func execute(_ sql: String, _ handle: OpaquePointer) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw refusal(handle) }
  }

  private static func texts(_ sql: String, _ handle: OpaquePointer) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw refusal(handle) }
    defer { sqlite3_finalize(statement) }
    var texts: [String] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: texts.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
      case SQLITE_DONE: return texts
      default: throw refusal(handle)
      }
    }
  }

  private static func refusal(_ handle: OpaquePointer) -> FileRefusal {
    let message = String(cString: sqlite3_errmsg(handle))
    return switch sqlite3_errcode(handle) & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB: damaged(message)
    case SQLITE_BUSY, SQLITE_LOCKED:
      FileRefusal("another program is writing to it", hint: "Close that program and try again")
    case SQLITE_TOOBIG: FileRefusal("one of its cells is larger than 64 MiB", hint: "Is it the right file?")
    default: FileRefusal("SQLite cannot read it: \(message)", hint: "Copy the rows into plain tables of another file")
    }
  }

  private static func damaged(_ message: String) -> FileRefusal {
    FileRefusal(
      "the database is damaged: \(message)", hint: "What can be saved: sqlite3 FILE .recover | sqlite3 saved.db")
  }

  private static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether its header says that changes go to a log of their own.
  private static func writesLog(_ path: String) -> Bool {
    guard let file = fopen(path, "rb") else { return false }
    defer { fclose(file) }
    var head = [UInt8](repeating: 0, count: 20)
    return fread(&head, 1, 20, file) == 20 && head[18] == 2
  }

  /// Length and last change.
  private static func state(of path: String) -> [Int] {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    #if canImport(Glibc)
      let changed = status.st_mtim
    #else
      let changed = status.st_mtimespec
    #endif
    return [Int(status.st_size), changed.tv_sec, changed.tv_nsec, size(of: path + "-wal")]
  }
}

/// A row of a foreign database, valid until the next.
struct ForeignRow {
  fileprivate let statement: OpaquePointer?

  var count: Int32 { sqlite3_column_count(statement) }
  func kind(_ column: Int32) -> Int32 { sqlite3_column_type(statement, column) }
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
  }
}
