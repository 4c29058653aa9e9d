extension Migration {
  /// What is computed over whole series and kept, and the days of older daily bars, which nobody has computed yet.
  package static let measures = Migration(number: 7, name: "measures", sql: measureTables + olderDays)

  private static let measureTables = """
    -- Of each bar of a day, from closes restated for splits; NULL during the warm-up and where there is no value.
    CREATE TABLE indicator_value (
      series_id INTEGER NOT NULL REFERENCES series,
      open_time INTEGER NOT NULL,
      rsi REAL,
      macd REAL,
      sma_20 REAL,
      sma_50 REAL,
      sma_200 REAL,
      pct_change REAL,
      return_1d REAL,
      PRIMARY KEY (series_id, open_time)
    ) STRICT, WITHOUT ROWID;

    -- From where the values of a series go on: what all bars before `open_time`, `position` of them, have left behind.
    CREATE TABLE indicator_checkpoint (
      series_id INTEGER NOT NULL REFERENCES series,
      open_time INTEGER NOT NULL,
      position INTEGER NOT NULL CHECK (position > 0),
      last_close REAL NOT NULL,
      rsi REAL NOT NULL,
      gains REAL NOT NULL,
      losses REAL NOT NULL,
      fast REAL NOT NULL,
      slow REAL NOT NULL,
      signal REAL NOT NULL,
      PRIMARY KEY (series_id, open_time)
    ) STRICT, WITHOUT ROWID;

    -- Series whose values do not follow their bars any more, and from which bar on.
    CREATE TABLE indicator_due (
      series_id INTEGER PRIMARY KEY REFERENCES series,
      from_time INTEGER NOT NULL
    ) STRICT;

    -- How much the days of each chosen series move, and how closely those of two move along with each other. SQLite may lack
    -- the root that both take.
    CREATE TABLE series_volatility (
      series_id INTEGER PRIMARY KEY REFERENCES series,
      day TEXT NOT NULL,
      volatility_30d REAL,
      observations INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE series_correlation (
      series_a INTEGER NOT NULL REFERENCES series,
      series_b INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      correlation REAL NOT NULL,
      observations INTEGER NOT NULL,
      PRIMARY KEY (series_a, series_b),
      CHECK (series_a < series_b)
    ) STRICT, WITHOUT ROWID;

    """

  private static let olderDays = """
    INSERT INTO indicator_due (series_id, from_time)
    SELECT series_id, first_time FROM series WHERE dataset = 'bar' AND interval = '1d' AND row_count > 0;

    -- Bars of days were stored before each of them had a snapshot.
    INSERT INTO snapshot_due (asset_id, day)
    SELECT DISTINCT series.asset_id, date(bar.open_time, 'unixepoch')
    FROM series CROSS JOIN bar ON bar.series_id = series.series_id
    WHERE series.dataset = 'bar' AND series.interval = '1d' AND NOT EXISTS (
      SELECT 1 FROM market_snapshot AS made
      WHERE made.asset_id = series.asset_id AND made.day = date(bar.open_time, 'unixepoch'))
    ON CONFLICT DO NOTHING;

    """
}
