import GRDB
import Market
import SQLite

extension Vault {
  /// Unpacks answers spread over the whole vault and compares them with their SHA-256.
  ///
  /// - Parameter count: how many to look at, at most.
  /// - Returns: how many were looked at, of how many there are with parts of imported files among them, and what is wrong
  ///   with those that differ.
  package func sample(_ count: Int) throws(StoreError) -> (checked: Int, of: Int, faults: [String]) {
    try read { db in
      let parts = try db.tableExists("import_part") ? Int.fetchOne(db, sql: "SELECT count(*) FROM import_part") ?? 0 : 0
      let answers = try Int.fetchOne(db, sql: "SELECT count(*) FROM fetch WHERE body_id IS NOT NULL") ?? 0
      let last = try Int64.fetchOne(db, sql: "SELECT max(fetch_id) FROM fetch") ?? 0
      var seen: Set<FetchID> = []
      var faults: [String] = []
      for index in 0..<Int64(count) {
        // Counted back from the newest, which is the one most likely never to have been read since.
        let id = last - last * index / Int64(max(count, 1))
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT fetch_id, body_id FROM fetch JOIN body USING (body_id)
            WHERE fetch_id <= ? ORDER BY fetch_id DESC LIMIT 1
            """, arguments: [id])
        guard let row, seen.insert(FetchID(row["fetch_id"])).inserted else { continue }
        do { _ = try Vault.bytes(ofBody: row["body_id"], of: FetchID(row["fetch_id"]), db) } catch let error
          as StoreError
        {
          faults.append(error.fault)
        }
      }
      return (seen.count, answers + parts, faults)
    }
  }
}

extension StoreError {
  /// What is damaged and how, without the advice.
  fileprivate var fault: String {
    if case .corrupt(let path, let detail) = self { "\(path): \(detail)" } else { description }
  }
}
