extension Migration {
  /// What is doubted about a stored row, what was decided about a refused one, and the order in which everything
  /// happened, which a rebuild follows.
  static let qualityTables = decidedQuarantine + qualityFlags + chronicle + chronicleOfBefore

  private static let decidedQuarantine = """
    ALTER TABLE quarantine ADD COLUMN state TEXT NOT NULL DEFAULT 'held'
      CHECK (state IN ('held', 'released', 'dropped'));
    ALTER TABLE quarantine ADD COLUMN decision_id INTEGER REFERENCES decision;

    """

  private static let qualityFlags = """
    -- A row that is stored although something about it is odd.
    CREATE TABLE quality_flag (
      series_id INTEGER NOT NULL REFERENCES series,
      at INTEGER NOT NULL,
      rule TEXT NOT NULL CHECK (rule IN ('jump', 'restated_jump', 'unit', 'stale', 'range', 'volume')),
      detail TEXT NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, at, rule)
    ) STRICT, WITHOUT ROWID;
    -- Answers up to this one were stored before there were marks.
    INSERT INTO meta (key, value)
    SELECT 'marks_since_fetch', CAST(max(fetch_id) AS TEXT) FROM fetch HAVING max(fetch_id) IS NOT NULL;

    """

  private static let chronicle = """
    -- What was done with the answers, in the order of the commits: a rebuild does the same again. Each row is written
    -- in the transaction that it tells of. `at` is the instant that the act was told: for 'chosen' the newest bar due.
    -- 'part' is a part of an imported file, whose 'read' tells that the file was read to its end.
    CREATE TABLE chronicle (
      entry_id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('read', 'failed', 'absent', 'chosen', 'judged', 'ended', 'snapshot',
        'decided', 'part')),
      at INTEGER,
      fetch_id INTEGER REFERENCES fetch,
      run_id INTEGER REFERENCES run,
      step_id INTEGER REFERENCES step,
      series_id INTEGER REFERENCES series,
      asset_id INTEGER REFERENCES asset,
      decision_id INTEGER REFERENCES decision,
      interval TEXT,
      from_time INTEGER,
      to_time INTEGER,
      part INTEGER,
      CHECK ((part IS NOT NULL) = (kind = 'part'))
    ) STRICT;

    """

  /// For a file that was filled before there was a chronicle: what its order must have been. What steps concluded about
  /// stretches was not kept; the gaps that are left of it stand for it, at the end.
  private static let chronicleOfBefore = """
    UPDATE bar_restatement SET replaced_at = (SELECT received_at FROM fetch WHERE fetch_id = replaced_by_fetch_id);
    UPDATE price_point_restatement
      SET replaced_at = (SELECT received_at FROM fetch WHERE fetch_id = replaced_by_fetch_id);
    UPDATE sentiment_restatement SET replaced_at = (SELECT received_at FROM fetch WHERE fetch_id = replaced_by_fetch_id);
    UPDATE etf_flow_restatement SET replaced_at = (SELECT received_at FROM fetch WHERE fetch_id = replaced_by_fetch_id);

    INSERT INTO chronicle (kind, at, fetch_id, run_id, step_id, series_id, asset_id, interval, from_time, to_time)
    SELECT kind, at, fetch_id, run_id, step_id, series_id, asset_id, interval, from_time, to_time FROM (
      SELECT run_id AS place, 1 AS phase, fetch_id AS number, 'read' AS kind, NULL AS at, fetch_id, NULL AS run_id,
        NULL AS step_id, NULL AS series_id, NULL AS asset_id, NULL AS interval, NULL AS from_time, NULL AS to_time
      FROM fetch WHERE read_outcome = 'read' OR read_outcome LIKE 'unreadable:%'
      UNION ALL
      SELECT since_run_id, 2, asset_id, 'chosen', NULL, NULL, since_run_id, NULL, series_id, asset_id, interval, NULL,
        NULL
      FROM price_choice
      UNION ALL
      SELECT run_id, 3, series.series_id, 'judged', step.started_at, NULL, NULL, NULL, series.series_id, NULL, NULL,
        NULL, NULL
      FROM step JOIN series ON series.dataset = 'etf_flow' AND series.row_count > 0 WHERE step.name = 'snapshot'
      UNION ALL
      SELECT run_id, 4, step_id, 'ended', started_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM step WHERE name = 'snapshot'
      UNION ALL
      SELECT run_id, 5, asset_id, 'snapshot', step.started_at, NULL, NULL, NULL, NULL, asset_id, NULL, NULL, NULL
      FROM step JOIN (SELECT DISTINCT asset_id FROM price_choice) WHERE step.name = 'snapshot'
      UNION ALL
      SELECT 9223372036854775807, 6, from_time, iif(reason = 'failed', 'failed', 'absent'), NULL, fetch_id, NULL,
        step_id, series_id, NULL, NULL, from_time, to_time
      FROM gap WHERE reason = 'failed' OR reason IN ('provider_empty', 'before_listing') AND fetch_id IS NOT NULL
    ) ORDER BY place, phase, number;

    """
}
