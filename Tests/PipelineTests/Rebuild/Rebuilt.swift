import Foundation
import GRDB
import Market
import Pipeline
import Schema
import Support

@testable import Store

/// A file rebuilt from another one, and how the two differ.
struct Rebuilt {
  let store: Store
  let report: Rebuild.Report
  let differences: RowDifferences
  private let folder: TemporaryFolder

  init(
    _ source: Store, providers: [any Provider] = Scene.providers, opener: any FactFileOpener = Importing.opener,
    bodies: Bool = true
  ) throws {
    folder = try TemporaryFolder()
    let target = try Store.rebuilding(folder.file("rebuilt.db"), kinds: source.kinds)
    store = target
    (report, differences) = try source.chronicle.atOneMoment { moment in
      let report = try Rebuild(providers: providers, opener: opener).fill(
        target, from: moment, bodies: bodies)
      return (report, try moment.differences(from: target, naming: 10))
    }
  }

  /// Why it is not the same; empty when it is.
  var faults: [String] {
    report.damaged.map(\.detail)
      + differences.shown.map {
        "\($0.table) \($0.key) \($0.kind) \($0.column ?? "") \($0.present ?? "") \($0.rebuilt ?? "")"
      }
  }
}

typealias TemporaryFolder = Support.TemporaryFolder

extension Store {
  /// Changes the file as nobody but a test does.
  func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
    try write { db in try db.execute(sql: sql, arguments: arguments) }
  }

  /// Damages the stored bytes of an answer.
  func flipByte(ofBodyOf fetch: String) throws {
    try write { db in
      let body = "SELECT body_id FROM fetch WHERE fetch_id = \(fetch)"
      var content = try Data.fetchOne(db, sql: "SELECT content FROM body WHERE body_id = (\(body))") ?? Data()
      content[content.count / 2] ^= 1
      try db.execute(sql: "UPDATE body SET content = ? WHERE body_id = (\(body))", arguments: [content])
    }
  }

  /// The same content in a file of the first schema, as an older appliance would have left it.
  func copyAsFirstSchema(to path: String) throws {
    let later: Set = [
      "quality_flag", "series", "fetch", "import_file", "rebase", "market_closure", "model_call", "summary",
    ]
    let laterKinds = [
      "corporate_action", "bar_trade", "market_cap", "indicator_", "series_", "asset_analysis", "portfolio",
      "quality_result", "macro_", "mood_", "news_", "article_", "event_", "theme_",
    ]
    let tables =
      ["meta", "asset", "source", "series", "etf", "run", "step", "body", "fetch", "quota", "decision"]
      + ComparedTable.all(.standard).map(\.name).filter { name in
        !later.contains(name) && !laterKinds.contains { name.hasPrefix($0) }
      } + ["summary"]
    let old = try DatabaseQueue(path: path)
    try old.writeWithoutTransaction { target in
      try target.execute(sql: "PRAGMA foreign_keys = OFF")
      try target.execute(sql: Migration.spine.sql)
      try target.execute(sql: "PRAGMA user_version = 1; PRAGMA application_id = \(applicationID)")
      try read { db in
        for table in tables {
          let known = Set(try db.columns(in: table).map(\.name))
          let columns = try target.columns(in: table).map(\.name).filter(known.contains)
          let list = columns.joined(separator: ", ")
          let marks = columns.map { _ in "?" }.joined(separator: ", ")
          for row in try Row.fetchAll(db, sql: "SELECT \(list) FROM \(table)") {
            try target.execute(
              sql: "INSERT INTO \(table) (\(list)) VALUES (\(marks))",
              arguments: StatementArguments(row.databaseValues))
          }
        }
      }
    }
    try old.close()
  }
}
