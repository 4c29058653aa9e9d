extension Migration {
  /// Refused rows that are of no series, gaps for other reasons, and marks on a part of what a key holds.
  static let widerJudgement: [Change] = [
    .remake(
      "quarantine",
      columns: """
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
        """,
      copy: """
        (quarantine_id, series_id, at, reason, detail, excerpt, fetch_id, state, decision_id)
        SELECT quarantine_id, series_id, at, reason, detail, excerpt, fetch_id, state, decision_id
        FROM quarantine ORDER BY quarantine_id
        """),
    .sql(
      """
      -- The same bad row in a later answer is the same refusal.
      CREATE UNIQUE INDEX quarantine_row ON quarantine (series_id, coalesce(at, -1), reason, excerpt);
      -- The same, of no series: to a unique index one NULL is never another.
      CREATE UNIQUE INDEX quarantine_row_of_none ON quarantine (coalesce(at, -1), reason, excerpt) WHERE series_id IS NULL;
      """),
    // What is missing, from the first to the last absent key of a run of them, and why.
    .remake(
      "gap", options: "STRICT, WITHOUT ROWID",
      columns: """
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
        """,
      copy: """
        (series_id, from_time, to_time, missing, reason, fetch_id, quarantine_id, step_id)
        SELECT series_id, from_time, to_time, missing, reason, fetch_id, quarantine_id, step_id
        FROM gap ORDER BY series_id, from_time
        """),
    // A row that is stored although something about it is odd.
    .remake(
      "quality_flag", options: "STRICT, WITHOUT ROWID",
      columns: """
          series_id INTEGER NOT NULL REFERENCES series,
          at INTEGER NOT NULL,
          -- Which of the rows of a key, where it holds several (a fund, a vintage); else empty.
          sub_key TEXT NOT NULL DEFAULT '',
          rule TEXT NOT NULL CHECK (rule <> ''),
          detail TEXT NOT NULL,
          fetch_id INTEGER NOT NULL REFERENCES fetch,
          PRIMARY KEY (series_id, at, sub_key, rule)
        """,
      copy: """
        (series_id, at, rule, detail, fetch_id)
        SELECT series_id, at, rule, detail, fetch_id FROM quality_flag ORDER BY series_id, at, rule
        """),
  ]
}
