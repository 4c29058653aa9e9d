extension Migration {
  /// What the rules say of each asset at the end of its days, and how they would divide a portfolio at the end of weeks.
  package static let analyses = Migration(
    number: 9, name: "analyses",
    sql: """
      -- What was said when it was said: a later answer does not change it. By rule; `edition` says which.
      CREATE TABLE asset_analysis (
        asset_id INTEGER NOT NULL REFERENCES asset,
        -- The newest day of the series then.
        day TEXT NOT NULL,
        series_id INTEGER NOT NULL REFERENCES series,
        edition INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        trend TEXT,
        momentum REAL,
        support REAL,
        resistance REAL,
        regime TEXT,
        close REAL NOT NULL,
        bars INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (asset_id, day)
      ) STRICT, WITHOUT ROWID;

      -- A week, known by its last day, and a profile.
      CREATE TABLE portfolio (
        day TEXT NOT NULL,
        profile TEXT NOT NULL,
        edition INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        stocks INTEGER NOT NULL,
        crypto INTEGER NOT NULL,
        commodities INTEGER NOT NULL,
        -- Among how many assets it was picked.
        candidates INTEGER NOT NULL,
        -- NULL where too few days were common to its parts.
        diversification REAL,
        volatility REAL,
        observations INTEGER NOT NULL,
        -- A JSON array of sentences.
        risks TEXT NOT NULL,
        PRIMARY KEY (day, profile),
        CHECK (stocks + crypto + commodities = 100 AND min(stocks, crypto, commodities) >= 0)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE portfolio_pick (
        day TEXT NOT NULL,
        profile TEXT NOT NULL,
        place INTEGER NOT NULL CHECK (place > 0),
        asset_id INTEGER NOT NULL REFERENCES asset,
        series_id INTEGER NOT NULL REFERENCES series,
        class TEXT NOT NULL,
        weight INTEGER NOT NULL CHECK (weight > 0),
        close REAL NOT NULL,
        volatility REAL NOT NULL,
        change REAL NOT NULL,
        momentum REAL NOT NULL,
        trend TEXT,
        regime TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (day, profile, place),
        FOREIGN KEY (day, profile) REFERENCES portfolio
      ) STRICT, WITHOUT ROWID;

      """)
}
