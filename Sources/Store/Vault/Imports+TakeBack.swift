import GRDB
import Market
import SQLite

/// How the file stood before an import: what has a higher number came with it.
package struct BeforeImport: Sendable {
  fileprivate let series: SeriesKey
  /// The highest number in each table of `Imports.numbered` and of the histories.
  fileprivate let last: [String: Int64]
}

extension Imports {
  /// What an import adds to, each with the column that numbers its rows.
  private static let numbered = [
    "chronicle": "entry_id", "quarantine": "quarantine_id", "import_part": "fetch_id", "import_file_series": "fetch_id",
    "import_file": "fetch_id", "fetch": "fetch_id", "body": "body_id", "etf": "etf_id", "series": "series_id",
    "source": "source_id", "asset": "asset_id",
  ]

  /// What an import rewrites in a series besides its facts, whose histories keep what was there.
  private static let rewritten = [
    "gap", "quality_flag", "series", "etf_flow_day", "etf_flow_day_made", "etf_flow_day_restatement",
  ]

  /// Keeps on this connection what an import may rewrite, so that one that fails can be taken back. The file is not
  /// written.
  package func remember(_ key: SeriesKey) throws(StoreError) -> BeforeImport {
    try write { db in
      let id = try StoredCatalogue.series(key, db)?.id.rawValue ?? -1
      try db.execute(sql: Imports.forgetting)
      for table in Imports.rewritten {
        try db.execute(
          sql: "CREATE TEMP TABLE before_\(table) AS SELECT * FROM main.\(table) WHERE series_id = \(id)")
      }
      try db.execute(sql: "CREATE TEMP TABLE before_snapshot_due AS SELECT * FROM main.snapshot_due")
      var last: [String: Int64] = [:]
      let histories = try KindTable(kinds.kind(of: key)).histories.map { ($0, "restatement_id") }
      for (table, number) in Array(Imports.numbered) + histories {
        last[table] = try Int64.fetchOne(db, sql: "SELECT coalesce(max(\(number)), 0) FROM \(table)")
      }
      return BeforeImport(series: key, last: last)
    }
  }

  private static var forgetting: String {
    (rewritten + ["snapshot_due"]).map { "DROP TABLE IF EXISTS temp.before_\($0);" }.joined(separator: "\n")
  }

  /// Takes back everything that came since, in one transaction: rows, what they replaced, marks, gaps, counters, the
  /// kept bytes, and the series, the asset and the source where they were made for it. The run and its step stay.
  ///
  /// - Parameter run: which brought it, and nothing else.
  package func takeBack(to before: BeforeImport, of run: RunID) throws(StoreError) {
    // References are not looked up row by row: what points to a row that goes is of the same import, and goes too.
    try write(unseen: .references) { db in
      func last(_ table: String) -> Int64 { before.last[table] ?? .max }
      if let series = try StoredCatalogue.series(before.series, db) {
        try Imports.restore(KindTable(kinds.kind(of: before.series)), of: series.id.rawValue, last, db)
      }
      try db.execute(
        sql: """
          DELETE FROM snapshot_due; INSERT INTO snapshot_due SELECT * FROM temp.before_snapshot_due;
          DELETE FROM indicator_due WHERE series_id > \(last("series"));
          DELETE FROM quality_due WHERE series_id > \(last("series"));
          UPDATE run SET vault_bytes = vault_bytes
            - coalesce((SELECT sum(length(content)) FROM body WHERE body_id > \(last("body"))), 0)
          WHERE run_id = \(run.rawValue);
          UPDATE step SET series_id = NULL WHERE run_id = \(run.rawValue) AND series_id > \(last("series"));
          """)
      for (table, number) in Imports.numbered {
        try db.execute(sql: "DELETE FROM \(table) WHERE \(number) > \(last(table))")
      }
    }
    try write { db in try db.execute(sql: Imports.forgetting) }
  }

  /// The rows of a series and what is judged of them, as they were.
  private static func restore(
    _ table: KindTable, of series: Int64, _ last: (String) -> Int64, _ db: Database
  ) throws {
    let columns = (table.keys + table.values + ["fetch_id"]).joined(separator: ", ")
    try db.execute(sql: "DELETE FROM \(table.name) WHERE series_id = \(series) AND fetch_id > \(last("fetch"))")
    for history in table.histories {
      let isNew = "series_id = \(series) AND restatement_id > \(last(history))"
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO \(table.name) (\(columns)) SELECT \(columns) FROM \(history) WHERE \(isNew);
          DELETE FROM \(history) WHERE \(isNew);
          """)
    }
    for judged in rewritten {
      try db.execute(
        sql: """
          DELETE FROM \(judged) WHERE series_id = \(series);
          INSERT INTO \(judged) SELECT * FROM temp.before_\(judged);
          """)
    }
  }
}
