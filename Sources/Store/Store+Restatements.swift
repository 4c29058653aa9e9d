import GRDB
import Market

/// One figure that a later answer replaced.
package struct RestatedFigure: Hashable, Sendable {
  package let series: SeriesKey
  package let asset: String?
  /// Open time of the bar, or the start of the day.
  package let at: Instant
  /// `open`, `high`, `low`, `close`, `volume`, `value`, or the ticker of a fund.
  package let field: String
  /// `nil` where a fund had not reported.
  package let old: Double?
  package let new: Double?
  /// When we learned the new one.
  package let replacedAt: Instant
}

extension Store {
  /// The figures of bars, indices and funds that were replaced and whose key lies in a stretch: by key, oldest
  /// replacement first.
  ///
  /// A figure replaced twice is there twice, each time with what came next.
  package func restatedFigures(in span: ClosedRange<Instant>) throws(StoreError) -> [RestatedFigure] {
    try read { db in
      try Store.restatedBars(in: span, db) + Store.restatedSentiment(in: span, db) + Store.restatedFlows(in: span, db)
    }
  }

  private static let seriesColumns = """
    series.dataset, series.provider_symbol, series.interval, source.name AS source, asset.symbol AS asset
    """

  private static let seriesJoins = """
    JOIN source ON source.source_id = series.source_id LEFT JOIN asset ON asset.asset_id = series.asset_id
    """

  private static func restatedBars(in span: ClosedRange<Instant>, _ db: Database) throws -> [RestatedFigure] {
    let fields = ["open", "high", "low", "close", "volume"]
    let news = fields.map { next($0, of: "bar", key: "open_time") }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(seriesColumns), old.open_time AS at, old.replaced_at, old.open, old.high, old.low, old.close,
          old.volume, \(news.joined(separator: ", "))
        FROM series
        CROSS JOIN bar_restatement AS old ON old.series_id = series.series_id AND old.open_time BETWEEN ? AND ?
        JOIN bar AS current ON current.series_id = old.series_id AND current.open_time = old.open_time
        \(seriesJoins)
        ORDER BY asset.symbol, source.name, old.open_time, old.replaced_at, old.restatement_id
        """,
      arguments: [span.lowerBound.epochSeconds, span.upperBound.epochSeconds])
    return try rows.flatMap { row in
      try fields.compactMap { field in
        try figure(row, field, old: row[field], new: row["new_\(field)"], at: Instant(epochSeconds: row["at"]))
      }
    }
  }

  private static func restatedSentiment(in span: ClosedRange<Instant>, _ db: Database) throws -> [RestatedFigure] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(seriesColumns), old.day, old.replaced_at, old.value, \(next("value", of: "sentiment", key: "day"))
        FROM series
        CROSS JOIN sentiment_restatement AS old ON old.series_id = series.series_id AND old.day BETWEEN ? AND ?
        JOIN sentiment AS current ON current.series_id = old.series_id AND current.day = old.day
        \(seriesJoins)
        ORDER BY source.name, old.day, old.replaced_at, old.restatement_id
        """,
      arguments: [span.lowerBound.day.description, span.upperBound.day.description])
    return try rows.compactMap { row in
      guard let day = Day(row["day"] as String) else { return nil }
      return try figure(row, "value", old: row["value"], new: row["new_value"], at: day.start)
    }
  }

  private static func restatedFlows(in span: ClosedRange<Instant>, _ db: Database) throws -> [RestatedFigure] {
    let later = next("net_flow_usd", of: "etf_flow", key: "day", also: "AND later.etf_id = old.etf_id")
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(seriesColumns), old.day, old.replaced_at, old.net_flow_usd, etf.ticker, \(later)
        FROM series
        CROSS JOIN etf_flow_restatement AS old ON old.series_id = series.series_id AND old.day BETWEEN ? AND ?
        JOIN etf_flow AS current
          ON current.series_id = old.series_id AND current.day = old.day AND current.etf_id = old.etf_id
        JOIN etf ON etf.etf_id = old.etf_id
        \(seriesJoins)
        ORDER BY asset.symbol, source.name, old.day, old.etf_id, old.replaced_at, old.restatement_id
        """,
      arguments: [span.lowerBound.day.description, span.upperBound.day.description])
    return try rows.compactMap { row in
      guard let day = Day(row["day"] as String) else { return nil }
      return try figure(
        row, row["ticker"], old: row["net_flow_usd"], new: row["new_net_flow_usd"], at: day.start)
    }
  }

  /// What took the place of `old`: what the next replacement replaced, or what stands now.
  private static func next(_ field: String, of table: String, key: String, also: String = "") -> String {
    """
    CASE WHEN EXISTS (SELECT 1 FROM \(table)_restatement AS later WHERE \(isLater(key, also)))
      THEN (SELECT later.\(field) FROM \(table)_restatement AS later WHERE \(isLater(key, also))
            ORDER BY later.restatement_id LIMIT 1)
      ELSE current.\(field) END AS new_\(field)
    """
  }

  private static func isLater(_ key: String, _ also: String) -> String {
    """
    later.series_id = old.series_id AND later.\(key) = old.\(key) \(also)
      AND later.restatement_id > old.restatement_id
    """
  }

  /// `nil` where this field did not change.
  private static func figure(
    _ row: Row, _ field: String, old: Double?, new: Double?, at: Instant
  ) throws -> RestatedFigure? {
    guard old != new else { return nil }
    return RestatedFigure(
      series: try seriesKey(row), asset: row["asset"], at: at, field: field, old: old, new: new,
      replacedAt: Instant(epochSeconds: row["replaced_at"]))
  }
}
