import Crypto
import Formats
import Foundation
import GRDB
import Newsdesk
import SQLite
import Schema

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
      if try schemaObjects().isEmpty { return try makeNew(missing, of: kinds) }
      for migration in missing { try run(migration, lastOf: kinds) }
    }
    if heedsReferences { try execute(sql: "PRAGMA foreign_keys = ON") }
    try outcome.get()
  }

  /// Makes the schema of a file that holds nothing, in one transaction.
  private func makeNew(_ migrations: some Collection<Migration>, of kinds: Kinds) throws {
    try Self.template(of: migrations).copy(into: self)
  }

  fileprivate static func template(of migrations: some Collection<Migration>) throws(StoreError) -> SchemaTemplate {
    let statements = migrations.map(\.sqlWithoutRows) + Views.all + [mark(migrations.map(\.number).max() ?? 0)]
    return try SchemaTemplate.made(by: statements.joined(separator: ";\n"))
  }

  private func prepare(for migration: Migration) throws {
    if let table = migration.preparation.table { try execute(sql: table) }
    switch migration.preparation {
    case .nothing: break
    case .requestBodies: try moveRequestBodies()
    case .articleTexts: try noteArticleTexts()
    case .storyWords:
      try noteStoryWords()
      try ArticleDesk(self).tellTickersAnew()
    }
  }

  private static func mark(_ number: Int) -> String {
    "PRAGMA user_version = \(number); PRAGMA application_id = \(applicationID)"
  }

  private func run(_ migration: Migration, lastOf kinds: Kinds) throws {
    try inImmediateTransaction { db in
      // A view that is in the way of a table being renamed is an error. No migration may count on one.
      let own = try db.dropViews()
      try db.prepare(for: migration)
      try db.execute(sql: migration.sql)
      try db.dropViews()
      for view in Views.all { try db.execute(sql: view) }
      let isLast = migration.number == kinds.migrations.last?.number
      if !isLast { try db.dropUnreadableViews() }
      for object in own { try db.execute(sql: object.sql) }
      if isLast { try GapKeeper.followRhythms(of: kinds, db) }
      for table in migration.rewritten { try db.checkReferences(of: table, after: migration) }
      try db.execute(sql: Self.mark(migration.number))
    }
  }

  /// Takes all views away, and the user's own triggers, which may speak of a table that is made anew.
  ///
  /// - Returns: those of the user, which are put back as they were.
  @discardableResult
  private func dropViews() throws -> [SchemaObject] {
    let objects = try schemaObjects()
    let own = objects.filter { $0.isUsers && ["view", "trigger"].contains($0.type) }
    for trigger in own where trigger.type == "trigger" {
      try execute(sql: "DROP TRIGGER main.\(trigger.name.quotedForSQL)")
    }
    for view in objects where view.type == "view" { try execute(sql: "DROP VIEW main.\(view.name.quotedForSQL)") }
    return own.filter { $0.type == "view" } + own.filter { $0.type == "trigger" }
  }

  /// Takes the views away that speak of what a later migration makes: a run that is killed between the two leaves a file
  /// of which the next one makes a backup first, and that reads what is there.
  private func dropUnreadableViews() throws {
    let views = try schemaObjects().filter { $0.type == "view" && !$0.isUsers }
    let unreadable = views.filter { view in
      do {
        _ = try makeStatement(sql: "SELECT * FROM main.\(view.name.quotedForSQL)")
        return false
      } catch { return true }
    }
    for view in unreadable { try execute(sql: "DROP VIEW main.\(view.name.quotedForSQL)") }
  }

  private func checkReferences(of table: String, after migration: Migration) throws {
    guard let fault = try Row.fetchOne(self, sql: "PRAGMA main.foreign_key_check(\(table.quotedForSQL))") else {
      return
    }
    throw StoreError.notMigrated(
      path: try String.fetchOne(self, sql: "SELECT file FROM pragma_database_list WHERE name = 'main'") ?? "",
      version: migration.number,
      detail: "a row of \(table) points to a row of \(fault["parent"] as String) that is missing")
  }
}

extension Database {
  /// Puts the bodies of requests among the bodies of answers, and notes in `temp.body_of_request` where each of them is.
  fileprivate func moveRequestBodies() throws {
    let texts = try String.fetchAll(
      self, sql: "SELECT DISTINCT request_body FROM fetch WHERE request_body <> '' ORDER BY request_body")
    for text in texts {
      let body = try PackedBody(storing: Array(text.utf8))
      try execute(
        sql: """
          INSERT INTO body (sha256, size, encoding, redacted, content) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """, arguments: [Data(body.hash), body.size, body.encoding, body.redacted, Data(body.content)])
      if changesCount == 1 {
        try execute(
          sql: "UPDATE run SET vault_bytes = vault_bytes + ? WHERE run_id = (SELECT max(run_id) FROM run)",
          arguments: [body.content.count])
      }
      try execute(
        sql: """
          INSERT INTO temp.body_of_request (fetch_id, body_id)
          SELECT fetch_id, (SELECT body_id FROM body WHERE sha256 = ?1) FROM fetch WHERE request_body = ?2
          """, arguments: [Data(body.hash), text])
    }
  }
}

extension Store {
  /// Makes what a new file begins with, in memory, where there is time for it before the file is made. Leaves no trace.
  package static func prepareToMakeFile() {
    _ = librarySetUp
    _ = try? Database.template(of: Kinds.standard.migrations)  // Whoever makes the file tells what is wrong.
  }
}
