import GRDB

/// One numbered step of the schema. Append-only: what was released is never edited.
struct Migration: Sendable {
  let number: Int
  let name: String
  /// The tables whose rows it writes anew; the references in them are looked at before it counts.
  var rewritten: [String] = []
  /// What SQL cannot say, done before the text and in the same transaction.
  var prepare: @Sendable (Database) throws -> Void = { _ in }
  let sql: String

  /// All of them, in order. `user_version` holds the number of the last one that was run.
  static let all: [Migration] = [.spine, .trace, .widen]

  /// The number of the last one; a literal, as every start of the program asks for it.
  static let latest = 3
}

/// What marks a file as ours: "apl1" in ASCII, in `PRAGMA application_id`.
package let applicationID: Int32 = 0x6170_6C31

extension Database {
  func migrationNumber() throws -> Int {
    try Int.fetchOne(self, sql: "PRAGMA user_version") ?? 0
  }

  /// Runs what is missing, each migration in a transaction of its own together with its number: whatever ends the
  /// process, the file is whole and has either the old schema or the new one. Outside any transaction.
  ///
  /// With the last of them the gaps follow the rhythms of this version, which may know more closed days than the one that
  /// found them.
  ///
  /// - Parameters:
  ///   - kinds: whose migrations they are.
  ///   - last: the number to stop at, for tests.
  /// - Throws: `StoreError.notMigrated` where a row would point to one that is not there; the file is then as it was.
  func migrate(_ kinds: Kinds = .standard, upTo last: Int = .max) throws {
    let migrations = kinds.migrations
    let missing = migrations.prefix(last).dropFirst(try migrationNumber())
    guard !missing.isEmpty else { return }
    // A table cannot be made anew while others point to it and are looked at, and a transaction cannot switch that off.
    let heedsReferences = try Bool.fetchOne(self, sql: "PRAGMA foreign_keys") ?? false
    try execute(sql: "PRAGMA foreign_keys = OFF")
    let outcome = Result {
      for migration in missing { try run(migration, lastOf: kinds) }
    }
    if heedsReferences { try execute(sql: "PRAGMA foreign_keys = ON") }
    try outcome.get()
  }

  private func run(_ migration: Migration, lastOf kinds: Kinds) throws {
    try inImmediateTransaction { db in
      // A view that is in the way of a table being renamed is an error. No migration may count on one.
      try db.dropViews()
      try migration.prepare(db)
      try db.execute(sql: migration.sql)
      try db.dropViews()
      for view in Views.all { try db.execute(sql: view) }
      if migration.number == kinds.migrations.last?.number { try GapKeeper.followRhythms(of: kinds, db) }
      for table in migration.rewritten { try db.checkReferences(of: table, after: migration) }
      try db.execute(sql: "PRAGMA user_version = \(migration.number); PRAGMA application_id = \(applicationID)")
    }
  }

  private func dropViews() throws {
    for view in try String.fetchAll(self, sql: "SELECT name FROM main.sqlite_schema WHERE type = 'view'") {
      try execute(sql: "DROP VIEW main.\(Store.quoted(view))")
    }
  }

  private func checkReferences(of table: String, after migration: Migration) throws {
    guard let fault = try Row.fetchOne(self, sql: "PRAGMA main.foreign_key_check(\(Store.quoted(table)))") else {
      return
    }
    throw StoreError.notMigrated(
      path: try String.fetchOne(self, sql: "SELECT file FROM pragma_database_list WHERE name = 'main'") ?? "",
      version: migration.number,
      detail: "a row of \(table) points to a row of \(fault["parent"] as String) that is missing")
  }
}
