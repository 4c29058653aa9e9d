import GRDB
import Market

@testable import Store

extension Store {
  /// Rows of a query, each as its values joined by bars; NULL is `∅`.
  func rows(_ sql: String) throws -> [String] {
    try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null: "∅"
          case .int64(let number): "\(number)"
          case .double(let number): "\(number)"
          case .string(let text): text
          case .blob(let data): "\(data.count) bytes"
          }
        }.joined(separator: "|")
      }
    }
  }

  /// All rows of the tables that hold facts, judgements and what is derived from them; what a run costs is left out.
  func dump() throws -> [String: [String]] {
    let evidence = ["run", "step", "fetch", "body", "quota", "chronicle"]
    let tables = try rows(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    return try Dictionary(
      uniqueKeysWithValues: tables.filter { !evidence.contains($0) }.map {
        ($0, try rows("SELECT \(try columns(of: $0)) FROM \($0)").sorted())
      })
  }

  /// Which run made a derived row is left out: a run more is none of the facts.
  private func columns(of table: String) throws -> String {
    try rows("SELECT name FROM pragma_table_info('\(table)') WHERE name NOT IN ('run_id', 'replaced_by_run_id')")
      .joined(separator: ", ")
  }
}

extension Vault {
  /// Everything that was kept and never read.
  func unreadAnswers() throws -> [KeptAnswer] { try unreadFetches().map { try keptAnswer($0) } }
}

extension StoredGaps {
  /// The gaps of the series with this key; none where the file knows no such series.
  func all(of key: SeriesKey) throws -> [Gap] { try store.catalogue.series(key).map { try all(of: $0.id) } ?? [] }
}
