extension IndicatorStatements {
  /// The table of a connection that says from which bar on each series is another one than it was.
  package static let cuts = "indicator_cut"

  /// The statements that leave on a connection only what was computed from bars that were known at an instant.
  ///
  /// - Parameters:
  ///   - day: the day of that instant: of splits of later days nothing was restated then.
  ///   - hasCome: the condition that a fetch had come by then, of the column of that name.
  ///   - hasReplacementCome: the same of what replaced a row.
  package static func asKnown(on day: String, hasCome: (String) -> String, _ hasReplacementCome: String) -> String {
    """
    CREATE TEMP TABLE \(cuts) (series_id INTEGER PRIMARY KEY, from_time INTEGER NOT NULL);
    INSERT INTO \(cuts)
    SELECT series_id, min(from_time) FROM (
      SELECT bar.series_id AS series_id, min(bar.open_time) AS from_time
      FROM main.series AS days CROSS JOIN main.bar AS bar ON bar.series_id = days.series_id
      WHERE \(isOfDays) AND NOT \(hasCome("bar.fetch_id")) GROUP BY bar.series_id
      UNION ALL
      SELECT bar_restatement.series_id, min(bar_restatement.open_time)
      FROM main.series AS days CROSS JOIN main.bar_restatement AS bar_restatement
        ON bar_restatement.series_id = days.series_id
      WHERE \(isOfDays) AND NOT \(hasReplacementCome) GROUP BY bar_restatement.series_id
      UNION ALL
      SELECT days.series_id, \(everything)
      FROM main.series AS acts
      JOIN main.corporate_action AS act ON act.series_id = acts.series_id
      JOIN main.series AS days ON days.asset_id = acts.asset_id
      WHERE \(isOfDays) AND (act.kind = 'split' OR days.price_basis = 'adjusted')
        AND (act.day > '\(day)' OR NOT \(hasCome("act.fetch_id")))
      UNION ALL
      SELECT days.series_id, \(everything)
      FROM main.series AS acts
      JOIN main.corporate_action_restatement AS act ON act.series_id = acts.series_id
      JOIN main.series AS days ON days.asset_id = acts.asset_id
      WHERE \(isOfDays) AND NOT \(hasReplacementCome)
      UNION ALL
      SELECT series_id, from_time FROM main.indicator_due
    ) GROUP BY series_id;
    CREATE TEMP VIEW indicator_value AS SELECT value.* FROM main.indicator_value AS value
    LEFT JOIN temp.\(cuts) AS cut ON cut.series_id = value.series_id
    WHERE cut.series_id IS NULL OR value.open_time < cut.from_time;
    CREATE TEMP VIEW series_volatility AS SELECT * FROM main.series_volatility
    WHERE series_id NOT IN (SELECT series_id FROM temp.\(cuts));
    CREATE TEMP VIEW series_correlation AS SELECT * FROM main.series_correlation
    WHERE series_a NOT IN (SELECT series_id FROM temp.\(cuts))
      AND series_b NOT IN (SELECT series_id FROM temp.\(cuts));
    CREATE TEMP VIEW indicator_due AS SELECT * FROM main.indicator_due WHERE false;
    """
  }

  private static let isOfDays = "days.dataset = 'bar' AND days.interval = '1d'"
}
