extension Migration {
  /// The world around the prices: economic series with what they measure, their values with the days of publication, the
  /// days on which they are published, what an index of mood is made from, and what it said while its day was not over.
  package static let world = Migration(number: 10, name: "world", sql: macroReference + macroFacts + moodFacts)

  private static let macroReference = """
    -- What an economic series measures, as its provider says it.
    CREATE TABLE macro_series (
      series_id INTEGER PRIMARY KEY REFERENCES series,
      title TEXT NOT NULL,
      units TEXT,
      frequency TEXT NOT NULL CHECK (frequency <> ''),
      -- The provider's number of the release that it is published in.
      release INTEGER
    ) STRICT;

    """

  /// `day` is the first of the period; of several vintages of a day the newest is what is known.
  private static let macroFacts =
    table("macro_observation", key: [("day", "TEXT"), ("vintage", "TEXT")], values: [("value", "REAL")])
    + table("macro_release", key: [("day", "TEXT")], values: [("is_scheduled", "INTEGER NOT NULL")])

  private static let moodFacts =
    table(
      "mood_component", key: [("day", "TEXT"), ("component", "TEXT"), ("measure", "TEXT")],
      values: [("value", "REAL NOT NULL")])
      + """
      -- What an index said of a day while it was still computed.
      CREATE TABLE sentiment_provisional (
        restatement_id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series,
        day TEXT NOT NULL,
        replaced_by_fetch_id INTEGER REFERENCES fetch,
        replaced_by_decision_id INTEGER REFERENCES decision,
        replaced_at INTEGER NOT NULL,
        value REAL NOT NULL,
        classification TEXT NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX sentiment_provisional_row
        ON sentiment_provisional (series_id, day, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));

      """
}
