import CSQLite
import Store

/// What a question may touch. SQLite asks it about every table, column, function and deed while it prepares a
/// statement; what is not listed is refused, and the first reason is kept.
final class QueryFence {
  private let tables: Set<String>
  private let unlisted: Set<String>
  private let named: NamedTables
  /// What stands in for the tables on a connection that shows the past.
  let past: PastNames?
  private(set) var refusal: String?

  /// - Parameters:
  ///   - tables: the tables and views that may be read, in lower case.
  ///   - unlisted: whatever else has a name in the file, in lower case.
  ///   - named: the views of the connection that are found before tables of their names.
  ///   - past: on a connection that shows the past; then `tables` are its names.
  init(tables: Set<String>, unlisted: Set<String>, named: NamedTables = .none, past: PastNames? = nil) {
    self.unlisted = unlisted
    self.named = named
    self.past = past
    self.tables = tables.union(QueryFunctions.tables).union(["sqlite_schema", "sqlite_master"])
  }

  /// Stands at the connection from now on. It must live as long as the connection.
  func close(_ connection: OpaquePointer) {
    sqlite3_set_authorizer(
      connection,
      { context, action, first, second, database, _ in
        guard let context else { return SQLITE_DENY }
        let fence = Unmanaged<QueryFence>.fromOpaque(context).takeUnretainedValue()
        return fence.judge(action, QueryFence.text(first), QueryFence.text(second), in: QueryFence.text(database))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Forgets a refusal, before the next statement.
  func forget() { refusal = nil }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

  private func judge(_ action: Int32, _ first: String, _ second: String, in database: String) -> Int32 {
    let reason: String?
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: reason = nil
    case SQLITE_READ: reason = objection(toReading: first, column: second, in: database)
    case SQLITE_FUNCTION: reason = QueryFence.objection(toCalling: second)
    default: reason = QueryFence.objection(to: action, first)
    }
    guard let reason else { return SQLITE_OK }
    if refusal == nil { refusal = reason }
    return SQLITE_DENY
  }

  private func objection(toReading table: String, column: String, in database: String) -> String? {
    let name = table.lowercased()
    if database == "main" || database.isEmpty, tables.contains(name) { return nil }
    if database == "temp", named.names.contains(name) || past?.isReadable(name) == true { return nil }
    if column.isEmpty, database.isEmpty, isOfTheQuestion(name) { return nil }
    if let past, let objection = past.objection(toReading: name) { return objection }
    return "\(table) is no table of the record; SELECT name FROM sqlite_schema lists them"
  }

  /// Whether a name can only be one that the question gives by WITH. Of a part of which it only counts the rows, SQLite
  /// asks as of a table.
  ///
  /// No other table can have such a name: those in the file are known, and one that a module makes is refused when it
  /// introduces itself, which SQLite asks about as a write to the schema.
  private func isOfTheQuestion(_ name: String) -> Bool {
    !unlisted.contains(name) && !name.hasPrefix("sqlite_") && !name.hasPrefix("pragma_")
  }

  private static func objection(toCalling function: String) -> String? {
    let name = function.lowercased()
    if QueryFunctions.allowed.contains(name) { return nil }
    return "the function \(name)() is not one that a question may use; take SQLite's plain ones: "
      + "https://sqlite.org/lang_corefunc.html"
  }

  /// Why nothing is written to a table.
  static func objection(toWriting table: String) -> String {
    "a question only reads, and this one would write to \(table); `appliance ingest` and `appliance import` write"
  }

  /// Why a deed other than reading is not done, with what to do instead.
  private static func objection(to action: Int32, _ subject: String) -> String {
    switch action {
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
      subject.hasPrefix("sqlite_")
        ? "a question makes nothing and reads only the record's own tables; SELECT name, sql FROM sqlite_schema lists "
          + "them, WITH name AS (SELECT …) names a part"
        : objection(toWriting: subject)
    case SQLITE_PRAGMA:
      "PRAGMA \(subject) is not to be had in a question; SELECT name, sql FROM sqlite_schema shows how tables are made"
    case SQLITE_ATTACH, SQLITE_DETACH:
      "no other file can be attached; `appliance export all --format sql` makes a copy to combine with others"
    case SQLITE_TRANSACTION, SQLITE_SAVEPOINT:
      "a question has no transactions of its own: it always sees one moment; ask the SELECT alone"
    case SQLITE_CREATE_TEMP_TABLE, SQLITE_CREATE_TEMP_VIEW, SQLITE_CREATE_TEMP_INDEX, SQLITE_CREATE_TEMP_TRIGGER:
      "nothing can be made, not even for a while; WITH name AS (SELECT …) names a part of a question"
    default:
      "a question only reads: one SELECT, nothing that makes, changes or removes; WITH name AS (SELECT …) names a part"
    }
  }
}
