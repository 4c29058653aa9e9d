extension Migration {
  /// Snapshots, sums of flows and summaries as they stood before they were computed anew; and when those that stand now
  /// were made, beside them, so that equal facts still give equal rows.
  ///
  /// What was made before this history was kept counts as made when the last run before it ended.
  static let snapshotHistoryTables = """
    -- What a fund table said of a day that was not yet final. No restatement: the funds were still reporting.
    CREATE TABLE etf_flow_provisional (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      etf_id INTEGER NOT NULL REFERENCES etf,
      replaced_by_fetch_id INTEGER NOT NULL REFERENCES fetch,
      replaced_at INTEGER NOT NULL,
      net_flow_usd INTEGER,
      net_assets_usd INTEGER,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, day, etf_id, replaced_by_fetch_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE etf_flow_day_made (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run,
      PRIMARY KEY (series_id, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE etf_flow_day_restatement (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      replaced_at INTEGER NOT NULL,
      replaced_by_run_id INTEGER REFERENCES run,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run,
      net_flow_usd INTEGER,
      finality TEXT NOT NULL,
      PRIMARY KEY (series_id, day, replaced_at)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE market_snapshot_made (
      asset_id INTEGER NOT NULL REFERENCES asset,
      day TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run,
      PRIMARY KEY (asset_id, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE market_snapshot_restatement (
      asset_id INTEGER NOT NULL REFERENCES asset,
      day TEXT NOT NULL,
      replaced_at INTEGER NOT NULL,
      replaced_by_run_id INTEGER REFERENCES run,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run,
      series_id INTEGER NOT NULL REFERENCES series,
      open REAL NOT NULL,
      high REAL NOT NULL,
      low REAL NOT NULL,
      close REAL NOT NULL,
      volume REAL NOT NULL,
      change_24h REAL,
      volatility_7d REAL,
      asia_return REAL,
      europe_return REAL,
      us_return REAL,
      fng_value REAL,
      fng_classification TEXT,
      etf_net_flow_usd INTEGER,
      etf_net_flow_5d_usd INTEGER,
      bars INTEGER NOT NULL,
      bars_expected INTEGER NOT NULL,
      is_complete INTEGER NOT NULL,
      PRIMARY KEY (asset_id, day, replaced_at)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE summary_made (
      summary_id INTEGER PRIMARY KEY REFERENCES summary,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run
    ) STRICT;

    CREATE TABLE summary_restatement (
      summary_id INTEGER NOT NULL REFERENCES summary,
      replaced_at INTEGER NOT NULL,
      replaced_by_run_id INTEGER REFERENCES run,
      made_at INTEGER NOT NULL,
      run_id INTEGER REFERENCES run,
      day TEXT NOT NULL,
      asset_id INTEGER REFERENCES asset,
      maker TEXT NOT NULL,
      text TEXT NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (summary_id, replaced_at)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO etf_flow_day_made (series_id, day, made_at)
    SELECT series_id, day, (SELECT coalesce(max(coalesce(finished_at, started_at)), 0) FROM run) FROM etf_flow_day;
    INSERT INTO market_snapshot_made (asset_id, day, made_at)
    SELECT asset_id, day, (SELECT coalesce(max(coalesce(finished_at, started_at)), 0) FROM run) FROM market_snapshot;
    INSERT INTO summary_made (summary_id, made_at)
    SELECT summary_id, (SELECT coalesce(max(coalesce(finished_at, started_at)), 0) FROM run) FROM summary;

    """
}
