import Market
import SQLite
import Testing

@testable import Store

/// What the file has room for, before anything writes it.
@Suite struct WidenedSchemaTests {
  let rig: Rig
  init() throws {
    rig = try Rig()
    for _ in 0..<3 { _ = try rig.fetch() }
    try rig.store.tamper("INSERT INTO decision (decided_at, kind, subject) VALUES (1, 'import.undo', 'x')")
  }

  private static let bar = "open, high, low, close, volume, fetch_id"
  private static let series = "INSERT INTO series (dataset, source_id, provider_symbol, priority"

  @Test(arguments: [
    "INSERT INTO asset (symbol, name, class) VALUES ('^GSPC', 'S&P 500', 'index'), ('EURUSD', 'Euro', 'currency')",
    "\(series), interval) VALUES ('macro_observation', 1, 'CPIAUCSL', 1, '1mo')",
    "\(series)) VALUES ('news_article', 1, 'feed', 1), ('news_article', 1, 'other', 1)",
    "INSERT INTO gap (series_id, from_time, to_time, missing, reason) VALUES (1, 0, 0, 1, 'not_yet_published')",
    "INSERT INTO chronicle (kind, decision_id, part, detail) VALUES ('undone', 1, 2, 'all of it')",
    "INSERT INTO quarantine (at, reason, detail, excerpt, fetch_id) VALUES (1, 'malformed', '', 'x', 1)",
    "INSERT INTO quality_flag (series_id, at, rule, detail, fetch_id) VALUES (1, 1, 'odd', '', 1)",
    """
    INSERT INTO quality_flag (series_id, at, sub_key, rule, detail, fetch_id)
    VALUES (5, 1, 'IBIT', 'jump', '', 1), (5, 1, 'FBTC', 'jump', '', 1)
    """,
    "INSERT INTO quota (source_id, window_seconds, window_start, used) VALUES (1, 60, 1, 1), (1, 86400, 1, 1)",
    """
    INSERT INTO bar_restatement (series_id, open_time, replaced_by_decision_id, replaced_at, \(bar))
    VALUES (1, 0, 1, 5, 1, 1, 1, 1, 1, 1)
    """,
  ])
  func `there is room for it`(sql: String) throws {
    try rig.store.tamper(sql)
    #expect(try rig.store.structuralFaults() == [])
    #expect(try rig.store.brokenReferences() == [])
  }

  @Test(arguments: [
    "INSERT INTO asset (symbol, name, class) VALUES ('X', 'X', '')",
    "\(series)) VALUES ('news_article', 1, 'feed', 1), ('news_article', 1, 'feed', 1)",
    "\(series), interval) VALUES ('bar', 1, 'BTCUSDT', 1, '1h')",
    "INSERT INTO chronicle (kind, fetch_id) VALUES ('part', 1)",
    """
    INSERT INTO quarantine (at, reason, detail, excerpt, fetch_id)
    VALUES (NULL, 'malformed', '', 'x', 1), (NULL, 'malformed', '', 'x', 2)
    """,
    "INSERT INTO quota (source_id, window_seconds, window_start, used) VALUES (1, 60, 1, 1), (1, 60, 2, 1)",
    "INSERT INTO bar_restatement (series_id, open_time, replaced_at, \(bar)) VALUES (1, 0, 5, 1, 1, 1, 1, 1, 1)",
    """
    INSERT INTO bar_restatement (series_id, open_time, replaced_by_fetch_id, replaced_by_decision_id, replaced_at, \(bar))
    VALUES (1, 0, 2, 1, 5, 1, 1, 1, 1, 1, 1)
    """,
    """
    INSERT INTO bar_restatement (series_id, open_time, replaced_by_fetch_id, replaced_at, \(bar))
    VALUES (1, 0, 2, 5, 1, 1, 1, 1, 1, 1), (1, 0, 2, 6, 2, 2, 2, 2, 2, 1)
    """,
    """
    INSERT INTO sentiment_restatement (series_id, day, replaced_by_decision_id, replaced_at, value, classification,
      fetch_id)
    VALUES (4, '2026-03-02', 1, 5, 1, 'Fear', 1), (4, '2026-03-02', 1, 6, 2, 'Fear', 1)
    """,
  ])
  func `what would say a thing twice, or nothing, is refused`(sql: String) throws {
    #expect(throws: StoreError.self) { try rig.store.tamper(sql) }
  }

  @Test func `a file may fill several series`() throws {
    try rig.store.tamper(
      """
      INSERT INTO import_file (fetch_id, name, layout, part_size) VALUES (1, 'all.csv', 'ohlc', 1);
      INSERT INTO import_file_series (fetch_id, series_id) VALUES (1, 1), (1, 2)
      """)
    #expect(try rig.store.brokenReferences() == [])
  }

  @Test func `the last import of a series is found by one look at an index`() throws {
    let plan = try rig.rows(
      """
      EXPLAIN QUERY PLAN SELECT * FROM import_file JOIN import_file_series AS filled USING (fetch_id)
      WHERE filled.series_id = 1 ORDER BY filled.fetch_id DESC LIMIT 1
      """)
    #expect(plan.contains { $0.contains("COVERING INDEX import_file_of_series (series_id=?)") })
    #expect(!plan.contains { $0.contains("TEMP B-TREE") })
  }

  @Test func `a series of no interval is told of, as long as nothing here can read it`() throws {
    try rig.store.tamper("\(Self.series)) VALUES ('news_article', 1, 'feed', 1)")
    let error = #expect(throws: StoreError.self) { try rig.store.catalogue.series() }
    #expect(error?.description.contains("unknown dataset or interval in series") == true)
  }
}
