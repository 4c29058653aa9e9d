import CSQLite
import Foundation

/// A look at a database file as a process left it: at a copy with its log, so that looking heals nothing.
final class Record {
  private let folder: String
  private let connection: OpaquePointer

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// `nil` where there is no file, or none that anything was ever written to.
  init?(_ path: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return nil }
    folder = try Home.makeFolder()
    let copy = folder + "/copy.db"
    try files.copyItem(atPath: path, toPath: copy)
    if files.fileExists(atPath: path + "-wal") { try files.copyItem(atPath: path + "-wal", toPath: copy + "-wal") }
    var opened: OpaquePointer?
    guard sqlite3_open(copy, &opened) == SQLITE_OK, let opened else {
      throw Fault(description: "\(path) cannot be opened")
    }
    connection = opened
    if try rows("SELECT name FROM sqlite_schema LIMIT 1").isEmpty { return nil }
  }

  deinit {
    sqlite3_close(connection)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What is wrong with the structure of the file or with its references.
  func faults() throws -> [String] {
    try rows("PRAGMA integrity_check").filter { $0 != "'ok'" } + rows("PRAGMA foreign_key_check")
  }

  /// Answers that were read, runs and steps that have ended: what was acknowledged.
  func evidence() throws -> Set<String> {
    Set(
      try rows("SELECT 'fetch', fetch_id FROM fetch WHERE read_outcome IS NOT NULL")
        + rows("SELECT 'run', run_id FROM run WHERE finished_at IS NOT NULL")
        + rows("SELECT 'step', step_id FROM step WHERE outcome IS NOT NULL"))
  }

  /// The outcomes of all runs, oldest first; empty for one that has not ended.
  func runs() throws -> [String] {
    try rows("SELECT coalesce(outcome, '') FROM run ORDER BY run_id").map { String($0.dropFirst().dropLast()) }
  }

  func count(_ table: String) throws -> Int { Int(try rows("SELECT count(*) FROM \(table)").first ?? "") ?? -1 }

  /// Everything that the file says about the markets, without the numbers that only count runs and answers.
  func facts() throws -> [String] {
    try Record.factQueries.flatMap { name, query in try rows(query).map { "\(name): \($0)" }.sorted() }
  }

  /// Rows with their values as SQL literals.
  func rows(_ sql: String) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { throw fault(sql) }
    defer { sqlite3_finalize(statement) }
    var rows: [String] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          (0..<sqlite3_column_count(statement)).map { literal(statement, $0) }.joined(separator: ", "))
      case SQLITE_DONE: return rows
      default: throw fault(sql)
      }
    }
  }

  private func literal(_ statement: OpaquePointer?, _ column: Int32) -> String {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: "\(sqlite3_column_int64(statement, column))"
    case SQLITE_FLOAT: "\(sqlite3_column_double(statement, column))"
    case SQLITE_NULL: "NULL"
    default: sqlite3_column_text(statement, column).map { "'\(String(cString: $0))'" } ?? "''"
    }
  }

  private func fault(_ sql: String) -> Fault {
    Fault(description: "\(String(cString: sqlite3_errmsg(connection))): \(sql)")
  }
}

extension Record {
  private static let series = "JOIN series USING (series_id) JOIN source USING (source_id)"

  private static let factQueries: [(String, String)] = [
    ("bar", "SELECT source.name, provider_symbol, open_time, open, high, low, close, volume FROM bar \(series)"),
    (
      "bar_restatement",
      "SELECT source.name, provider_symbol, open_time, open, high, low, close, volume FROM bar_restatement \(series)"
    ),
    (
      "price_point", "SELECT source.name, provider_symbol, at, price, market_cap, volume_24h FROM price_point \(series)"
    ),
    ("sentiment", "SELECT source.name, day, value, classification FROM sentiment \(series)"),
    (
      "sentiment_restatement",
      "SELECT source.name, day, value, classification FROM sentiment_restatement \(series)"
    ),
    (
      "etf_flow",
      "SELECT source.name, day, ticker, net_flow_usd, net_assets_usd FROM etf_flow \(series) JOIN etf USING (etf_id)"
    ),
    (
      "etf_flow_restatement",
      "SELECT source.name, day, ticker, net_flow_usd FROM etf_flow_restatement \(series) JOIN etf USING (etf_id)"
    ),
    ("etf_flow_day", "SELECT source.name, provider_symbol, day, net_flow_usd, finality FROM etf_flow_day \(series)"),
    (
      "series",
      """
      SELECT source.name, dataset, provider_symbol, row_count, first_time, last_time
      FROM series JOIN source USING (source_id)
      """
    ),
    (
      "price_choice",
      """
      SELECT symbol, choice.interval, source.name
      FROM price_choice_current AS choice JOIN asset USING (asset_id) \(series)
      """
    ),
    ("quarantine", "SELECT source.name, provider_symbol, at, reason, detail, excerpt FROM quarantine \(series)"),
    ("gap", "SELECT source.name, provider_symbol, from_time, to_time, missing, reason FROM gap \(series)"),
    ("snapshot_due", "SELECT asset_id, day FROM snapshot_due"),
    (
      "market_snapshot",
      """
      SELECT symbol, day, source.name, open, high, low, close, volume, change_24h, volatility_7d, asia_return,
        europe_return, us_return, fng_value, fng_classification, etf_net_flow_usd, etf_net_flow_5d_usd, bars,
        bars_expected, is_complete
      FROM market_snapshot JOIN asset USING (asset_id) \(series)
      """
    ),
    ("summary", "SELECT day, asset_id, maker, text, facts FROM summary"),
  ]
}
