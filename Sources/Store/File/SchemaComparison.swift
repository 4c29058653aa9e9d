import Crypto
import GRDB
import Market
import SQLite
import Schema

extension Database {
  /// Tables of the user that refer to ours: where keys are looked at, they would stop what is deleted and written there.
  fileprivate func usersReferences(_ objects: [SchemaObject]) throws -> [String] {
    try objects.filter { $0.isUsers && $0.type == "table" }.compactMap { table in
      let targets = try String.fetchAll(
        self, sql: "SELECT \"table\" FROM pragma_foreign_key_list(?)", arguments: [table.name])
      guard let ours = targets.first(where: { !$0.lowercased().hasPrefix("my_") }) else { return nil }
      return
        "the table \(table.name) refers to \(ours) and would stop what is written there; make it without REFERENCES, "
        + "or remove it: DROP TABLE \(table.name.quotedForSQL)"
    }
  }
}

/// What the schema of a file should be, by its own version.
struct ExpectedSchema {
  /// Of the tables, indexes and triggers.
  private let hash: String
  private let version: Int
  private let kinds: Kinds

  /// - Parameter version: as the file says; one of those that `kinds` has migrations for.
  init(version: Int, _ kinds: Kinds) throws {
    self.version = version
    self.kinds = kinds
    // The migrations of further kinds stand behind ours, and nobody has taken their hash.
    hash = try Migration.hashes[version] ?? ExpectedSchema.hash(try ExpectedSchema.made(version, kinds))
  }

  /// Of everything but views, which each migration makes anew.
  static func hash(_ objects: [SchemaObject]) -> String {
    var hash = SHA256()
    for object in objects where object.type != "view" {
      for text in [object.type, object.name, object.table, object.sql] { hash.update(data: Array((text + "\0").utf8)) }
    }
    return hash.finalize().prefix(16).hexadecimal
  }

  /// The objects of a file that has nothing but what the migrations make.
  static func made(_ version: Int, _ kinds: Kinds) throws -> [SchemaObject] {
    let queue = try DatabaseQueue()
    return try queue.writeWithoutTransaction { db in
      try db.migrate(kinds, upTo: version)
      return try db.schemaObjects()
    }
  }

  /// What is in a file and should not be, is missing from it, or is otherwise; empty where it is as it should be.
  func faults(of all: [SchemaObject]) throws -> [String] {
    let objects = all.filter { !$0.isUsers }
    let isAsExpected = ExpectedSchema.hash(objects) == hash
    // The views of an older file are made anew with its migration, whatever they say.
    let isNewest = version == kinds.migrations.count
    return (isAsExpected ? [] : objects.differences(from: try ExpectedSchema.made(version, kinds)))
      + objects.viewFaults(Views.names, comparingTexts: isNewest)
  }
}

extension Database {
  /// What is in the schema that this program did not put there, or has changed; empty where it is as the migrations to the
  /// file's own version make it. The user's own tables, views and what belongs to them, named `my_…`, are left alone.
  func schemaFaults(_ kinds: Kinds) throws -> [String] {
    let version = try migrationNumber()
    guard (1...kinds.migrations.count).contains(version) else { return [] }
    let objects = try schemaObjects()
    return try ExpectedSchema(version: version, kinds).faults(of: objects) + usersReferences(objects)
  }
}

extension Store {
  /// What is in the schema that this program did not put there, or has changed.
  package func schemaFaults() throws(StoreError) -> [String] { try read { db in try db.schemaFaults(kinds) } }
}
