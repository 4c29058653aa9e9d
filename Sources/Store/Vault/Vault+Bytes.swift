import Crypto
import Formats
import Foundation
import GRDB
import Market
import SQLite

extension Vault {
  /// The last answer to this question that was read, beside which the next one can be told; `nil` where none is, or where
  /// it is damaged.
  package func base(for request: Request) throws(StoreError) -> PackedBody.Base? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT fetch_id, fetch.body_id, coalesce(depth, 0) AS depth
          FROM fetch JOIN source USING (source_id) JOIN body USING (body_id) LEFT JOIN body_base USING (body_id)
          WHERE source.name = ? AND target = ? AND status = 200 AND read_outcome = 'read'
          ORDER BY fetch_id DESC LIMIT 1
          """, arguments: [request.provider.description, request.target])
      guard let row, (row["depth"] as Int) < PackedBody.deepest else { return nil }
      do {
        let bytes = try Vault.bytes(ofBody: row["body_id"], of: FetchID(row["fetch_id"]), db)
        return PackedBody.Base(body: row["body_id"], depth: row["depth"], bytes: bytes)
      } catch StoreError.corrupt {
        // Told by whoever wants to read it; the next answer is kept whole.
        return nil
      }
    }
  }

  /// The bytes of a body, checked against their hash.
  ///
  /// - Parameter fetch: the answer that has it, for messages.
  static func bytes(ofBody body: Int64, of fetch: FetchID, _ db: Database) throws -> [UInt8] {
    func corrupt(_ detail: String) -> StoreError {
      .corrupt(path: "body of fetch \(fetch.rawValue)", detail: detail)
    }
    // A file of before has no such table.
    let tellsDifferences = try db.tableExists("body_base")
    var differences: [(content: [UInt8], size: Int)] = []
    var (next, expected): (Int64, Data?) = (body, nil)
    while true {
      guard let row = try Row.fetchOne(db.cachedStatement(sql: Vault.content), arguments: [next]),
        let stored: Data = row["content"]
      else { throw corrupt("its bytes are not in the vault") }
      let base =
        try tellsDifferences
        ? Int64.fetchOne(
          db.cachedStatement(sql: "SELECT base_id FROM body_base WHERE body_id = ?"), arguments: [next]) : nil
      expected = expected ?? row["sha256"]
      let size = min(maximumBody, row["size"] as Int)
      do {
        let isPacked = row["encoding"] as String == "zstd"
        // What tells differences is shorter than what it comes to.
        let content = isPacked ? try Zstd.decompress(Array(stored), limit: size) : Array(stored)
        guard let base else {
          let bytes = try differences.reversed().reduce(content) {
            try PackedBody.bytes(of: $1.content, beside: $0, limit: $1.size)
          }
          guard let expected, expected.elementsEqual(SHA256.hash(data: bytes)) else {
            throw corrupt("its bytes do not match their SHA-256")
          }
          return bytes
        }
        differences.append((content, size))
        next = base
      } catch let error as StoreError {
        throw error
      } catch {
        throw corrupt("\(error)")
      }
      guard differences.count <= 2 * PackedBody.deepest else { throw corrupt("it rests on itself") }
    }
  }

  private static let content = "SELECT sha256, size, encoding, content FROM body WHERE body_id = ?"
}
