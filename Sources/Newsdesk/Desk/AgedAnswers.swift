import GRDB
import Market
import SQLite

/// Of the answers of feeds those whose bytes may go: nothing that is young enough came from them.
package struct AgedAnswers {
  private let db: Database
  private let now: Instant

  /// Those of a file, at an instant.
  package init(_ db: Database, at now: Instant) { (self.db, self.now) = (db, now) }

  /// An answer whose bytes may go.
  package struct Answer {
    /// Its number.
    package let fetch: Int64
    /// That of its bytes.
    package let body: Int64
    /// Whether something was made of it, or tried to be.
    package let wasRead: Bool
    /// Whether an item came from it.
    package let hasArticles: Bool
  }

  /// Those that may go, but for bodies that another answer shares and that stays.
  package func all() throws -> [Answer] {
    let cutoff = now - Expiry.days * 86_400
    let kept = try answersOfYoungArticles(since: cutoff)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT fetch_id, body_id, received_at, read_outcome FROM fetch
        WHERE body_id IS NOT NULL AND read_outcome IS NOT NULL AND method <> 'IMPORT' AND received_at < ?
          AND (\(AgedAnswers.isOfNews))
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
    let others = try answersOfOtherFacts(among: answers)
    answers.removeAll { others.contains($0.fetch) }
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

  /// Lets go of the bytes of such answers, beside which none that stays is told.
  ///
  /// - Parameter freed: what it took already to tell others without them, as stored.
  package func letGo(_ going: [Answer], freed: Int64) throws -> ExpiredBodies {
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
    var bytes = freed
    for body in Set(going.map(\.body)).sorted() {
      bytes += try Int64.fetchOne(db, sql: "SELECT length(content) FROM body WHERE body_id = ?", arguments: [body]) ?? 0
      try db.run("DELETE FROM body_base WHERE body_id = ?", [body])
      try db.run("DELETE FROM body WHERE body_id = ?", [body])
    }
    try forgetLooks()
    return ExpiredBodies(answers: going.count, bytes: bytes)
  }

  /// Whether a row of `fetch` is an answer to a question about news: of sources of which nothing else is known each, of
  /// others those to a question that an item came from before.
  private static let isOfNews = """
    source_id IN (SELECT source_id FROM series GROUP BY source_id HAVING min(dataset = 'news_item') = 1)
    OR (source_id, \(question("fetch"))) IN (SELECT told.source_id, \(question("told")) FROM fetch AS told
      WHERE told.fetch_id IN (SELECT fetch_id FROM news_item UNION SELECT fetch_id FROM news_item_restatement))
    """

  /// What an answer was about: the place with the first thing that was said there, as `/query?function=NEWS_SENTIMENT`.
  private static func question(_ fetch: String) -> String {
    "substr(\(fetch).target, 1, instr(\(fetch).target || '&', '&') - 1)"
  }

  /// Of answers those that taught anything else than an item, as a price, or that there is none.
  private func answersOfOtherFacts(among answers: [Answer]) throws -> Set<Int64> {
    let list = "[\(answers.map { String($0.fetch) }.joined(separator: ","))]"
    let series = try Int64.fetchAll(
      db,
      sql: """
        SELECT series_id FROM series WHERE dataset <> 'news_item' AND row_count > 0
          AND source_id IN (SELECT source_id FROM fetch WHERE fetch_id IN (SELECT value FROM json_each(?)))
        """, arguments: [list])
    guard !series.isEmpty else { return [] }
    let tables = try Row.fetchAll(
      db,
      sql: """
        SELECT owner.name AS name, answer.name AS answer FROM sqlite_master AS owner
        JOIN pragma_table_info(owner.name) AS answer ON answer.name IN ('fetch_id', 'replaced_by_fetch_id')
        JOIN pragma_table_info(owner.name) AS series ON series.name = 'series_id'
        WHERE owner.type = 'table' AND owner.name NOT IN ('quarantine', 'chronicle')
        """)
    var found: Set<Int64> = []
    for table in tables {
      found.formUnion(
        try Int64.fetchAll(
          db,
          sql: """
            SELECT DISTINCT \(table["answer"] as String) FROM "\(table["name"] as String)"
            WHERE series_id IN (SELECT value FROM json_each(?1))
              AND \(table["answer"] as String) IN (SELECT value FROM json_each(?2))
            """, arguments: ["[\(series.map(String.init).joined(separator: ","))]", list]))
    }
    return found
  }

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

  /// Old looks at feeds that found nothing new, the answer and the step, but for the last of each: of a feed that is asked
  /// every hour they would come to more than what it said.
  private func forgetLooks() throws {
    try db.execute(
      sql: """
        DELETE FROM fetch
        WHERE read_outcome = 'unchanged' AND (body_id IS NULL OR status = 304) AND received_at < ?
          AND (\(AgedAnswers.isOfNews))
          AND fetch_id NOT IN (SELECT max(fetch_id) FROM fetch GROUP BY source_id, target)
          AND fetch_id NOT IN (SELECT max(fetch_id) FROM fetch WHERE status = 200 GROUP BY source_id, target)
          AND fetch_id NOT IN (SELECT fetch_id FROM chronicle WHERE fetch_id IS NOT NULL)
        """, arguments: [(now - Expiry.grace * 86_400).epochSeconds])
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
