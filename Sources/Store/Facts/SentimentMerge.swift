import GRDB
import Market

/// Writes the days of a sentiment index so that a second time changes nothing.
struct SentimentMerge {
  let series: SeriesID
  let fetch: FetchID
  let replacedAt: Instant

  func run(_ values: [SentimentValue], _ db: Database) throws -> RowChanges {
    var changes = RowChanges()
    for value in values {
      let key = value.day.start.epochSeconds
      guard let (old, oldFetch) = try SentimentMerge.stored(on: value.day, in: series, db) else {
        try write(value, db)
        changes.addNew(key)
        continue
      }
      if old == value {
        changes.unchanged += 1
      } else {
        try keep(old, of: oldFetch, db)
        try write(value, db)
        changes.addChanged(key)
      }
    }
    return changes
  }

  /// What is stored of a day, with the fetch that taught it.
  static func stored(on day: Day, in series: SeriesID, _ db: Database) throws -> (SentimentValue, fetch: Int64)? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT value, classification, fetch_id FROM sentiment WHERE series_id = ? AND day = ?"),
      arguments: [series.rawValue, day.description]
    ).map { (SentimentValue(day: day, value: $0["value"], classification: $0["classification"]), $0["fetch_id"]) }
  }

  private func write(_ value: SentimentValue, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO sentiment (series_id, day, value, classification, fetch_id) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET value = excluded.value, classification = excluded.classification,
          fetch_id = excluded.fetch_id
        """,
      arguments: [series.rawValue, value.day.description, value.value, value.classification, fetch.rawValue])
  }

  private func keep(_ old: SentimentValue, of oldFetch: Int64, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO sentiment_restatement
          (series_id, day, replaced_by_fetch_id, replaced_at, value, classification, fetch_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
      arguments: [
        series.rawValue, old.day.description, fetch.rawValue, replacedAt.epochSeconds, old.value, old.classification,
        oldFetch,
      ])
  }
}
