import GRDB
import SQLite

/// Keeps what a derived table said before, and when it said so: a row that is replaced goes to `<table>_restatement`,
/// and `<table>_made` tells when the row that stands now was made.
struct DerivedHistory {
  let table: String
  let key: [String]
  let values: [String]

  static let snapshots = DerivedHistory(
    table: "market_snapshot", key: ["asset_id", "day"],
    values: [
      "series_id", "open", "high", "low", "close", "volume", "change_24h", "volatility_7d", "asia_return",
      "europe_return", "us_return", "fng_value", "fng_classification", "etf_net_flow_usd", "etf_net_flow_5d_usd",
      "bars", "bars_expected", "is_complete",
    ])
  static let flowDays = DerivedHistory(
    table: "etf_flow_day", key: ["series_id", "day"], values: ["net_flow_usd", "finality"])
  static let summaries = DerivedHistory(
    table: "summary", key: ["summary_id"],
    values: ["day", "asset_id", "kind", "profile", "maker", "call_id", "text", "facts"])
  static let all = [snapshots, flowDays, summaries]

  private var keyList: String { key.joined(separator: ", ") }
  private var valueList: String { values.joined(separator: ", ") }
  private var isKey: String { key.map { "\(table).\($0) = ?" }.joined(separator: " AND ") }

  /// Call before a row is replaced; a row that is not there leaves nothing.
  ///
  /// Of two replacements at one instant the first counts: what came between them was never the state of the file after
  /// a run.
  func keepRow(_ key: [any DatabaseValueConvertible], at now: Derivation, _ db: Database) throws {
    let arguments: [(any DatabaseValueConvertible)?] = [now.at, now.run, now.at] + key
    try db.run(
      """
      INSERT INTO \(table)_restatement (\(keyList), replaced_at, replaced_by_run_id, made_at, run_id, \(valueList))
      SELECT \(self.key.map { "\(table).\($0)" }.joined(separator: ", ")), ?, ?, coalesce(made.made_at, ?), made.run_id,
        \(valueList)
      FROM \(table)
      LEFT JOIN \(table)_made AS made ON \(self.key.map { "made.\($0) = \(table).\($0)" }.joined(separator: " AND "))
      WHERE \(isKey)
      ON CONFLICT DO NOTHING
      """, StatementArguments(arguments))
  }

  /// Call after a row was written.
  func noteMade(_ key: [any DatabaseValueConvertible], at now: Derivation, _ db: Database) throws {
    let arguments: [(any DatabaseValueConvertible)?] = key + [now.at, now.run]
    try db.run(noting, StatementArguments(arguments))
  }

  /// The same as a statement for many rows, which awaits the key of each.
  func notingMade(at now: Derivation, _ db: Database) throws -> DirectStatement {
    let statement = try DirectStatement(keptBy: db, noting)
    statement.bind(now.at, at: Int32(key.count) + 1)
    statement.bind(now.run, at: Int32(key.count) + 2)
    return statement
  }

  private var noting: String {
    """
    INSERT OR REPLACE INTO \(table)_made (\(keyList), made_at, run_id)
    VALUES (\(key.map { _ in "?, " }.joined())?, ?)
    """
  }
}

/// When and by which run something derived is made: with the newest answer, so that it is known no earlier than the
/// facts that it was made from.
struct Derivation {
  let run: Int64?
  let at: Int64

  /// As of the run that is under way, or the last one.
  init(_ db: Database) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT (SELECT max(run_id) FROM run) AS run_id,
            max(coalesce((SELECT started_at FROM run ORDER BY run_id DESC LIMIT 1), 0),
              coalesce((SELECT received_at FROM fetch ORDER BY fetch_id DESC LIMIT 1), 0)) AS at
          """))
    run = row?["run_id"]
    at = row?["at"] ?? 0
  }
}
