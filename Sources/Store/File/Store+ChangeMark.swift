import Crypto
import GRDB
import Market
import SQLite

extension Store {
  /// Tables that are small and change without a step telling it, in whole.
  private static let catalogueTables = [
    "asset", "etf", "etf_flow_day", "gap", "price_choice", "saved_query", "series", "snapshot_due", "source",
  ]

  /// A text that stays the same exactly as long as nothing but runs, steps, fetches, bodies and quotas changes.
  ///
  /// Facts and what is derived from them are told by the last step that moved a row and by the counters of the series,
  /// so that the cost does not grow with them; the user's own tables are read in whole.
  package func changeMark() throws(StoreError) -> String {
    try read { db in
      var hash = SHA256()
      let numbers = try Int64.fetchAll(
        db,
        sql: """
          SELECT coalesce((SELECT step_id FROM step WHERE rows_new + rows_changed + rows_refused > 0
            ORDER BY step_id DESC LIMIT 1), 0)
          UNION ALL SELECT coalesce((SELECT max(decision_id) FROM decision), 0)
          UNION ALL SELECT coalesce((SELECT max(quarantine_id) FROM quarantine), 0)
          UNION ALL SELECT coalesce((SELECT max(summary_id) FROM summary), 0)
          """)
      for number in numbers { hash.update(data: Array("\(number) ".utf8)) }
      hash.update(data: Array("\(try db.migrationNumber()) ".utf8))
      let notes = try Row.fetchAll(
        db, sql: "SELECT key, value FROM meta WHERE key NOT IN (?, ?) ORDER BY key",
        arguments: [Store.summarisedNote, Store.measuredNote])
      for note in notes { hash.update(data: Array("\(note["key"] as String)\0\(note["value"] as String)\0".utf8)) }
      // A file is backed up before its schema is brought up to date.
      let present = Set(try db.tables())
      for table in Store.catalogueTables where present.contains(table) {
        hash.update(data: try db.content(of: table).sha256)
      }
      for object in try db.schemaObjects() where object.isUsers {
        hash.update(data: Array(object.sql.utf8))
        if object.type == "table" { hash.update(data: try db.content(of: object.name).sha256) }
      }
      return hash.finalize().prefix(16).hexadecimal
    }
  }
}
