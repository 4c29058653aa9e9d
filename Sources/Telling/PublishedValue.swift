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
  /// Whether the provider said on which day it published it; else the vintage is the day of the answer.
  package let isDated: Bool
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

  /// The day by which an economic series calls the period that a day lies in, of weeks as it calls those that it has; `nil` of
  /// values that come daily, and where it is not known how often they come.
  package func period(of series: StoredSeries, around day: Day) throws(StoreError) -> Day? {
    let parts = day.parts
    switch series.publication?.frequency {
    case .monthly: return Day(year: parts.year, month: parts.month, day: 1)
    case .quarterly: return Day(year: parts.year, month: (parts.month - 1) / 3 * 3 + 1, day: 1)
    case .yearly: return Day(year: parts.year, month: 1, day: 1)
    case .weekly:
      return try read { db in
        try String.fetchOne(
          db, sql: "SELECT min(day) FROM \(vintages) WHERE series_id = ? AND day BETWEEN ? AND ?",
          arguments: [series.id.rawValue, day.description, (day + 6).description])
      }.flatMap { Day($0) }
    case .daily, nil: return nil
    }
  }

  /// The ids of economic series of which this file has values now and, where the past is asked, none that can be told of then:
  /// those that come daily and those without days of publication are known from their first answer on.
  package func economicsUnknownThen() throws(StoreError) -> [String] {
    guard store.asOf != nil else { return [] }
    let filled = try read { db in
      Set(try Int64.fetchAll(db, sql: "SELECT series_id FROM main.series WHERE row_count > 0"))
    }
    return try store.catalogue.series()
      .filter { $0.key.holdsEconomics && $0.count == 0 && filled.contains($0.id.rawValue) }
      .map(\.key.providerSymbol).sorted()
  }

  /// What was published of the same period before a row, oldest first; nothing of another kind.
  package func vintages(of series: StoredSeries, before key: FactKey) throws(StoreError) -> [PublishedValue] {
    guard key.parts.count == 2, case .day(let day) = key.parts[0], case .day(let vintage) = key.parts[1] else {
      return []
    }
    return try published(of: series, on: day).filter { $0.vintage < vintage }
  }

  /// What was published of a period first, by all that this file knows now, whatever of it was known then.
  package func firstPublished(of series: StoredSeries, on day: Day) throws(StoreError) -> PublishedValue? {
    try published(of: series, on: day, in: "main." + Dataset.macroObservation.rawValue).first
  }

  private func published(
    of series: StoredSeries, on day: Day, in table: String? = nil
  ) throws(StoreError) -> [PublishedValue] {
    guard series.key.holdsEconomics else { return [] }
    let all = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT vintage, value, fetch_id, told.received_at AS told_at, told.target AS question
          FROM \(table ?? vintages) LEFT JOIN main.fetch AS told USING (fetch_id)
          WHERE series_id = ? AND day = ? ORDER BY vintage
          """, arguments: [series.id.rawValue, day.description]
      ).compactMap { row in
        Day(row["vintage"] as String).map {
          PublishedValue(
            vintage: $0, value: FigureValue(row["value"] as Double?), fetch: FetchID(row["fetch_id"]),
            isDated: $0.isPublication(
              toldAt: (row["told_at"] as Int64?).map(Instant.init(epochSeconds:)), answering: row["question"]))
        }
      }
    }
    // An answer without days of publication repeats what was published, of which the file may have been told later.
    return all.indices.filter { $0 == 0 || all[$0].value != all[$0 - 1].value }.map { all[$0] }
  }

  /// Where all vintages are: of the past, the table's own name stands for the newest of each period.
  var vintages: String {
    Dataset.macroObservation.rawValue + (store.asOf == nil ? "" : AsKnownOn.published)
  }

  /// That a row says something else than the vintage before it.
  private var isNews: String {
    """
    row.value IS NOT (SELECT old.value FROM \(vintages) AS old
      WHERE old.series_id = row.series_id AND old.day = row.day AND old.vintage < row.vintage
      ORDER BY old.vintage DESC LIMIT 1)
    """
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
          SELECT newest.day, newest.vintage, newest.value, told.received_at AS told_at, told.target AS question
          FROM (
            SELECT day, max(vintage) AS vintage, value, fetch_id FROM \(vintages) AS row
            WHERE series_id = ?1 AND \(limit) AND \(isNews)
            GROUP BY day HAVING value IS NOT NULL ORDER BY day DESC LIMIT ?3
          ) AS newest
          LEFT JOIN main.fetch AS told USING (fetch_id) ORDER BY newest.day DESC
          """, arguments: [series.id.rawValue, day.description, count]
      ).compactMap { row in
        guard let day = Day(row["day"] as String), let vintage = Day(row["vintage"] as String) else { return nil }
        return KnownObservation(
          value: MacroObservation(day: day, vintage: vintage, value: row["value"]),
          isDated: vintage.isPublication(
            toldAt: (row["told_at"] as Int64?).map(Instant.init(epochSeconds:)), answering: row["question"]))
      }
    }
  }
}

extension Day {
  /// Whether a vintage is the day of a publication, and not New York's date of the answer that told it, which stands for
  /// it where a provider does not say. Of a day that is both, the question tells: whether it was one for vintages, which
  /// asks from when on they are to be real.
  ///
  /// - Parameter question: the path and query that was answered.
  package func isPublication(toldAt instant: Instant?, answering question: String?) -> Bool {
    guard let instant, self == LocalClock("America/New_York")?.day(at: instant) ?? instant.day else { return true }
    return question?.contains("realtime_start=") ?? false
  }
}
