extension Migration {
  /// What is to happen, what was expected of it, and by which rules it is told what came.
  package static let events = Migration(number: 13, name: "events", sql: items + numbers + rules)

  /// `period` is the Sunday of the week; of earnings the last day of the quarter, of a filing the day of it.
  private static let items =
    table(
      "event_item", key: [("period", "TEXT"), ("country", "TEXT"), ("title", "TEXT"), ("number", "TEXT")],
      values: [
        ("kind", "TEXT NOT NULL"), ("at", "INTEGER"), ("day", "TEXT"), ("time_of_day", "TEXT"), ("importance", "TEXT"),
        ("forecast", "TEXT"), ("forecast_value", "REAL"), ("previous", "TEXT"), ("previous_value", "REAL"),
        ("unit", "TEXT"), ("symbol", "TEXT"), ("url", "TEXT"), ("is_withdrawn", "INTEGER NOT NULL"),
      ]) + """
      -- What is on between two days.
      CREATE INDEX event_item_day ON event_item (day);

      """

  private static let numbers = """
    -- The number by which an event is asked about.
    CREATE TABLE event_number (
      event_id INTEGER PRIMARY KEY,
      series_id INTEGER NOT NULL REFERENCES series,
      period TEXT NOT NULL,
      country TEXT NOT NULL,
      title TEXT NOT NULL,
      number TEXT NOT NULL,
      UNIQUE (series_id, period, country, title, number)
    ) STRICT;

    """

  private static let rules = """
    -- From which economic series it is told what came of an event of that title: `transform` is level, change, percent or
    -- annualised, over so many months; times `scale` it is in `unit`.
    CREATE TABLE event_figure (
      title TEXT NOT NULL,
      country TEXT NOT NULL,
      provider_symbol TEXT NOT NULL,
      transform TEXT NOT NULL,
      months INTEGER NOT NULL,
      scale REAL NOT NULL,
      unit TEXT NOT NULL,
      PRIMARY KEY (title, country)
    ) STRICT, WITHOUT ROWID;

    -- What a release of economic figures is as an event; `clock` is seconds since midnight in New York.
    CREATE TABLE release_event (
      release TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      country TEXT NOT NULL,
      clock INTEGER NOT NULL,
      importance TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- The titles under which calendars tell what is in a release.
    CREATE TABLE release_title (
      release TEXT NOT NULL REFERENCES release_event,
      title TEXT NOT NULL,
      PRIMARY KEY (release, title)
    ) STRICT, WITHOUT ROWID;

    """
}
