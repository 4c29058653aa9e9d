import GRDB
import Market
import Schema
import Testing

@testable import Store

@Suite struct DerivedHistoryTests {
  private func snapshot(close: Double) -> SnapshotRow {
    SnapshotRow(
      MarketSnapshot(
        day: .number(0), open: 100, high: 200, low: 50, close: close, volume: 1, change24h: nil, volatility7d: nil,
        asiaReturn: nil, europeReturn: nil, usReturn: nil, bars: 24, barsExpected: 24, isComplete: true),
      fngValue: nil, fngClassification: nil, etfNetFlowUSD: nil, etfNetFlow5dUSD: nil)
  }

  private func put(_ close: Double, _ rig: Rig) throws {
    let series = try rig.series(Known.bars).id
    _ = try rig.store.snapshots.store(
      [snapshot(close: close)], of: "BTC", from: series, computed: [.number(0)], at: Rig.start)
  }

  @Test func `a snapshot that is replaced is kept with its time, an equal one changes nothing`() throws {
    let rig = try Rig()
    try put(100, rig)
    let made = try rig.rows("SELECT * FROM market_snapshot_made")
    _ = try rig.fetch(at: .hour(5))
    try put(100, rig)
    #expect(try rig.rows("SELECT * FROM market_snapshot_made") == made)
    #expect(try rig.rows("SELECT * FROM market_snapshot_restatement").isEmpty)
    try put(101, rig)
    #expect(
      try rig.rows("SELECT close, replaced_at - made_at, run_id, replaced_by_run_id FROM market_snapshot_restatement")
        == ["100.0|18000|1|1"])
    let traced = try rig.store.past.snapshot(of: "BTC", on: .number(0))
    #expect(traced?.row.close == 101)
    #expect(traced?.made.at == .hour(5))
    #expect(traced?.earlier.map(\.row.close) == [100])
    #expect(traced?.earlier.first?.replaced.at == .hour(5))
  }

  @Test func `a text that is written again keeps what it said`() throws {
    let rig = try Rig()
    func write(_ text: String) throws {
      _ = try rig.store.summaries.store([
        SummaryRow(day: .number(0), asset: "BTC", maker: "rule-1", text: text, facts: "{}")
      ])
    }
    try write("so")
    try write("so")
    #expect(try rig.rows("SELECT * FROM summary_restatement").isEmpty)
    _ = try rig.fetch(at: .hour(1))
    try write("otherwise")
    let traced = try rig.store.past.summary(1)
    #expect(traced?.row.text == "otherwise")
    #expect(traced?.earlier.map(\.text) == ["so"])
    #expect(try rig.store.past.summary(2) == nil)
  }

  @Test func `a day's value that changes before the day is final is kept apart from restatements`() throws {
    let rig = try Rig()
    func report(_ dollars: Int64?, at hour: Int) throws {
      try rig.store(
        .flows([EtfFlow(day: .number(0), ticker: "IBIT", netFlowUSD: dollars)]), of: Known.flows, at: .hour(hour))
    }
    try report(nil, at: 1)
    try report(5, at: 2)
    try report(6, at: 3)
    #expect(try rig.rows("SELECT net_flow_usd FROM etf_flow_provisional ORDER BY replaced_at") == ["∅", "5"])
    #expect(try rig.rows("SELECT * FROM etf_flow_restatement").isEmpty)
    let traced = try rig.store.past.fact(
      of: try rig.series(Known.flows), under: FactKey(.day(.number(0)), .text("IBIT")))
    #expect(traced?.value(of: .netFlowUSD) == .whole(6))
    #expect(traced?.earlier.map { $0.values[0] } == [.absent, .whole(5)])
    #expect(traced?.earlier.allSatisfy { !$0.wasFinal } == true)
  }

  @Test func `what was made before this was kept counts as made when the last run ended`() throws {
    let queue = try DatabaseQueue()
    let made = try queue.writeWithoutTransaction { db in
      try db.execute(sql: Migration.spine.sql)
      try db.execute(
        sql: """
          INSERT INTO asset VALUES (1, 'BTC', 'Bitcoin', 'crypto');
          INSERT INTO source VALUES (1, 's', 's', 's');
          INSERT INTO series (series_id, dataset, asset_id, source_id, interval, provider_symbol, priority)
          VALUES (1, 'bar', 1, 1, '1h', 'x', 1);
          INSERT INTO run (run_id, command, started_at, finished_at, outcome, process_id, version)
          VALUES (1, 'ingest', 10, 20, 'done', 1, 'x'), (2, 'ingest', 30, 40, 'done', 1, 'x');
          INSERT INTO market_snapshot (asset_id, day, series_id, open, high, low, close, volume, bars, bars_expected,
            is_complete) VALUES (1, '2025-09-18', 1, 1, 1, 1, 1, 1, 24, 24, 1);
          """)
      try db.execute(sql: Migration.trace.sql)
      return try Row.fetchAll(db, sql: "SELECT made_at, run_id FROM market_snapshot_made").map { row in
        "\(row["made_at"] as Int64) \((row["run_id"] as Int64?) as Any)"
      }
    }
    #expect(made == ["40 nil"])
  }
}
