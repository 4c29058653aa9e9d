import CSQLite
import Market
import SQLite
import Store

/// A connection of its own to the file, for one question: it sees one moment, can only read, and only what the fence
/// lets through.
///
/// Opened read-only and told so by a pragma; no triggers, extensions, tokenizers or changes of the schema; sorting and
/// temporary tables in memory; a text in double quotes is a name and nothing else.
final class GuardedConnection {
  let handle: OpaquePointer
  let fence: QueryFence
  let budget: QueryBudget
  private let path: String

  /// - Parameter asOf: the instant as of which the file is seen; `nil` for now.
  /// - Throws: `StoreError`: no file there, not ours, newer, damaged, nothing known then.
  init(_ path: String, asOf: Instant?, _ limits: QueryLimits, elapsed: @escaping () -> Duration) throws {
    try DatabaseFile.check(path)
    try OpenFiles.ifClosed(path) { try StoreFile.inspect(path) }
    OpenFiles.opened(path)
    do {
      (handle, fence) = try GuardedConnection.open(path, asOf)
    } catch {
      OpenFiles.closed(path)
      throw error
    }
    self.path = path
    budget = QueryBudget(limits, elapsed: elapsed)
    GuardedConnection.limit(handle, limits)
    fence.close(handle)
    budget.watch(handle)
  }

  deinit {
    sqlite3_close_v2(handle)
    OpenFiles.closed(path)
  }
}

// MARK: - Opening

extension GuardedConnection {
  /// The connection in a transaction of its own, and the fence for it.
  private static func open(_ path: String, _ asOf: Instant?) throws -> (OpaquePointer, QueryFence) {
    do {
      return try begin(path, path, asOf)
    } catch let error as StoreError {
      // A WAL file in a folder that cannot be written has no shared memory.
      guard case .notWritable = error, !DatabaseFile.hasLog(path) else { throw error }
      return try begin(DatabaseFile.immutableURI(path), path, asOf)
    }
  }

  private static func begin(
    _ address: String, _ path: String, _ asOf: Instant?
  ) throws -> (OpaquePointer, QueryFence) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
    let code = sqlite3_open_v2(address, &opened, flags | (address == path ? 0 : SQLITE_OPEN_URI), nil)
    guard let handle = opened else { throw StoreError.sqlite(code: code, message: "SQLite has no memory left") }
    let file = PlainConnection(handle: handle, path: path)
    do {
      guard code == SQLITE_OK else { throw file.failure }
      sqlite3_extended_result_codes(handle, 1)
      sqlite3_busy_timeout(handle, 5000)
      for (option, on) in switches { _ = appliance_switch(handle, option, on) }
      for statement in preparation { try file.run(statement) }
      try verify(file)
      // The past is made of views of this connection, which from then on can make nothing more.
      if let asOf { try AsKnownOn(asOf, .standard, file, leavesNames: true).prepare() }
      let named = try NamedTables.make(file, isPast: asOf != nil)
      try file.run("PRAGMA query_only = 1")
      return (handle, try fence(file, named, isPast: asOf != nil))
    } catch {
      sqlite3_close_v2(handle)
      throw error
    }
  }

  static let switches: [(option: Int32, on: Int32)] = [
    (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1), (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
    (SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
    (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0),
    (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
  ]

  private static let preparation = [
    "PRAGMA mmap_size = 0", "PRAGMA temp_store = MEMORY", "PRAGMA cell_size_check = 1",
    "BEGIN",
    // Tables that are functions introduce themselves at their first use, which the fence takes for a write.
    "SELECT 1 FROM json_each('[]'), json_tree('[]')",
  ]

  static func limit(_ handle: OpaquePointer, _ limits: QueryLimits) {
    let values: [(Int32, Int32)] = [
      (SQLITE_LIMIT_LENGTH, Int32(clamping: limits.cellBytes)),
      (SQLITE_LIMIT_SQL_LENGTH, Int32(clamping: limits.sqlBytes)),
      (SQLITE_LIMIT_COLUMN, QueryLimits.columns), (SQLITE_LIMIT_EXPR_DEPTH, QueryLimits.expressionDepth),
      (SQLITE_LIMIT_COMPOUND_SELECT, QueryLimits.compoundTerms), (SQLITE_LIMIT_VDBE_OP, QueryLimits.instructions),
      (SQLITE_LIMIT_FUNCTION_ARG, QueryLimits.arguments), (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, QueryLimits.patternBytes),
      (SQLITE_LIMIT_VARIABLE_NUMBER, QueryLimits.variables), (SQLITE_LIMIT_TRIGGER_DEPTH, 1),
      (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]
    for (kind, value) in values { sqlite3_limit(handle, kind, value) }
  }

  /// Ours, neither from the future nor from the past.
  private static func verify(_ file: PlainConnection) throws {
    let mark = Int32(truncatingIfNeeded: try file.integer("PRAGMA application_id") ?? 0)
    let version = Int(try file.integer("PRAGMA user_version") ?? 0)
    if mark == 0, version == 0, try file.texts("SELECT name FROM sqlite_schema LIMIT 1").isEmpty {
      throw StoreError.noDatabase(path: file.path)
    }
    try StoreFile.verify(mark: mark, version: version, mayBeOlder: false, path: file.path)
  }

  /// Lets plain tables and views be read. A virtual table runs code of its own, and what it is made of is for that alone.
  private static func fence(_ file: PlainConnection, _ named: NamedTables, isPast: Bool) throws -> QueryFence {
    let all = Set(try file.texts("SELECT lower(name) FROM main.sqlite_schema"))
    let plain = Set(
      try file.texts(
        """
        SELECT lower(name) FROM main.sqlite_schema AS object WHERE type IN ('table', 'view')
          AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'
          AND NOT EXISTS (SELECT 1 FROM main.sqlite_schema AS made WHERE made.sql LIKE 'CREATE VIRTUAL%'
            AND lower(substr(object.name, 1, length(made.name) + 1)) = lower(made.name) || '_')
        """))
    guard isPast else { return QueryFence(tables: plain, unlisted: all.subtracting(plain), named: named) }
    let past = PastNames(
      views: Set(try file.texts("SELECT lower(name) FROM temp.sqlite_schema WHERE type = 'view'")), of: plain)
    return QueryFence(
      tables: past.open, unlisted: all.union(past.inner).subtracting(past.open), named: named, past: past)
  }
}
