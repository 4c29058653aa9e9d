import Market
import Telling
import Testing

@testable import Store

@Suite struct SnapshotsTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func row(
    _ day: Int, close: Double = 1, fng: Double? = nil, bars: Int = 24, isComplete: Bool = true
  ) -> SnapshotRow {
    SnapshotRow(
      MarketSnapshot(
        day: .number(day), open: 1, high: 3, low: 0.5, close: close, volume: 7, change24h: 0.01, volatility7d: nil,
        asiaReturn: -0.5, europeReturn: 0, usReturn: nil, bars: bars, barsExpected: 24, isComplete: isComplete),
      fngValue: fng, fngClassification: fng.map { _ in "Fear" },
      etfNetFlowUSD: -5, etfNetFlow5dUSD: nil)
  }

  private func due() throws -> [Int] {
    try rig.store.snapshots.daysDueForSnapshot(of: "BTC").map { $0 - Rig.start.day }
  }

  private func forgetDue() throws {
    _ = try rig.store.snapshots.store(
      [], of: "BTC", from: rig.series(Known.bars).id, computed: rig.store.snapshots.daysDueForSnapshot(of: "BTC"),
      at: Rig.start)
  }

  /// A bar a day, so that the series reaches over `days`.
  private func fill(_ days: ClosedRange<Int>) throws {
    try rig.store(.bars(days.map { Bar(hour: $0 * 24) }), of: Known.bars)
    try forgetDue()
  }

  @Test func `a new bar has its day computed, and the seven after it as far as there are bars`() throws {
    try fill(0...20)
    try rig.store(.bars([Bar(hour: 5 * 24 + 1)]), of: Known.bars)
    #expect(try due() == Array(5...12))
    try forgetDue()
    try rig.store(.bars([Bar(hour: 18 * 24 + 1)]), of: Known.bars)
    #expect(try due() == [18, 19, 20])
  }

  @Test func `a restated bar does the same and a confirmed one nothing`() throws {
    try fill(0...9)
    try rig.store(.bars([Bar(hour: 24)]), of: Known.bars)
    #expect(try due().isEmpty)
    try rig.store(.bars([Bar(hour: 24, close: 99)]), of: Known.bars)
    #expect(try due() == Array(1...8))
  }

  @Test func `a day of sentiment has its own day computed for every asset`() throws {
    try fill(0...9)
    let value = SentimentValue(day: .number(4), value: 20, classification: "Fear")
    try rig.store(.sentiment([value]), of: Known.mood)
    #expect(try due() == [4])
  }

  @Test func `sentiment of a day without bars has nothing computed`() throws {
    try fill(3...9)
    let values = [1, 12].map { SentimentValue(day: .number($0), value: 20, classification: "Fear") }
    try rig.store(.sentiment(values), of: Known.mood)
    #expect(try due().isEmpty)
  }

  @Test func `a flow has the two weeks computed whose sums can show it`() throws {
    try fill(0...30)
    try rig.store(.flows([EtfFlow(day: .number(7), ticker: "IBIT", netFlowUSD: 1)]), of: Known.flows)
    #expect(try due() == Array(7...21))
  }

  @Test func `a day that becomes final has them computed as well`() throws {
    try fill(0...30)
    let series = try rig.series(Known.flows)
    try rig.store.flows.store(
      [FlowDayRow(day: .number(7), netFlowUSD: nil, finality: "provisional")], of: series, at: Rig.start)
    #expect(try due().isEmpty)
    try rig.store.flows.store(
      [FlowDayRow(day: .number(7), netFlowUSD: 5, finality: "final")], of: series, at: Rig.start)
    #expect(try due() == Array(7...21))
    try forgetDue()
    try rig.store.flows.store(
      [FlowDayRow(day: .number(7), netFlowUSD: 5, finality: "final")], of: series, at: Rig.start)
    #expect(try due().isEmpty)
  }

  @Test func `snapshots are new, changed or unchanged, and no longer due`() throws {
    try fill(0...9)
    try rig.store(.bars([Bar(hour: 1), Bar(hour: 25)]), of: Known.bars)
    let id = try rig.series(Known.bars).id
    let days = try rig.store.snapshots.daysDueForSnapshot(of: "BTC")
    #expect(
      try rig.store.snapshots.store([row(0), row(1)], of: "BTC", from: id, computed: days, at: Rig.start)
        == StepCounts(new: 2))
    #expect(try due().isEmpty)
    #expect(
      try rig.store.snapshots.store([row(0), row(1, close: 2)], of: "BTC", from: id, computed: [], at: Rig.start)
        == StepCounts(changed: 1, unchanged: 1))
  }

  @Test func `a snapshot made from another series is a changed one`() throws {
    _ = try rig.store.snapshots.store([row(0)], of: "BTC", from: rig.series(Known.bars).id, computed: [], at: Rig.start)
    let counts = try rig.store.snapshots.store(
      [row(0)], of: "BTC", from: rig.series(Known.otherBars).id, computed: [], at: Rig.start)
    #expect(counts == StepCounts(changed: 1))
    #expect(try rig.rows("SELECT source FROM daily_market_snapshot") == ["coinbase"])
  }

  @Test func `a snapshot comes back as it was stored, NULLs and all`() throws {
    let rows = [row(0, fng: 12), row(1)]
    _ = try rig.store.snapshots.store(rows, of: "BTC", from: rig.series(Known.bars).id, computed: [], at: Rig.start)
    let read = try rig.store.telling.assetDays(in: Day.number(0)...Day.number(5))
    #expect(read.map(\.snapshot) == rows)
    #expect(read.map(\.key.provider) == ["binance", "binance"])
    #expect(
      try rig.rows("SELECT * FROM daily_market_snapshot WHERE as_of_date = '2026-03-02'") == [
        "2026-03-02|BTC|1.0|3.0|0.5|1.0|7.0|0.01|∅|-0.5|0.0|∅|12.0|Fear|-5|∅|24|24|1|binance"
      ])
  }

  @Test func `a full day that was still running when it was computed is due once it is over`() throws {
    let id = try rig.series(Known.bars).id
    let rows = [row(0), row(1, bars: 20, isComplete: false), row(2, isComplete: false), row(3, isComplete: false)]
    _ = try rig.store.snapshots.store(rows, of: "BTC", from: id, computed: [], at: Rig.start)
    try rig.store.snapshots.markSnapshotsOfEndedDays(before: Day.number(3).start + 3600)
    #expect(try due() == [2])
  }
}
