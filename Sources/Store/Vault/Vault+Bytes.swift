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
          WHERE source.name = ? AND target = ? AND status = 200 AND (read_outcome = 'read' OR read_outcome LIKE 'read, %')
          ORDER BY fetch_id DESC LIMIT 1
          """, arguments: [request.provider.description, request.target])
      guard let row else { return nil }
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
  /// - Parameters:
  ///   - fetch: the answer that has it, for messages.
  ///   - recent: bodies that were read of the same snapshot shortly before.
  static func bytes(
    ofBody body: Int64, of fetch: FetchID, _ db: Database, recent: RecentBytes? = nil
  ) throws -> [UInt8] {
    func corrupt(_ detail: String) -> StoreError {
      .corrupt(path: "body of fetch \(fetch.rawValue)", detail: detail)
    }
    if let known = recent?[body] { return known }
    // A file of before has no such table.
    let tellsDifferences = try db.tableExists("body_base")
    var differences: [(content: [UInt8], isPacked: Bool, size: Int)] = []
    var (next, expected): (Int64, Data?) = (body, nil)
    do {
      while true {
        if differences.count > 2 * PackedBody.deepest { throw corrupt("it rests on itself") }
        guard let row = try Row.fetchOne(db.cachedStatement(sql: Vault.content), arguments: [next]),
          let stored: Data = row["content"]
        else { throw corrupt("its bytes are not in the vault") }
        let base =
          try tellsDifferences
          ? Int64.fetchOne(
            db.cachedStatement(sql: "SELECT base_id FROM body_base WHERE body_id = ?"), arguments: [next]) : nil
        expected = expected ?? row["sha256"]
        let size = min(maximumBody, row["size"] as Int)
        let isPacked = row["encoding"] as String == "zstd"
        let content = Array(stored)
        let start: [UInt8]
        if let base {
          differences.append((content, isPacked, size))
          guard let known = recent?[base] else {
            next = base
            continue
          }
          start = known
        } else {
          start = isPacked ? try Zstd.decompress(content, limit: size) : content
        }
        let bytes = try differences.reversed().reduce(start) {
          try PackedBody.bytes(of: $1.content, isPacked: $1.isPacked, beside: $0, size: $1.size)
        }
        guard let expected, expected.elementsEqual(SHA256.hash(data: bytes)) else {
          throw corrupt("its bytes do not match their SHA-256")
        }
        recent?[body] = bytes
        return bytes
      }
    } catch let error as StoreError {
      throw error
    } catch {
      throw corrupt("\(error)")
    }
  }

  private static let content = "SELECT sha256, size, encoding, content FROM body WHERE body_id = ?"
}
