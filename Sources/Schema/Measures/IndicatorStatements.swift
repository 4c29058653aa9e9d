/// The SQL of what is kept of each day of a series, and of whole series of days.
package enum IndicatorStatements {
  /// The columns of `indicator_value` behind its key.
  package static let values = ["rsi", "macd", "sma_20", "sma_50", "sma_200", "pct_change", "return_1d"]

  /// The columns of `indicator_checkpoint` behind its key and `position`.
  package static let state = ["last_close", "rsi", "gains", "losses", "fast", "slow", "signal"]

  /// From which time on nothing is left of what was computed: before every bar.
  package static let everything = Int64.min

  // MARK: What is due

  /// Binds a series and the time from which its bars moved.
  package static let mark = """
    INSERT INTO indicator_due (series_id, from_time) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET from_time = min(from_time, excluded.from_time)
    """

  /// Binds a series of acts and the first and last day of those that moved: where a split is among them, all prices of the
  /// asset are restated; so are, after any, those that are stored with dividends taken off.
  package static let markAsset = """
    INSERT INTO indicator_due (series_id, from_time)
    SELECT series.series_id, \(everything) FROM series JOIN series AS acts ON acts.asset_id = series.asset_id
    WHERE acts.series_id = ?1 AND series.dataset = 'bar' AND series.interval = '1d' AND series.row_count > 0
      AND (series.price_basis = 'adjusted' OR EXISTS (
        SELECT 1 FROM corporate_action
        WHERE corporate_action.series_id = ?1 AND kind = 'split' AND day BETWEEN ?2 AND ?3))
    ON CONFLICT DO UPDATE SET from_time = excluded.from_time
    """

  /// Binds a day: each series due, from when on, and whether a split of a later day is known of its asset.
  package static let due = """
    SELECT due.series_id, due.from_time, EXISTS (
      SELECT 1 FROM series AS acts JOIN corporate_action ON corporate_action.series_id = acts.series_id
      WHERE acts.asset_id = series.asset_id AND acts.dataset = 'corporate_action' AND corporate_action.day > ?
        AND corporate_action.kind = 'split')
    FROM indicator_due AS due
    JOIN series ON series.series_id = due.series_id
    ORDER BY due.series_id
    """

  /// Binds a series whose values follow its bars again.
  package static let settle = "DELETE FROM indicator_due WHERE series_id = ?"

  // MARK: Days

  /// Binds a series and a time: its last two checkpoints up to then, the later one first.
  package static let checkpoints = """
    SELECT open_time, position, \(state.joined(separator: ", ")) FROM indicator_checkpoint
    WHERE series_id = ? AND open_time <= ? ORDER BY open_time DESC LIMIT 2
    """

  /// Binds a series and the time from which checkpoints are made again.
  package static let forgetCheckpoints = "DELETE FROM indicator_checkpoint WHERE series_id = ? AND open_time >= ?"

  /// Binds a series, the time of the bar that comes next, how many there are before it, and the state.
  package static let keepCheckpoint = """
    INSERT INTO indicator_checkpoint (series_id, open_time, position, \(state.joined(separator: ", ")))
    VALUES (?, ?, ?, \(state.map { _ in "?" }.joined(separator: ", ")))
    """

  /// Binds a series and a time: the closes from then on.
  package static let closes =
    "SELECT open_time, close FROM bar WHERE series_id = ? AND open_time >= ? ORDER BY open_time"

  /// Binds a series and a time: the rows from then on.
  package static let rows = """
    SELECT open_time, \(values.joined(separator: ", ")) FROM indicator_value
    WHERE series_id = ? AND open_time >= ? ORDER BY open_time
    """

  /// Binds a series, a time and the values, for each of so many rows.
  package static func write(_ rows: Int) -> String {
    let row = "(?, ?, \(values.map { _ in "?" }.joined(separator: ", ")))"
    return """
      INSERT OR REPLACE INTO indicator_value (series_id, open_time, \(values.joined(separator: ", ")))
      VALUES \(Array(repeating: row, count: rows).joined(separator: ", "))
      """
  }

  /// Binds a series and a time.
  package static let delete = "DELETE FROM indicator_value WHERE series_id = ? AND open_time = ?"
}
