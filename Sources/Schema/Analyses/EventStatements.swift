/// The SQL of what happens on days, to shares and around them.
package enum EventStatements {
  private static let columns = """
    SELECT day, asset, kind, value, unit FROM event_day
    WHERE day BETWEEN ? AND ? AND kind IN ('split', 'dividend', 'capital_gain')
    """

  /// Binds two days: what happened to shares on all between them, by day and asset.
  package static let onDays = "\(columns) ORDER BY day, asset, kind"
  /// Binds two days and a symbol.
  package static let ofAsset = "\(columns) AND asset = ? ORDER BY day, kind"

  /// Gives numbers to the events of a series and a period that have none yet: binds both.
  package static let number = """
    INSERT INTO event_number (series_id, period, country, title, number)
    SELECT series_id, period, country, title, number FROM event_item AS item
    WHERE series_id = ? AND period = ? AND NOT EXISTS (
      SELECT 1 FROM event_number AS known
      WHERE known.series_id = item.series_id AND known.period = item.period AND known.country = item.country
        AND known.title = item.title AND known.number = item.number)
    ORDER BY country, title, number
    """

  /// Whether an event is still to come at an instant: by its time, else its day; without either within its week. A list
  /// of what was filed speaks of what was: it may take back any of it.
  package static let isToCome = """
    kind = 'filing' OR coalesce(at, CAST(strftime('%s', day) AS INTEGER), CAST(strftime('%s', period, '+7 days') AS INTEGER)) > ?
    """
}

extension EventStatements {
  private static let shown = """
    SELECT * FROM market_event
    """

  /// Binds two days and the one six days before the first: what is on between them, and what is in a week that they touch;
  /// of a day what was filed stands behind all else.
  package static let told = """
    \(shown) WHERE day BETWEEN ?1 AND ?2 OR day IS NULL AND week BETWEEN ?3 AND ?2
    ORDER BY coalesce(day, max(week, ?1)), kind = 'filing', at IS NOT NULL, at, country, title, event_id
    """
  /// Binds the number of an event.
  package static let toldOne = "\(shown) WHERE event_id = ?"

  /// Binds the number of an event twice: its series and its key, of a release its day alone.
  package static let row = """
    SELECT series.dataset, source.name AS source, series.provider_symbol, series.interval, number.period, number.country,
      number.title, number.number
    FROM event_number AS number JOIN series ON series.series_id = number.series_id
    JOIN source ON source.source_id = series.source_id
    WHERE number.event_id = ?1
    UNION ALL
    SELECT series.dataset, source.name, series.provider_symbol, series.interval, release.day, NULL, NULL, NULL
    FROM macro_release AS release JOIN series ON series.series_id = release.series_id
    JOIN source ON source.source_id = series.source_id
    WHERE ?1 >= 1000000000 AND release.series_id = (?1 - 1000000000) / 100000
      AND release.day = date((?1 - 1000000000) % 100000 * 86400, 'unixepoch')
    """
}
