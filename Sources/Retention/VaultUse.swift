import GRDB
import Market
import SQLite
import Store

/// What the vault holds of one provider.
package struct VaultUse: Hashable, Sendable {
  /// `nil` for bodies that no provider's answer brought.
  package let source: String?
  /// Answers and failures kept.
  package let fetches: Int
  /// Different bodies among them, counted with the provider that brought them first.
  package let bodies: Int
  /// Bytes of those as they are stored, and unpacked.
  package let storedBytes: Int64
  /// Bytes of the same bodies, as they came.
  package let unpackedBytes: Int64
  /// Of the stored ones, those that came since the instant asked for.
  package let recentBytes: Int64
}

extension Store {
  /// The answers of feeds whose bytes were let go, and how many bytes those were as they came.
  package func letGo() throws(StoreError) -> (answers: Int, bytes: Int64) {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT count(*), coalesce(sum(size), 0) FROM body_expiry")
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// The vault by provider, the largest first. Reads the head of every body, but none of their contents.
  ///
  /// - Parameter instant: from when on bodies count as recent.
  package func vaultUse(since instant: Instant) throws(StoreError) -> [VaultUse] {
    try read { db in
      let fetches = try Row.fetchAll(db, sql: "SELECT source_id, count(*) AS count FROM fetch GROUP BY source_id")
      let counts = Dictionary(
        fetches.map { ($0["source_id"] as Int64, $0["count"] as Int) }, uniquingKeysWith: { first, _ in first })
      let rows = try Row.fetchAll(
        db,
        sql: """
          WITH brought AS (
            SELECT body_id, min(fetch_id) AS fetch_id FROM (
              SELECT body_id, fetch_id FROM fetch WHERE body_id IS NOT NULL
              UNION ALL
              SELECT request_body_id, fetch_id FROM fetch WHERE request_body_id IS NOT NULL)
            GROUP BY body_id)
          SELECT source.source_id, source.name, count(*) AS bodies, sum(length(body.content)) AS stored,
            sum(body.size) AS unpacked,
            sum(CASE WHEN fetch.received_at >= ? THEN length(body.content) ELSE 0 END) AS recent
          FROM body
          LEFT JOIN brought ON brought.body_id = body.body_id
          LEFT JOIN fetch ON fetch.fetch_id = brought.fetch_id
          LEFT JOIN source ON source.source_id = fetch.source_id
          GROUP BY source.source_id ORDER BY stored DESC, source.name
          """, arguments: [instant.epochSeconds])
      return rows.map { row in
        VaultUse(
          source: row["name"], fetches: (row["source_id"] as Int64?).flatMap { counts[$0] } ?? 0, bodies: row["bodies"],
          storedBytes: row["stored"], unpackedBytes: row["unpacked"], recentBytes: row["recent"])
      }
    }
  }
}
