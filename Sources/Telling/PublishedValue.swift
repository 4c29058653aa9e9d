import GRDB
import Market
import SQLite
import Store

/// What was published of a period of an economic series on a day.
package struct PublishedValue: Hashable, Sendable {
  /// The day of its publication.
  package let vintage: Day
  /// The value; absent where it was withdrawn.
  package let value: FigureValue
  /// The answer that told it.
  package let fetch: FetchID
}

/// A value of an economic series as it is told: with the day of its publication, or only that of the answer.
package struct KnownObservation: Hashable, Sendable {
  /// The value and its vintage.
  package let value: MacroObservation
  /// Whether the provider said on which day it published it; else the vintage is the day on which this file was told, as of
  /// answers without a key.
  package let isDated: Bool
}

extension Telling {
  /// The key of what was published last of a period; `nil` where nothing of it is known.
  package func newestVintage(of series: StoredSeries, on day: Day) throws(StoreError) -> FactKey? {
    try published(of: series, on: day).last.map { FactKey(.day(day), .day($0.vintage)) }
  }

  /// What was published of the same period before a row, oldest first; nothing of another kind.
  package func vintages(of series: StoredSeries, before key: FactKey) throws(StoreError) -> [PublishedValue] {
    guard key.parts.count == 2, case .day(let day) = key.parts[0], case .day(let vintage) = key.parts[1] else {
      return []
    }
    return try published(of: series, on: day).filter { $0.vintage < vintage }
  }

  /// When the first answer of all came.
  package func firstAnswer() throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(db, sql: "SELECT received_at FROM main.fetch ORDER BY fetch_id LIMIT 1")
        .map(Instant.init(epochSeconds:))
    }
  }

  private func published(of series: StoredSeries, on day: Day) throws(StoreError) -> [PublishedValue] {
    guard series.key.holdsEconomics else { return [] }
    return try read { db in
      try Row.fetchAll(
        db, sql: "SELECT vintage, value, fetch_id FROM \(vintages) WHERE series_id = ? AND day = ? ORDER BY vintage",
        arguments: [series.id.rawValue, day.description]
      ).compactMap { row in
        Day(row["vintage"] as String).map {
          PublishedValue(
            vintage: $0, value: FigureValue(row["value"] as Double?), fetch: FetchID(row["fetch_id"]))
        }
      }
    }
  }

  /// Where all vintages are: of the past, the table's own name stands for the newest of each period.
  var vintages: String {
    Dataset.macroObservation.rawValue + (store.asOf == nil ? "" : AsKnownOn.published)
  }

  /// The newest periods of an economic series that have a value, newest first: what was published of each up to a day, of
  /// values that come daily of each that is not after it.
  package func newestObservations(
    of series: StoredSeries, until day: Day, count: Int
  ) throws(StoreError) -> [KnownObservation] {
    let isDaily = series.publication?.frequency == .daily
    return try read { db in
      let limit = isDaily ? "day <= ?2" : "vintage <= ?2"
      return try Row.fetchAll(
        db,
        sql: """
          SELECT newest.day, newest.vintage, newest.value, told.received_at AS told_at
          FROM (
            SELECT day, max(vintage) AS vintage, value, fetch_id FROM macro_observation
            WHERE series_id = ?1 AND \(limit) GROUP BY day HAVING value IS NOT NULL ORDER BY day DESC LIMIT ?3
          ) AS newest
          LEFT JOIN main.fetch AS told USING (fetch_id) ORDER BY newest.day DESC
          """, arguments: [series.id.rawValue, day.description, count]
      ).compactMap { row in
        guard let day = Day(row["day"] as String), let vintage = Day(row["vintage"] as String) else { return nil }
        let toldOn = (row["told_at"] as Int64?).map { seconds in
          let instant = Instant(epochSeconds: seconds)
          return LocalClock("America/New_York")?.day(at: instant) ?? instant.day
        }
        return KnownObservation(
          value: MacroObservation(day: day, vintage: vintage, value: row["value"]), isDated: vintage != toldOn)
      }
    }
  }
}
