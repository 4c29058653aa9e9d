/// The SQL of what is kept of the last days of each series that is the price of its asset by the day.
package enum SeriesMeasureStatements {
  /// The series that are one.
  private static let prices = """
    (SELECT choice.series_id FROM price_choice_current AS choice JOIN series ON series.series_id = choice.series_id
    WHERE choice.interval = '1d' AND series.row_count > 0)
    """

  /// Each of them, and whether anything is kept of it.
  package static let chosen = """
    SELECT price.series_id, EXISTS (SELECT 1 FROM series_volatility AS kept WHERE kept.series_id = price.series_id)
    FROM \(prices) AS price ORDER BY price.series_id
    """

  /// Whether anything is kept of others.
  package static let hasOthers = "SELECT EXISTS (SELECT 1 FROM series_volatility WHERE series_id NOT IN \(prices))"

  /// Takes that away.
  package static let forgetOthers = [
    "DELETE FROM series_volatility WHERE series_id NOT IN \(prices)",
    "DELETE FROM series_correlation WHERE series_a NOT IN \(prices) OR series_b NOT IN \(prices)",
  ]

  /// Binds a series and a number: so many of its last closes, the newest first.
  package static let lastCloses =
    "SELECT open_time, close FROM bar WHERE series_id = ? ORDER BY open_time DESC LIMIT ?"

  /// Binds a series and two times: the closes behind the first and up to the second.
  package static let closes =
    "SELECT open_time, close FROM bar WHERE series_id = ? AND open_time > ? AND open_time <= ? ORDER BY open_time"

  /// Binds a series, a day, a volatility and how many returns it is made of.
  package static let keepVolatility = """
    INSERT INTO series_volatility (series_id, day, volatility_30d, observations) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET day = excluded.day, volatility_30d = excluded.volatility_30d,
      observations = excluded.observations
    """

  /// Binds two series, a day, a correlation and how many returns it is made of, for each of so many rows.
  package static func keepCorrelations(_ rows: Int) -> String {
    """
    INSERT OR REPLACE INTO series_correlation (series_a, series_b, day, correlation, observations)
    VALUES \(Array(repeating: "(?, ?, ?, ?, ?)", count: rows).joined(separator: ", "))
    """
  }

  /// Binds two series.
  package static let forgetCorrelation = "DELETE FROM series_correlation WHERE series_a = ? AND series_b = ?"
}
