import Formats
import Foundation
import GRDB
import Market
import Newsdesk
import SQLite

/// Bytes of feeds that were let go.
package struct ExpiredBodies: Hashable, Sendable {
  /// Answers whose bytes went.
  package internal(set) var answers = 0
  /// What they took, as stored.
  package internal(set) var bytes: Int64 = 0
}

/// That the bytes of an answer were let go.
package struct Expiry: Hashable, Sendable {
  /// When.
  package let at: Instant
  /// By which rule, in words.
  package let rule: String
  /// How many bytes there were.
  package let size: Int64
  /// Of them, in hexadecimal.
  package let sha256: String

  fileprivate static let rule = "\(ExpiryRule.days) days beyond the newest article that came from it"
  fileprivate static let ruleOfUnread = "\(ExpiryRule.days) days after it came"
}

extension Vault {
  /// When the bytes of an answer were let go, and by which rule; `nil` where they were not.
  package func expiry(of fetch: FetchID) throws(StoreError) -> Expiry? {
    try read { db in
      try Row.fetchOne(
        db, sql: "SELECT expired_at, rule, size, sha256 FROM body_expiry WHERE fetch_id = ?",
        arguments: [fetch.rawValue]
      ).map {
        Expiry(
          at: Instant(epochSeconds: $0["expired_at"]), rule: $0["rule"], size: $0["size"],
          sha256: ($0["sha256"] as Data).hexadecimal)
      }
    }
  }

  /// Lets go, once a day, of the bytes of answers of feeds of which nothing that is young enough came, and of the records
  /// of looks at feeds that found nothing. What the answers said stays, and so does that they were asked for.
  ///
  /// - Returns: `nil` where that was done on this day already.
  package func expireFeedBodies(at now: Instant) throws(StoreError) -> ExpiredBodies? {
    guard try store.meta(Vault.expiryNote) != now.day.description else { return nil }
    // That nothing points to what goes is looked at here: SQLite would read whole tables for each body.
    let expired = try write(unseen: .references) { db in
      let expiry = try FeedExpiry(db, at: now)
      try expiry.perform()
      return expiry.expired
    }
    try store.setMeta(Vault.expiryNote, now.day.description)
    return expired
  }

  /// Under which the record notes on which day that was done last.
  package static let expiryNote = "feed_bodies_expired_on"
}

/// What of the answers of feeds may go.
private final class FeedExpiry {
  private let db: Database
  private let now: Instant
  private(set) var expired = ExpiredBodies()

  init(_ db: Database, at now: Instant) throws {
    (self.db, self.now) = (db, now)
  }

  func perform() throws {
    let aged = AgedAnswers(db, at: now)
    let going = try aged.all()
    let bodies = Set(going.map(\.body))
    try keepApart(from: bodies)
    for answer in going {
      if answer.wasRead {
        try db.run(
          """
          INSERT INTO body_expiry (fetch_id, expired_at, rule, size, sha256)
          SELECT ?, ?, ?, size, sha256 FROM body WHERE body_id = ?
          """, [answer.fetch, now.epochSeconds, answer.hasArticles ? Expiry.rule : Expiry.ruleOfUnread, answer.body])
      }
      try db.run("UPDATE fetch SET body_id = NULL WHERE fetch_id = ?", [answer.fetch])
    }
    for body in bodies.sorted() {
      expired.bytes +=
        try Int64.fetchOne(db, sql: "SELECT length(content) FROM body WHERE body_id = ?", arguments: [body]) ?? 0
      try db.run("DELETE FROM body_base WHERE body_id = ?", [body])
      try db.run("DELETE FROM body WHERE body_id = ?", [body])
    }
    expired.answers = going.count
    try aged.forgetLooks()
  }

  /// What is told beside a body that goes is told beside the nearest one that stays, or whole.
  private func keepApart(from going: Set<Int64>) throws {
    let resting = try Row.fetchAll(db, sql: "SELECT body_id, base_id, depth FROM body_base ORDER BY body_id")
    let bases = Dictionary(
      resting.map { ($0["body_id"] as Int64, (base: $0["base_id"] as Int64, depth: $0["depth"] as Int)) }
    ) { first, _ in first }
    for (body, rest) in bases.sorted(by: { $0.key < $1.key })
    where going.contains(rest.base) && !going.contains(body) {
      var next: Int64? = rest.base
      while let base = next, going.contains(base) { next = bases[base]?.base }
      let bytes = try Vault.bytes(ofBody: body, of: FetchID(0), db)
      let base = try next.map {
        PackedBody.Base(
          body: $0, depth: bases[$0]?.depth ?? 0, bytes: try Vault.bytes(ofBody: $0, of: FetchID(0), db))
      }
      let packed = try PackedBody(storing: bytes, beside: base)
      try db.run(
        "UPDATE body SET encoding = ?, content = ? WHERE body_id = ?", [packed.encoding, Data(packed.content), body])
      if let base = packed.base {
        try db.run(
          "UPDATE body_base SET base_id = ?, depth = ? WHERE body_id = ?", [base.body, base.depth + 1, body])
      } else {
        try db.run("DELETE FROM body_base WHERE body_id = ?", [body])
      }
      expired.bytes -= Int64(packed.content.count)
    }
  }
}
