extension Migration {
  /// Markets with sessions: what is known of an asset beyond its name, what the user took away or switched off, days on
  /// which a market was closed by hand, splits and dividends, average prices and trades of bars, market values, and the
  /// calendar of days.
  package static let markets = Migration(number: 6, name: "markets", sql: marketReference + marketFacts)

  private static let marketReference = """
    ALTER TABLE asset ADD COLUMN sector TEXT;
    -- Of its prices, as people name it; a series has its own.
    ALTER TABLE asset ADD COLUMN currency TEXT;
    -- NULL: that of its class.
    ALTER TABLE asset ADD COLUMN calendar TEXT;
    ALTER TABLE asset ADD COLUMN first_day TEXT;
    ALTER TABLE asset ADD COLUMN last_day TEXT;
    -- Not asked for any more since then; its rows stay.
    ALTER TABLE asset ADD COLUMN removed_at INTEGER;
    -- What the user notes beside it, a JSON object.
    ALTER TABLE asset ADD COLUMN static_metadata TEXT;
    ALTER TABLE series ADD COLUMN removed_at INTEGER;
    ALTER TABLE source ADD COLUMN disabled_at INTEGER;

    CREATE TABLE asset_group (
      asset_id INTEGER NOT NULL REFERENCES asset,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (asset_id, name)
    ) STRICT, WITHOUT ROWID;
    -- Names that it once had: found by a search, never taken for it.
    CREATE TABLE asset_former_symbol (
      asset_id INTEGER NOT NULL REFERENCES asset,
      symbol TEXT NOT NULL CHECK (symbol <> ''),
      PRIMARY KEY (asset_id, symbol)
    ) STRICT, WITHOUT ROWID;

    -- A day on which a market was closed, or closed early, that its rules do not know.
    CREATE TABLE market_closure (
      calendar TEXT NOT NULL,
      day TEXT NOT NULL,
      -- On the market's own clock; NULL: closed all day.
      close_time TEXT,
      reason TEXT NOT NULL,
      decision_id INTEGER NOT NULL REFERENCES decision,
      PRIMARY KEY (calendar, day)
    ) STRICT, WITHOUT ROWID;

    -- Every day of the calendars' years; `date_id` is YYYYMMDD, `week` that of ISO 8601, `day_of_week` 1 on Mondays.
    CREATE TABLE dim_date (
      date_id INTEGER PRIMARY KEY,
      full_date TEXT NOT NULL,
      year INTEGER NOT NULL,
      quarter INTEGER NOT NULL,
      month INTEGER NOT NULL,
      week INTEGER NOT NULL,
      day_of_week INTEGER NOT NULL,
      day_name TEXT NOT NULL,
      is_weekend INTEGER NOT NULL CHECK (is_weekend IN (0, 1)),
      is_us_market_open INTEGER NOT NULL CHECK (is_us_market_open IN (0, 1)),
      is_crypto_open INTEGER NOT NULL CHECK (is_crypto_open IN (0, 1))
    ) STRICT;

    """
}
