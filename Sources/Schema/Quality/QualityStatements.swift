/// The SQL of what the runs measured of the record, and of what is to be measured again.
package enum QualityStatements {
  // MARK: What is due

  /// Binds a series, and the first and last time of rows that moved; of one that is checked by no other rows nothing is noted.
  package static let mark = """
    INSERT INTO quality_due (series_id, from_time, to_time)
    SELECT series_id, ?2, ?3 FROM series
    WHERE series_id = ?1 AND (dataset = 'etf_flow' OR dataset = 'bar' AND interval IN ('1h', '1d'))
    \(widening)
    """

  /// Binds a refused row about which something was decided.
  package static let markRefused = """
    INSERT INTO quality_due (series_id, from_time, to_time)
    SELECT series_id, at, at FROM quarantine JOIN series USING (series_id)
    WHERE quarantine_id = ? AND at IS NOT NULL AND dataset = 'etf_flow'
    \(widening)
    """

  private static let widening = """
    ON CONFLICT DO UPDATE SET from_time = min(from_time, excluded.from_time), to_time = max(to_time, excluded.to_time)
    """

  /// Each series due, with its first and last time.
  package static let due = "SELECT series_id, from_time, to_time FROM quality_due ORDER BY series_id"

  /// Nothing is due any more.
  package static let settle = "DELETE FROM quality_due"

  /// Whether anything is due; the last decision of the user, and the last step about a series: that did more than look on.
  package static let movements = """
    SELECT EXISTS (SELECT 1 FROM quality_due), coalesce((SELECT max(decision_id) FROM decision), 0),
      coalesce((SELECT step_id FROM step WHERE series_id IS NOT NULL ORDER BY step_id DESC LIMIT 1), 0)
    """

  /// The run that is under way, or was the last.
  package static let run = "SELECT coalesce(max(run_id), 0) FROM run"

  // MARK: Results

  /// Binds a check, a scope, a subject, and two days: what was found of the days between them, the newest run's last.
  package static let found = """
    SELECT day, value, observations, threshold FROM quality_result
    WHERE check_name = ? AND scope = ? AND subject = ? AND day BETWEEN ? AND ? ORDER BY day, run_id
    """

  /// Binds a check, a scope and two days: the same of every subject that was ever looked at.
  package static let foundOfAll = """
    SELECT subject, day, value, observations, threshold FROM quality_result
    WHERE check_name = ? AND scope = ? AND day BETWEEN ? AND ? ORDER BY subject, day, run_id
    """

  /// Binds a day: what was found of each asset's facts since, where it is more than nothing.
  package static let recentOfAssets = """
    SELECT result.check_name, result.subject, result.day, result.value
    FROM (SELECT 'fold' AS name UNION ALL SELECT 'sources' UNION ALL SELECT 'funds') AS checks
    CROSS JOIN asset
    CROSS JOIN quality_result AS result
      ON result.check_name = checks.name AND result.scope = 'asset' AND result.subject = asset.symbol AND result.day >= ?
    WHERE result.value > 0 AND NOT EXISTS (
      SELECT 1 FROM quality_result AS later
      WHERE later.check_name = result.check_name AND later.scope = 'asset' AND later.subject = result.subject
        AND later.day = result.day AND later.run_id > result.run_id)
    ORDER BY result.check_name, result.subject, result.day
    """

  /// Binds all columns.
  package static let write = """
    INSERT OR REPLACE INTO quality_result
      (check_name, scope, subject, day, run_id, value, observations, threshold, measured_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  // MARK: What is looked at

  /// Binds a series of flows and two times: the days between them that were refused since the funds do not add up to the
  /// total beside them, and that nobody has set aside.
  package static let contradictedDays = """
    SELECT date(at, 'unixepoch') FROM quarantine
    WHERE series_id = ? AND at BETWEEN ? AND ? AND reason = 'contradictory' AND state <> 'dropped'
    """

  /// The marked rows of each asset; of those about none under no name.
  package static let marked = """
    SELECT coalesce(asset.symbol, ''), count(*)
    FROM (SELECT DISTINCT series_id, at, sub_key FROM quality_flag) AS flag
    JOIN series ON series.series_id = flag.series_id LEFT JOIN asset ON asset.asset_id = series.asset_id
    GROUP BY 1
    """

  /// Binds two days: of each asset's days between them how many bars there are, and how many there should be.
  package static let daysOfAssets = """
    SELECT asset.symbol, made.day, made.bars, made.bars_expected
    FROM asset CROSS JOIN market_snapshot AS made ON made.asset_id = asset.asset_id AND made.day BETWEEN ? AND ?
    ORDER BY asset.symbol, made.day
    """

  // MARK: The past

  /// What was measured by an instant, in the place of the tables of a connection.
  package static func asKnown(at time: Int64) -> String {
    """
    CREATE TEMP VIEW quality_result AS SELECT * FROM main.quality_result WHERE measured_at <= \(time);
    CREATE TEMP VIEW quality_due AS SELECT * FROM main.quality_due WHERE false;
    """
  }
}
