extension Migration {
  /// What the runs found when they held the record against its checks, and what is to be looked at again; all of what is
  /// stored already is.
  package static let quality = Migration(number: 8, name: "quality", sql: qualityResults + uncheckedFacts)

  private static let qualityResults = """
    -- What a run measured of a day. One that differs from what an earlier run found stands beside it: of one check, subject
    -- and day the newest run's holds, and a NULL says that there is nothing to measure any more. `threshold` is the one in
    -- force then; NULL where the check had none.
    CREATE TABLE quality_result (
      check_name TEXT NOT NULL,
      scope TEXT NOT NULL,
      subject TEXT NOT NULL,
      day TEXT NOT NULL,
      run_id INTEGER NOT NULL REFERENCES run,
      value REAL,
      observations INTEGER NOT NULL,
      threshold REAL,
      measured_at INTEGER NOT NULL,
      PRIMARY KEY (check_name, scope, subject, day, run_id)
    ) STRICT, WITHOUT ROWID;

    -- Series whose rows moved since they were checked, and the first and last instant of those.
    CREATE TABLE quality_due (
      series_id INTEGER PRIMARY KEY REFERENCES series,
      from_time INTEGER NOT NULL,
      to_time INTEGER NOT NULL
    ) STRICT;

    """

  private static let uncheckedFacts = """
    INSERT INTO quality_due (series_id, from_time, to_time)
    SELECT series_id, first_time, last_time FROM series
    WHERE row_count > 0 AND (dataset = 'etf_flow' OR dataset = 'bar' AND interval IN ('1h', '1d'));

    """
}
