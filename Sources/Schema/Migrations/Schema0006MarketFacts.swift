extension Migration {
  static let marketFacts =
    actions + trades + values + """
      -- All rows of a series before a split, restated by one factor: what groups them.
      CREATE TABLE rebase (
        rebase_id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series,
        -- New price for one of before.
        factor REAL NOT NULL CHECK (factor > 0),
        cause TEXT NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        rows INTEGER NOT NULL CHECK (rows > 0)
      ) STRICT;
      CREATE UNIQUE INDEX rebase_by_answer ON rebase (series_id, fetch_id);
      """

  /// `value` is new shares for an old one, or money a share; `currency` is that of the money where it is not that of the
  /// prices. `day` is the first session after it.
  private static let actions = table(
    "corporate_action", key: [("day", "TEXT"), ("kind", "TEXT")],
    values: [("value", "REAL NOT NULL"), ("currency", "TEXT")])

  /// What some sources tell of a bar besides.
  private static let trades = table(
    "bar_trade", key: [("open_time", "INTEGER")], values: [("vwap", "REAL"), ("trades", "INTEGER")])

  /// Once a UTC day.
  private static let values = table(
    "market_cap", key: [("day", "TEXT")],
    values: [("market_cap", "REAL NOT NULL"), ("circulating_supply", "REAL"), ("total_supply", "REAL")])

  /// The two tables of a kind: facts, and what was believed before.
  static func table(
    _ name: String, key: [(name: String, type: String)], values: [(name: String, type: String)]
  ) -> String {
    let keyColumns = key.map { "  \($0.name) \($0.type) NOT NULL," }.joined(separator: "\n")
    let valueColumns = values.map { "  \($0.name) \($0.type)," }.joined(separator: "\n")
    let names = key.map(\.name).joined(separator: ", ")
    return """
      CREATE TABLE \(name) (
        series_id INTEGER NOT NULL REFERENCES series,
      \(keyColumns)
      \(valueColumns)
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        PRIMARY KEY (series_id, \(names))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE \(name)_restatement (
        restatement_id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series,
      \(keyColumns)
        -- By an answer or by a decision.
        replaced_by_fetch_id INTEGER REFERENCES fetch,
        replaced_by_decision_id INTEGER REFERENCES decision,
        replaced_at INTEGER NOT NULL,
      \(valueColumns)
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
      ) STRICT;
      -- What was believed of a row; an answer replaces it once.
      CREATE UNIQUE INDEX \(name)_restatement_row
        ON \(name)_restatement (series_id, \(names), coalesce(replaced_by_fetch_id, -replaced_by_decision_id));

      """
  }
}
