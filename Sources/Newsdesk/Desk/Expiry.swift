import Foundation
import GRDB
import Market

/// That the bytes of an answer of a feed were let go.
package struct Expiry: Hashable, Sendable {
  /// Bytes stay so many days beyond the newest article that came from them.
  package static let days: Int64 = 90
  /// Days that any answer stays, also one with old articles only, or with nothing new.
  package static let grace: Int64 = 7

  static let rule = "\(days) days beyond the newest article that came from it"
  static let ruleOfUnread = "\(days) days after it came"

  /// When.
  package let at: Instant
  /// By which rule, in words.
  package let rule: String
  /// How many bytes there were.
  package let size: Int64
  /// Of them, in hexadecimal.
  package let sha256: String

  /// That of an answer by its number; `nil` where its bytes were not let go.
  package init?(of fetch: Int64, _ db: Database) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT expired_at, rule, size, sha256 FROM body_expiry WHERE fetch_id = ?", arguments: [fetch])
    guard let row else { return nil }
    at = Instant(epochSeconds: row["expired_at"])
    (rule, size, sha256) = (row["rule"], row["size"], (row["sha256"] as Data).hexadecimal)
  }
}

/// Bytes of feeds that were let go.
package struct ExpiredBodies: Hashable, Sendable {
  /// Answers whose bytes went.
  package let answers: Int
  /// What they took, as stored.
  package let bytes: Int64
}
