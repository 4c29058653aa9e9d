import GRDB
import Market
import SQLite
import Store

/// How much was written about a theme on a day, and in what tone.
package struct ThemeDay: Hashable, Sendable {
  /// In UTC.
  package let day: Day
  /// Articles about the theme.
  package let volume: Int64
  /// Articles about anything.
  package let norm: Int64
  /// How the former are worded on average; `nil` where there is none of them, or nobody has told.
  package let tone: Double?

  /// The share of the theme in all that was written; `nil` where nothing was.
  package var share: Double? { norm > 0 ? Double(volume) / Double(norm) : nil }
}

extension Telling {
  /// The days of a theme in a stretch of which the articles were counted, oldest first.
  package func themeDays(of series: StoredSeries, in days: ClosedRange<Day>) throws(StoreError) -> [ThemeDay] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT day, max(CASE measure WHEN 'volume' THEN value END) AS volume,
            max(CASE measure WHEN 'norm' THEN value END) AS norm, max(CASE measure WHEN 'tone' THEN value END) AS tone
          FROM theme_value WHERE series_id = ? AND day BETWEEN ? AND ? GROUP BY day ORDER BY day
          """,
        arguments: [series.id.rawValue, days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        guard let day = Day(row["day"] as String),
          let volume = (row["volume"] as Double?).flatMap(Int64.init(exactly:)),
          let norm = (row["norm"] as Double?).flatMap(Int64.init(exactly:))
        else { return nil }
        return ThemeDay(day: day, volume: volume, norm: norm, tone: volume > 0 ? row["tone"] : nil)
      }
    }
  }
}
