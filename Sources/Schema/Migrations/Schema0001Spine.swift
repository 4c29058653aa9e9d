extension Migration {
  /// Reference, evidence, facts, history of belief, judgement, derived and words for prices, sentiment and fund flows.
  package static let spine = Migration(
    number: 1, name: "spine", sql: reference + evidence + facts + judgement + derived)

  private static let reference = """
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE asset (
      asset_id INTEGER PRIMARY KEY,
      symbol TEXT NOT NULL UNIQUE CHECK (symbol <> ''),
      name TEXT NOT NULL,
      class TEXT NOT NULL CHECK (class IN ('crypto', 'stock', 'fund', 'commodity'))
    ) STRICT;

    CREATE TABLE source (
      source_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      title TEXT NOT NULL,
      homepage TEXT NOT NULL
    ) STRICT;

    -- One asset, one source, one interval: never spliced. The counters are kept in the transaction that writes the
    -- facts, so that no screen counts rows.
    CREATE TABLE series (
      series_id INTEGER PRIMARY KEY,
      dataset TEXT NOT NULL CHECK (dataset IN ('bar', 'price_point', 'sentiment', 'etf_flow')),
      asset_id INTEGER REFERENCES asset,
      source_id INTEGER NOT NULL REFERENCES source,
      interval TEXT NOT NULL CHECK (interval IN ('1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w')),
      provider_symbol TEXT NOT NULL,
      quote_currency TEXT,
      price_basis TEXT NOT NULL DEFAULT 'as_traded' CHECK (price_basis IN ('as_traded', 'split_adjusted', 'adjusted')),
      priority INTEGER NOT NULL CHECK (priority >= 1),
      needs_key INTEGER NOT NULL DEFAULT 0 CHECK (needs_key IN (0, 1)),
      row_count INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0),
      first_time INTEGER,
      last_time INTEGER,
      CHECK ((row_count = 0) = (first_time IS NULL) AND (first_time IS NULL) = (last_time IS NULL)),
      CHECK (first_time <= last_time),
      UNIQUE (source_id, dataset, provider_symbol, interval)
    ) STRICT;

    CREATE TABLE etf (
      etf_id INTEGER PRIMARY KEY,
      ticker TEXT NOT NULL,
      asset_id INTEGER NOT NULL REFERENCES asset,
      name TEXT,
      kind TEXT NOT NULL DEFAULT 'fund' CHECK (kind IN ('fund', 'total')),
      UNIQUE (asset_id, ticker)
    ) STRICT;

    """

  private static let evidence = """
    CREATE TABLE run (
      run_id INTEGER PRIMARY KEY,
      command TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      outcome TEXT CHECK (outcome IN ('done', 'partial', 'failed', 'interrupted')),
      process_id INTEGER NOT NULL,
      version TEXT NOT NULL,
      -- Kept figures, so that no screen scans the vault: what the vault holds, as stored, when the run ends, and how
      -- long the file is then.
      vault_bytes INTEGER NOT NULL DEFAULT 0 CHECK (vault_bytes >= 0),
      file_bytes INTEGER CHECK (file_bytes >= 0),
      CHECK ((finished_at IS NULL) = (outcome IS NULL))
    ) STRICT;

    CREATE TABLE step (
      step_id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES run,
      name TEXT NOT NULL,
      series_id INTEGER REFERENCES series,
      started_at INTEGER NOT NULL,
      outcome TEXT CHECK (outcome IN ('done', 'partial', 'failed', 'skipped', 'interrupted')),
      reason TEXT,
      detail TEXT,
      rows_new INTEGER NOT NULL DEFAULT 0,
      rows_changed INTEGER NOT NULL DEFAULT 0,
      rows_unchanged INTEGER NOT NULL DEFAULT 0,
      rows_refused INTEGER NOT NULL DEFAULT 0,
      requests INTEGER NOT NULL DEFAULT 0,
      bytes INTEGER NOT NULL DEFAULT 0,
      seconds REAL NOT NULL DEFAULT 0
    ) STRICT;
    -- The steps of a run: status, and marking what a dead run left behind.
    CREATE INDEX step_of_run ON step (run_id);

    -- The exact bytes of an answer, once per content. `encoding` says how `content` holds them.
    CREATE TABLE body (
      body_id INTEGER PRIMARY KEY,
      sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
      size INTEGER NOT NULL CHECK (size >= 0),
      encoding TEXT NOT NULL CHECK (encoding IN ('identity', 'zstd')),
      redacted INTEGER NOT NULL DEFAULT 0 CHECK (redacted IN (0, 1)),
      content BLOB NOT NULL
    ) STRICT;

    -- What was asked, when, and what came back. No secret is in the address or in the headers.
    CREATE TABLE fetch (
      fetch_id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES run,
      source_id INTEGER NOT NULL REFERENCES source,
      method TEXT NOT NULL,
      target TEXT NOT NULL,
      request_body TEXT,
      url TEXT NOT NULL,
      asked_at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      elapsed_ms INTEGER NOT NULL,
      status INTEGER,
      headers TEXT,
      body_id INTEGER REFERENCES body,
      wire_bytes INTEGER NOT NULL,
      error TEXT,
      -- NULL until the answer was read; then 'read', 'superseded' (a retry followed) or why it holds no facts.
      read_outcome TEXT,
      CHECK (status IS NOT NULL OR error IS NOT NULL)
    ) STRICT;
    -- Answers that were kept and never read, at the start of a run.
    CREATE INDEX fetch_unread ON fetch (fetch_id) WHERE read_outcome IS NULL;
    -- The last answer to the same question, for conditional requests and for `why`.
    CREATE INDEX fetch_by_target ON fetch (source_id, target, fetch_id);

    CREATE TABLE quota (
      source_id INTEGER PRIMARY KEY REFERENCES source,
      window_start INTEGER NOT NULL,
      used INTEGER NOT NULL,
      not_before INTEGER
    ) STRICT;

    CREATE TABLE decision (
      decision_id INTEGER PRIMARY KEY,
      decided_at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT
    ) STRICT;

    """

  private static let facts = """
    -- The references are looked at when a transaction ends: a statement of many rows then needs no journal of its own,
    -- into which SQLite would copy every page that it touches.
    CREATE TABLE bar (
      series_id INTEGER NOT NULL REFERENCES series DEFERRABLE INITIALLY DEFERRED,
      open_time INTEGER NOT NULL,
      open REAL NOT NULL,
      high REAL NOT NULL,
      low REAL NOT NULL,
      close REAL NOT NULL,
      volume REAL NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (series_id, open_time),
      CHECK (low <= open AND low <= close AND open <= high AND close <= high AND volume >= 0)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE bar_restatement (
      series_id INTEGER NOT NULL REFERENCES series,
      open_time INTEGER NOT NULL,
      replaced_by_fetch_id INTEGER NOT NULL REFERENCES fetch,
      replaced_at INTEGER NOT NULL,
      open REAL NOT NULL,
      high REAL NOT NULL,
      low REAL NOT NULL,
      close REAL NOT NULL,
      volume REAL NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, open_time, replaced_by_fetch_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE price_point (
      series_id INTEGER NOT NULL REFERENCES series,
      at INTEGER NOT NULL,
      price REAL NOT NULL,
      market_cap REAL,
      volume_24h REAL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, at)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE price_point_restatement (
      series_id INTEGER NOT NULL REFERENCES series,
      at INTEGER NOT NULL,
      replaced_by_fetch_id INTEGER NOT NULL REFERENCES fetch,
      replaced_at INTEGER NOT NULL,
      price REAL NOT NULL,
      market_cap REAL,
      volume_24h REAL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, at, replaced_by_fetch_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sentiment (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      value REAL NOT NULL CHECK (value BETWEEN 0 AND 100),
      classification TEXT NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sentiment_restatement (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      replaced_by_fetch_id INTEGER NOT NULL REFERENCES fetch,
      replaced_at INTEGER NOT NULL,
      value REAL NOT NULL,
      classification TEXT NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, day, replaced_by_fetch_id)
    ) STRICT, WITHOUT ROWID;

    -- NULL while the fund has not reported; a reported zero is 0.
    CREATE TABLE etf_flow (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      etf_id INTEGER NOT NULL REFERENCES etf,
      net_flow_usd INTEGER,
      net_assets_usd INTEGER,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, day, etf_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE etf_flow_restatement (
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

    """

  private static let judgement = """
    CREATE TABLE quarantine (
      quarantine_id INTEGER PRIMARY KEY,
      series_id INTEGER NOT NULL REFERENCES series,
      at INTEGER,
      reason TEXT NOT NULL,
      detail TEXT NOT NULL,
      excerpt TEXT NOT NULL,
      fetch_id INTEGER NOT NULL REFERENCES fetch
    ) STRICT;
    -- The same bad row in a later answer is the same refusal.
    CREATE UNIQUE INDEX quarantine_row ON quarantine (series_id, coalesce(at, -1), reason, excerpt);

    -- What is missing, from the first to the last absent key of a run of them, and why.
    CREATE TABLE gap (
      series_id INTEGER NOT NULL REFERENCES series,
      from_time INTEGER NOT NULL,
      to_time INTEGER NOT NULL,
      missing INTEGER NOT NULL CHECK (missing > 0),
      reason TEXT NOT NULL CHECK (reason IN ('market_closed', 'before_listing', 'after_delisting', 'provider_empty',
        'refused', 'failed', 'not_asked')),
      fetch_id INTEGER REFERENCES fetch,
      quarantine_id INTEGER REFERENCES quarantine,
      step_id INTEGER REFERENCES step,
      PRIMARY KEY (series_id, from_time),
      CHECK (from_time <= to_time)
    ) STRICT, WITHOUT ROWID;

    """

  private static let derived = """
    -- Which series is "the" price of an asset from a run on.
    CREATE TABLE price_choice (
      asset_id INTEGER NOT NULL REFERENCES asset,
      interval TEXT NOT NULL,
      since_run_id INTEGER NOT NULL REFERENCES run,
      series_id INTEGER NOT NULL REFERENCES series,
      PRIMARY KEY (asset_id, interval, since_run_id)
    ) STRICT, WITHOUT ROWID;

    -- Days whose snapshot must be computed again, written with the facts that made it so.
    CREATE TABLE snapshot_due (
      asset_id INTEGER NOT NULL REFERENCES asset,
      day TEXT NOT NULL,
      PRIMARY KEY (asset_id, day)
    ) STRICT, WITHOUT ROWID;

    -- The sum over an asset's funds on a day (NULL until it is final), and how far the day can be believed.
    CREATE TABLE etf_flow_day (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      net_flow_usd INTEGER,
      finality TEXT NOT NULL CHECK (finality IN ('provisional', 'final', 'not_reporting')),
      PRIMARY KEY (series_id, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE market_snapshot (
      asset_id INTEGER NOT NULL REFERENCES asset,
      day TEXT NOT NULL,
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
      is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
      PRIMARY KEY (asset_id, day)
    ) STRICT, WITHOUT ROWID;
    -- The market's day across assets: reports and the summary of the market.
    CREATE INDEX market_snapshot_by_day ON market_snapshot (day);

    CREATE TABLE summary (
      summary_id INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      asset_id INTEGER REFERENCES asset,
      maker TEXT NOT NULL,
      text TEXT NOT NULL,
      facts TEXT NOT NULL
    ) STRICT;
    -- One summary a day, subject and maker; the market's has no asset.
    CREATE UNIQUE INDEX summary_subject ON summary (day, coalesce(asset_id, 0), maker);
    """
}
