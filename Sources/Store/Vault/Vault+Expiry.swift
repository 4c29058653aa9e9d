import Formats
import Foundation
import GRDB
import Market
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

  /// Bytes stay so many days beyond the newest article that came from them.
  package static let days: Int64 = 90
  /// Days that any answer stays, also one with old articles only, or with nothing new.
  package static let grace: Int64 = 7
  fileprivate static let rule = "\(days) days beyond the newest article that came from it"
  fileprivate static let ruleOfUnread = "\(days) days after it came"
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
    let going = try answers()
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
    try forgetLooks()
  }

  private struct Answer {
    let fetch: Int64
    let body: Int64
    /// Whether something was made of it, or tried to be.
    let wasRead: Bool
    let hasArticles: Bool
  }

  /// Those that may go, but for bodies that another answer shares and that stays.
  private func answers() throws -> [Answer] {
    let cutoff = now - Expiry.days * 86_400
    let kept = try answersOfYoungArticles(since: cutoff)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT fetch_id, body_id, received_at, read_outcome FROM fetch
        WHERE body_id IS NOT NULL AND read_outcome IS NOT NULL AND method <> 'IMPORT' AND received_at < ?
          AND source_id IN (\(FeedExpiry.sources))
        ORDER BY fetch_id
        """, arguments: [(now - Expiry.grace * 86_400).epochSeconds])
    let (withArticles, waiting) = (try answersOfArticles(), try answersOfWaitingRows())
    var answers: [Answer] = []
    for row in rows {
      let (fetch, outcome) = (row["fetch_id"] as Int64, row["read_outcome"] as String)
      guard !kept.contains(fetch), !waiting.contains(fetch) else { continue }
      let isNothing = outcome == "unchanged" || outcome == "superseded"
      let hasArticles = withArticles.contains(fetch)
      if !isNothing, !hasArticles, row["received_at"] as Int64 >= cutoff.epochSeconds { continue }
      answers.append(
        Answer(fetch: fetch, body: row["body_id"], wasRead: !isNothing, hasArticles: hasArticles))
    }
    let going = Set(answers.map(\.fetch))
    let shared = try Set(
      Row.fetchAll(
        db,
        sql: """
          SELECT fetch_id, body_id FROM fetch WHERE body_id IN (SELECT body_id FROM fetch
            WHERE body_id IS NOT NULL GROUP BY body_id HAVING count(*) > 1)
          UNION ALL SELECT -1, request_body_id FROM fetch WHERE request_body_id IS NOT NULL
          UNION ALL SELECT -1, body_id FROM import_part
          """
      ).filter { !going.contains($0["fetch_id"]) }.map { $0["body_id"] as Int64 })
    return answers.filter { !shared.contains($0.body) }
  }

  /// Of whom nothing but items of feeds is known.
  private static let sources = """
    SELECT source_id FROM series GROUP BY source_id HAVING min(dataset = 'news_item') = 1
    """

  /// Answers from which an item came that was published since, or one without a date when they were received since.
  private func answersOfYoungArticles(since cutoff: Instant) throws -> Set<Int64> {
    var kept: Set<Int64> = []
    for table in ["news_item", "news_item_restatement"] {
      let fetches = try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT item.fetch_id FROM series JOIN \(table) AS item ON item.series_id = series.series_id
          WHERE series.dataset = 'news_item' AND item.day >= ?1 AND item.published_at >= ?2
          UNION
          SELECT DISTINCT item.fetch_id FROM series JOIN \(table) AS item ON item.series_id = series.series_id
          JOIN fetch ON fetch.fetch_id = item.fetch_id
          WHERE series.dataset = 'news_item' AND item.day = ?3 AND fetch.received_at >= ?2
          """, arguments: [cutoff.day.description, cutoff.epochSeconds, NewsItem.undated.description])
      kept.formUnion(fetches)
    }
    return kept
  }

  /// Answers that have bytes, and from which any item came.
  private func answersOfArticles() throws -> Set<Int64> {
    var found: Set<Int64> = []
    for table in ["news_item", "news_item_restatement"] {
      found.formUnion(try Int64.fetchAll(db, sql: "SELECT DISTINCT fetch_id FROM \(table)"))
    }
    return found
  }

  /// Answers of which a refused row waits for a word of the user.
  private func answersOfWaitingRows() throws -> Set<Int64> {
    Set(try Int64.fetchAll(db, sql: "SELECT DISTINCT fetch_id FROM quarantine WHERE state = 'held'"))
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

  /// Old steps that asked a feed and found nothing new, but for the last of each.
  private func forgetLooks() throws {
    try db.execute(
      sql: """
        DELETE FROM step
        WHERE name = 'news' AND started_at < ? AND outcome = 'done' AND rows_new + rows_changed + rows_refused = 0
          AND step_id NOT IN (SELECT max(step_id) FROM step WHERE name = 'news' GROUP BY series_id)
          AND step_id NOT IN (SELECT step_id FROM gap WHERE step_id IS NOT NULL)
          AND step_id NOT IN (SELECT step_id FROM chronicle WHERE step_id IS NOT NULL)
        """, arguments: [(now - Expiry.grace * 86_400).epochSeconds])
  }
}
