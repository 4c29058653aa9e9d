import Formats
import Foundation
import GRDB
import Market
import Newsdesk
import SQLite

extension Vault {
  /// Lets go, once a day, of the bytes of answers of feeds of which nothing that is young enough came, and of the records
  /// of looks at feeds that found nothing. What the answers said stays, and so does that those were asked for that said it.
  ///
  /// - Returns: `nil` where that was done on this day already.
  package func expireFeedBodies(at now: Instant) throws(StoreError) -> ExpiredBodies? {
    guard try store.meta(Vault.expiryNote) != now.day.description else { return nil }
    // That nothing points to what goes is looked at here: SQLite would read whole tables for each body.
    let expired = try write(unseen: .references) { db in
      let aged = AgedAnswers(db, at: now)
      let going = try aged.all()
      return try aged.letGo(going, freed: -db.tellApart(from: Set(going.map(\.body))))
    }
    try store.setMeta(Vault.expiryNote, now.day.description)
    return expired
  }

  /// Under which the record notes on which day that was done last.
  package static let expiryNote = "feed_bodies_expired_on"
}

extension Database {
  /// What is told beside a body that goes is told beside the nearest one that stays, or whole.
  ///
  /// - Returns: the bytes that this takes, as stored.
  fileprivate func tellApart(from going: Set<Int64>) throws -> Int64 {
    var taken: Int64 = 0
    let resting = try Row.fetchAll(self, sql: "SELECT body_id, base_id, depth FROM body_base ORDER BY body_id")
    let bases = Dictionary(
      resting.map { ($0["body_id"] as Int64, (base: $0["base_id"] as Int64, depth: $0["depth"] as Int)) }
    ) { first, _ in first }
    for (body, rest) in bases.sorted(by: { $0.key < $1.key })
    where going.contains(rest.base) && !going.contains(body) {
      var next: Int64? = rest.base
      while let base = next, going.contains(base) { next = bases[base]?.base }
      let bytes = try Vault.bytes(ofBody: body, of: FetchID(0), self)
      let base = try next.map {
        PackedBody.Base(
          body: $0, depth: bases[$0]?.depth ?? 0, bytes: try Vault.bytes(ofBody: $0, of: FetchID(0), self))
      }
      let packed = try PackedBody(storing: bytes, beside: base)
      try run(
        "UPDATE body SET encoding = ?, content = ? WHERE body_id = ?", [packed.encoding, Data(packed.content), body])
      if let base = packed.base {
        try run(
          "UPDATE body_base SET base_id = ?, depth = ? WHERE body_id = ?", [base.body, base.depth + 1, body])
      } else {
        try run("DELETE FROM body_base WHERE body_id = ?", [body])
      }
      taken += Int64(packed.content.count)
    }
    return taken
  }
}
