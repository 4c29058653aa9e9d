extension Migration {
  /// Refused rows that are of no series, gaps for other reasons, and marks on a part of what a key holds.
  static let widerJudgement = """
    CREATE TABLE new_quarantine (
      quarantine_id INTEGER PRIMARY KEY,
      -- NULL where the row does not tell which.
      series_id INTEGER REFERENCES series,
      at INTEGER,
      reason TEXT NOT NULL,
      detail TEXT NOT NULL,
      excerpt TEXT NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      state TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'released', 'dropped')),
      decision_id INTEGER REFERENCES decision
    ) STRICT;
    INSERT INTO new_quarantine (quarantine_id, series_id, at, reason, detail, excerpt, fetch_id, state, decision_id)
    SELECT quarantine_id, series_id, at, reason, detail, excerpt, fetch_id, state, decision_id
    FROM quarantine ORDER BY quarantine_id;
    DROP TABLE quarantine;
    ALTER TABLE new_quarantine RENAME TO quarantine;
    -- The same bad row in a later answer is the same refusal.
    CREATE UNIQUE INDEX quarantine_row ON quarantine (series_id, coalesce(at, -1), reason, excerpt);
    -- The same, of no series: to a unique index one NULL is never another.
    CREATE UNIQUE INDEX quarantine_row_of_none ON quarantine (coalesce(at, -1), reason, excerpt) WHERE series_id IS NULL;

    -- What is missing, from the first to the last absent key of a run of them, and why.
    CREATE TABLE new_gap (
      series_id INTEGER NOT NULL REFERENCES series,
      from_time INTEGER NOT NULL,
      to_time INTEGER NOT NULL,
      missing INTEGER NOT NULL CHECK (missing > 0),
      reason TEXT NOT NULL CHECK (reason <> ''),
      fetch_id INTEGER REFERENCES fetch,
      quarantine_id INTEGER REFERENCES quarantine,
      step_id INTEGER REFERENCES step,
      PRIMARY KEY (series_id, from_time),
      CHECK (from_time <= to_time)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_gap (series_id, from_time, to_time, missing, reason, fetch_id, quarantine_id, step_id)
    SELECT series_id, from_time, to_time, missing, reason, fetch_id, quarantine_id, step_id
    FROM gap ORDER BY series_id, from_time;
    DROP TABLE gap;
    ALTER TABLE new_gap RENAME TO gap;

    -- A row that is stored although something about it is odd.
    CREATE TABLE new_quality_flag (
      series_id INTEGER NOT NULL REFERENCES series,
      at INTEGER NOT NULL,
      -- Which of the rows of a key, where it holds several (a fund, a vintage); else empty.
      sub_key TEXT NOT NULL DEFAULT '',
      rule TEXT NOT NULL CHECK (rule <> ''),
      detail TEXT NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, at, sub_key, rule)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_quality_flag (series_id, at, rule, detail, fetch_id)
    SELECT series_id, at, rule, detail, fetch_id FROM quality_flag ORDER BY series_id, at, rule;
    DROP TABLE quality_flag;
    ALTER TABLE new_quality_flag RENAME TO quality_flag;

    """
}
