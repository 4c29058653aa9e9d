extension Migration {
  /// What is written in the world about a theme, day by day.
  package static let themes = Migration(number: 14, name: "themes", sql: themeFacts)

  private static let themeFacts =
    table("theme_value", key: [("day", "TEXT"), ("measure", "TEXT")], values: [("value", "REAL NOT NULL")])
      + """
      -- What was told of a day while it was the newest.
      CREATE TABLE theme_value_provisional (
        restatement_id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series,
        day TEXT NOT NULL,
        measure TEXT NOT NULL,
        replaced_by_fetch_id INTEGER REFERENCES fetch,
        replaced_by_decision_id INTEGER REFERENCES decision,
        replaced_at INTEGER NOT NULL,
        value REAL NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX theme_value_provisional_row
        ON theme_value_provisional (series_id, day, measure, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));

      """
}
