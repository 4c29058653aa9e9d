import CSQLite
import Market
import Providers
import Store
import Support
import seeds

/// A record with rows typed by hand, for commands that read one.
///
/// 48 hours of Bitcoin and Ether from Binance, two hours of Bitcoin from Kraken, three days of sentiment, flows of two
/// days, gaps of four reasons. The newest hour opens at 2025-09-19T21:00:00Z.
struct Record {
  let home: TemporaryHome

  init(_ more: String = "") throws {
    home = try TemporaryHome()
    let store = try Store.writing(home.database, command: "test")
    try store.catalogue.add(Universe.twoCoins, providers: marketProviders.map(\.profile))
    try store.claim(.live)
    try SQL(home.database).run(Record.rows + more)
  }

  private static func series(_ source: String, _ symbol: String) -> String {
    "(SELECT series_id FROM series JOIN source USING (source_id) WHERE name = '\(source)' AND provider_symbol = '\(symbol)')"
  }

  private static let rows = """
    BEGIN;
    INSERT INTO run (run_id, command, started_at, finished_at, outcome, process_id, version) VALUES (1, 'ingest', 1758321000, 1758321005, 'done', 1, 'test');
    INSERT INTO fetch (fetch_id, run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
      wire_bytes, read_outcome)
    VALUES (1, 1, 1, 'GET', '/x', 'http://example.test/x', 1758321000, 1758321001, 12, 200, 100, 'read');
    WITH RECURSIVE hour (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM hour WHERE n < 47)
    INSERT INTO bar SELECT series_id, 1758146400 + 3600 * n, price + n * step, price + n * step + 2 * step,
      price + n * step - step, price + (n + 1) * step, 100.25 + n, 1
    FROM hour, (SELECT \(series("binance", "BTCUSDT")) AS series_id, 115000.01 AS price, 12.5 AS step
      UNION ALL SELECT \(series("binance", "ETHUSDT")), 4400.1, 0.75)
    ORDER BY series_id, n;
    INSERT INTO bar VALUES (\(series("kraken", "XBTUSD")), 1758312000, 115001, 115002.5, 115000, 115001, 3.5, 1),
      (\(series("kraken", "XBTUSD")), 1758315600, 115001, 115001, 1e-7, 115001, 0, 1);
    UPDATE series SET row_count = (SELECT count(*) FROM bar WHERE bar.series_id = series.series_id),
      first_time = (SELECT min(open_time) FROM bar WHERE bar.series_id = series.series_id),
      last_time = (SELECT max(open_time) FROM bar WHERE bar.series_id = series.series_id);
    INSERT INTO price_choice SELECT asset_id, '1h', 1, series_id FROM series JOIN source USING (source_id)
      WHERE name = 'binance';
    INSERT INTO sentiment SELECT \(series("alternative.me", "fng")), column1, column2, column3, 1 FROM (VALUES
      ('2025-09-17', 53.0, 'Neutral'), ('2025-09-18', 52.0, 'Neutral, "so"'), ('2025-09-19', 71.0, 'Greed'));
    INSERT INTO etf_flow SELECT \(series("farside", "btc")), column1, etf_id, column3, NULL, 1
      FROM (VALUES ('2025-09-17', 'IBIT', 10000000), ('2025-09-17', 'FBTC', -500000), ('2025-09-18', 'IBIT', 0),
        ('2025-09-18', 'FBTC', NULL)) JOIN etf ON ticker = column2;
    INSERT INTO etf_flow SELECT \(series("farside", "eth")), '2025-09-17', etf_id, 7, NULL, 1 FROM etf
      WHERE ticker = 'ETHA';
    INSERT INTO gap VALUES (\(series("kraken", "XBTUSD")), 1758200000, 1758207200, 3, 'not_asked', NULL, NULL, NULL),
      (\(series("kraken", "XBTUSD")), 1758225200, 1758225200, 1, 'provider_empty', 1, NULL, NULL),
      (\(series("binance", "ETHUSDT")), 1758100000, 1758103600, 2, 'failed', NULL, NULL, NULL),
      (\(series("alternative.me", "fng")), 1757894400, 1757894400, 1, 'provider_empty', 1, NULL, NULL);
    COMMIT;
    """
}

/// A database file opened beside the program, to fill it and to ask it.
final class SQL {
  private var connection: OpaquePointer?

  init(_ path: String) throws {
    let code = sqlite3_open(path, &connection)
    guard code == SQLITE_OK else { throw SpawnError(call: "sqlite3_open \(path)", code: code) }
    sqlite3_busy_timeout(connection, 10_000)
  }

  deinit { sqlite3_close(connection) }

  struct Refused: Error {
    let message: String
  }

  func run(_ sql: String) throws {
    guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
      throw Refused(message: String(cString: sqlite3_errmsg(connection)))
    }
  }

  /// All cells as SQLite's text of them, `nil` for null.
  func rows(_ sql: String) throws -> [[String?]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
      throw Refused(message: String(cString: sqlite3_errmsg(connection)))
    }
    defer { sqlite3_finalize(statement) }
    var rows: [[String?]] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) }
        })
    }
    return rows
  }
}
