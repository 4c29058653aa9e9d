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
      let stored = try Row.fetchOne(
        db, sql: "SELECT value, classification, fetch_id FROM sentiment WHERE series_id = ? AND day = ?",
        arguments: [series.rawValue, value.day.description])
      guard let stored else {
        try write(value, db)
        changes.addNew(key)
        continue
      }
      let old = SentimentValue(day: value.day, value: stored["value"], classification: stored["classification"])
      if old == value {
        changes.unchanged += 1
      } else {
        try keep(old, of: stored["fetch_id"], db)
        try write(value, db)
        changes.addChanged(key)
      }
    }
    return changes
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
