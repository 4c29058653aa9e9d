import GRDB
import Market
import Support

@testable import Store

/// The record that an older appliance left, in a folder of its own.
struct OldFile {
  let folder: TemporaryFolder
  var path: String { folder.file("appliance.db") }

  init() throws {
    folder = try TemporaryFolder()
    try OlderRecord.put(at: path)
  }

  /// Opens it for writing, which brings it up to date.
  func migrated(beforeMigration: (Store) throws -> Void = { _ in }) throws -> Store {
    try Store.writing(path, command: "ingest", beforeMigration: beforeMigration)
  }

  /// Looks at it as it lies there, without a view to its schema.
  func asked<T>(_ body: (Database) throws -> T) throws -> T {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.inDatabase(body)
  }

  func schemaVersion() throws -> Int { try asked { db in try db.migrationNumber() } }

  /// Changes it as a fault would, without a look at references.
  func tamper(_ sql: String) throws {
    try asked { db in try db.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)") }
  }
}

extension Store {
  func literals(_ sql: String) throws -> [String] { try read { db in try db.literals(sql) } }
  func schemaTexts() throws -> [String: String] { try read { db in try db.schemaTexts() } }
}

extension Database {
  /// Every row of a query as SQL literals, sorted.
  func literals(_ sql: String) throws -> [String] {
    try Row.fetchAll(self, sql: sql).map { row in
      row.databaseValues.map(\.description).joined(separator: ", ")
    }.sorted()
  }

  /// The tables of ours, by name.
  func tableNames() throws -> [String] { try tables() }

  /// The text of everything in the schema, by kind and name.
  func schemaTexts() throws -> [String: String] {
    let rows = try Row.fetchAll(self, sql: "SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_schema")
    return Dictionary(uniqueKeysWithValues: rows.map { ("\($0["type"] as String) \($0["name"] as String)", $0["sql"]) })
  }
}
