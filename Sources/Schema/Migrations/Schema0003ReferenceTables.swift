extension Migration {
  /// Which classes, kinds and intervals there are is the program's to say.
  static let widerReference: [Change] = [
    .remake(
      "asset",
      columns: """
          asset_id INTEGER PRIMARY KEY,
          symbol TEXT NOT NULL UNIQUE CHECK (symbol <> ''),
          name TEXT NOT NULL,
          class TEXT NOT NULL CHECK (class <> '')
        """,
      copy: """
        (asset_id, symbol, name, class) SELECT asset_id, symbol, name, class FROM asset
        """),
    // One asset, one source, one interval: never spliced. The counters are kept in the transaction that writes the
    // facts, so that no screen counts rows.
    .remake(
      "series",
      columns: """
          series_id INTEGER PRIMARY KEY,
          dataset TEXT NOT NULL CHECK (dataset <> ''),
          asset_id INTEGER REFERENCES asset,
          source_id INTEGER NOT NULL REFERENCES source,
          -- NULL where rows come by no rhythm.
          interval TEXT CHECK (interval <> ''),
          provider_symbol TEXT NOT NULL,
          quote_currency TEXT,
          price_basis TEXT NOT NULL DEFAULT 'as_traded' CHECK (price_basis IN ('as_traded', 'split_adjusted', 'adjusted')),
          priority INTEGER NOT NULL CHECK (priority >= 1),
          needs_key INTEGER NOT NULL DEFAULT 0 CHECK (needs_key IN (0, 1)),
          row_count INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0),
          first_time INTEGER,
          last_time INTEGER,
          CHECK ((row_count = 0) = (first_time IS NULL) AND (first_time IS NULL) = (last_time IS NULL)),
          CHECK (first_time <= last_time)
        """,
      copy: """
        (series_id, dataset, asset_id, source_id, interval, provider_symbol, quote_currency,
          price_basis, priority, needs_key, row_count, first_time, last_time)
        SELECT series_id, dataset, asset_id, source_id, interval, provider_symbol, quote_currency, price_basis, priority,
          needs_key, row_count, first_time, last_time
        FROM series
        """),
    .sql(
      """
      -- One series a source, kind, symbol and interval: what a reading is about.
      CREATE UNIQUE INDEX series_key ON series (source_id, dataset, provider_symbol, coalesce(interval, ''));
      """),
  ]
}
