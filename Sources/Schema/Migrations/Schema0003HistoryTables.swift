extension Migration {
  /// What was believed before may have been replaced by a decision of the user as well as by an answer. A key with a NULL
  /// in it can only be an index, so that the rows are numbered: in the order in which they were replaced.
  static let widerHistory: [Change] =
    barHistory + pricePointHistory + sentimentHistory + flowHistory("etf_flow_restatement")
    + flowHistory("etf_flow_provisional")

  private static let barHistory: [Change] = [
    .remake(
      "bar_restatement",
      columns: """
          restatement_id INTEGER PRIMARY KEY,
          series_id INTEGER NOT NULL REFERENCES series,
          open_time INTEGER NOT NULL,
          -- By an answer or by a decision.
          replaced_by_fetch_id INTEGER REFERENCES fetch,
          replaced_by_decision_id INTEGER REFERENCES decision,
          replaced_at INTEGER NOT NULL,
          open REAL NOT NULL,
          high REAL NOT NULL,
          low REAL NOT NULL,
          close REAL NOT NULL,
          volume REAL NOT NULL,
          fetch_id INTEGER NOT NULL REFERENCES fetch,
          CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
        """,
      copy: """
        (series_id, open_time, replaced_by_fetch_id, replaced_at, open, high, low, close,
          volume, fetch_id)
        SELECT series_id, open_time, replaced_by_fetch_id, replaced_at, open, high, low, close, volume, fetch_id
        FROM bar_restatement ORDER BY replaced_by_fetch_id, series_id, open_time
        """),
    .sql(
      """
      -- What was believed of a row; an answer replaces it once.
      CREATE UNIQUE INDEX bar_restatement_row
        ON bar_restatement (series_id, open_time, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));
      """),
  ]

  private static let pricePointHistory: [Change] = [
    .remake(
      "price_point_restatement",
      columns: """
          restatement_id INTEGER PRIMARY KEY,
          series_id INTEGER NOT NULL REFERENCES series,
          at INTEGER NOT NULL,
          -- By an answer or by a decision.
          replaced_by_fetch_id INTEGER REFERENCES fetch,
          replaced_by_decision_id INTEGER REFERENCES decision,
          replaced_at INTEGER NOT NULL,
          price REAL NOT NULL,
          market_cap REAL,
          volume_24h REAL,
          fetch_id INTEGER NOT NULL REFERENCES fetch,
          CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
        """,
      copy: """
        (series_id, at, replaced_by_fetch_id, replaced_at, price, market_cap,
          volume_24h, fetch_id)
        SELECT series_id, at, replaced_by_fetch_id, replaced_at, price, market_cap, volume_24h, fetch_id
        FROM price_point_restatement ORDER BY replaced_by_fetch_id, series_id, at
        """),
    .sql(
      """
      -- What was believed of a row; an answer replaces it once.
      CREATE UNIQUE INDEX price_point_restatement_row
        ON price_point_restatement (series_id, at, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));
      """),
  ]

  private static let sentimentHistory: [Change] = [
    .remake(
      "sentiment_restatement",
      columns: """
          restatement_id INTEGER PRIMARY KEY,
          series_id INTEGER NOT NULL REFERENCES series,
          day TEXT NOT NULL,
          -- By an answer or by a decision.
          replaced_by_fetch_id INTEGER REFERENCES fetch,
          replaced_by_decision_id INTEGER REFERENCES decision,
          replaced_at INTEGER NOT NULL,
          value REAL NOT NULL,
          classification TEXT NOT NULL,
          fetch_id INTEGER NOT NULL REFERENCES fetch,
          CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
        """,
      copy: """
        (series_id, day, replaced_by_fetch_id, replaced_at, value, classification,
          fetch_id)
        SELECT series_id, day, replaced_by_fetch_id, replaced_at, value, classification, fetch_id
        FROM sentiment_restatement ORDER BY replaced_by_fetch_id, series_id, day
        """),
    .sql(
      """
      -- What was believed of a row; an answer replaces it once.
      CREATE UNIQUE INDEX sentiment_restatement_row
        ON sentiment_restatement (series_id, day, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));
      """),
  ]

  private static func flowHistory(_ table: String) -> [Change] {
    [
      .remake(
        table,
        columns: """
            restatement_id INTEGER PRIMARY KEY,
            series_id INTEGER NOT NULL REFERENCES series,
            day TEXT NOT NULL,
            etf_id INTEGER NOT NULL REFERENCES etf,
            -- By an answer or by a decision.
            replaced_by_fetch_id INTEGER REFERENCES fetch,
            replaced_by_decision_id INTEGER REFERENCES decision,
            replaced_at INTEGER NOT NULL,
            net_flow_usd INTEGER,
            net_assets_usd INTEGER,
            fetch_id INTEGER NOT NULL REFERENCES fetch,
            CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
          """,
        copy: """
          (series_id, day, etf_id, replaced_by_fetch_id, replaced_at, net_flow_usd, net_assets_usd,
            fetch_id)
          SELECT series_id, day, etf_id, replaced_by_fetch_id, replaced_at, net_flow_usd, net_assets_usd, fetch_id
          FROM \(table) ORDER BY replaced_by_fetch_id, series_id, day, etf_id
          """),
      .sql(
        """
        -- What was believed of a row; an answer replaces it once.
        CREATE UNIQUE INDEX \(table)_row
          ON \(table) (series_id, day, etf_id, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));
        """),
    ]
  }
}
