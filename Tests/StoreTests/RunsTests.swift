import Market
import SQLite
import Testing

@testable import Store

@Suite struct RunsTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  @Test func `a run and its steps come back as they ended`() throws {
    let id = try rig.series(Known.bars).id
    let report = StepReport(
      name: .prices, series: Known.bars, asset: "BTC", outcome: .partial, reason: .throttled, detail: "asked too often",
      counts: StepCounts(new: 1, changed: 2, unchanged: 3, refused: 4, requests: 5, bytes: 6), seconds: 0.25)
    try rig.store.runs.finish(try rig.store.runs.beginStep(.prices, series: id, of: rig.run, at: .hour(1)), report)
    let snapshot = StepReport(name: .snapshot, outcome: .done)
    try rig.store.runs.finish(try rig.store.runs.beginStep(.snapshot, series: nil, of: rig.run, at: .hour(1)), snapshot)
    try rig.store.runs.finish(rig.run, outcome: .partial, at: .hour(2), quotas: [])
    let last = try #require(try rig.store.runs.lastRun())
    #expect(last.run.id == rig.run)
    #expect(last.run.command == "ingest")
    #expect(last.run.startedAt == Rig.start)
    #expect(last.run.finishedAt == .hour(2))
    #expect(last.run.outcome == .partial)
    #expect(last.steps == [report, snapshot])
  }

  @Test func `a run that died is marked when the next one begins`() throws {
    let step = try rig.store.runs.beginStep(.prices, series: nil, of: rig.run, at: Rig.start)
    let done = try rig.store.runs.beginStep(.sentiment, series: nil, of: rig.run, at: Rig.start)
    try rig.store.runs.finish(done, StepReport(name: .sentiment, outcome: .done))
    _ = try rig.store.runs.begin(command: "ingest", at: .hour(5), processID: 2, version: "test")
    #expect(
      try rig.rows("SELECT outcome, finished_at FROM run ORDER BY run_id")
        == ["interrupted|\(Instant.hour(5).epochSeconds)", "∅|∅"])
    #expect(
      try rig.rows("SELECT step_id, outcome, reason FROM step ORDER BY step_id")
        == ["\(step.rawValue)|interrupted|interrupted", "\(done.rawValue)|done|∅"])
  }

  @Test func `a clock that went back ends no run before it began`() throws {
    try rig.store.runs.finish(rig.run, outcome: .done, at: Rig.start - 50, quotas: [])
    #expect(try rig.store.runs.lastRun()?.run.finishedAt == Rig.start)
    let second = try rig.store.runs.begin(command: "x", at: .hour(9), processID: 2, version: "test")
    _ = try rig.store.runs.begin(command: "x", at: .hour(1), processID: 3, version: "test")
    #expect(try rig.rows("SELECT finished_at - started_at FROM run WHERE run_id = \(second.rawValue)") == ["0"])
  }

  @Test func `a run that ended well is left alone by the next`() throws {
    try rig.store.runs.finish(rig.run, outcome: .done, at: .hour(1), quotas: [])
    let before = try rig.rows("SELECT * FROM run")
    _ = try rig.store.runs.begin(command: "ingest", at: .hour(5), processID: 2, version: "test")
    #expect(try rig.rows("SELECT * FROM run ORDER BY run_id").first == before.first)
  }

  @Test func `the last finished step of a series is found`() throws {
    let id = try rig.series(Known.bars).id
    #expect(try rig.store.runs.lastStep(of: id) == nil)
    let first = try rig.store.runs.beginStep(.prices, series: id, of: rig.run, at: .hour(1))
    try rig.store.runs.finish(first, StepReport(name: .prices, outcome: .failed, reason: .blocked))
    _ = try rig.store.runs.beginStep(.prices, series: id, of: rig.run, at: .hour(2))
    let last = try #require(try rig.store.runs.lastStep(of: id))
    #expect(last == (.hour(1), .failed, .blocked))
  }

  @Test(arguments: StepOutcome.allKnown, StepReason.allCases)
  func `every outcome and reason can be stored and read`(outcome: StepOutcome, reason: StepReason) throws {
    let report = StepReport(name: .backup, outcome: outcome, reason: reason)
    try rig.store.runs.finish(try rig.store.runs.beginStep(.backup, series: nil, of: rig.run, at: Rig.start), report)
    #expect(try rig.store.runs.lastRun()?.steps == [report])
  }

  @Test func `quotas come back as they were saved`() throws {
    let quotas = [
      QuotaState(provider: "binance", window: 60, windowStart: .hour(1), used: 40, notBefore: .hour(2)),
      QuotaState(provider: "binance", window: 86_400, windowStart: .hour(0), used: 700),
      QuotaState(provider: "farside", window: 86_400, windowStart: .hour(0), used: 1),
    ]
    _ = try rig.store.vault.keep(.answered("[]"), of: rig.run, quotas: quotas)
    #expect(try rig.store.runs.quotas() == quotas)
    let later = QuotaState(provider: "binance", window: 60, windowStart: .hour(3), used: 1)
    try rig.store.runs.finish(rig.run, outcome: .done, at: .hour(3), quotas: [later])
    #expect(try rig.store.runs.quotas() == [later] + quotas.dropFirst())
  }

  @Test func `a window of unknown length goes with the first one that is known, and only that provider's`() throws {
    let unknown = ["binance", "farside"].map {
      QuotaState(provider: ProviderName($0), window: 0, windowStart: .hour(1), used: 40)
    }
    try rig.store.runs.finish(rig.run, outcome: .done, at: .hour(1), quotas: unknown)
    let known = QuotaState(provider: "binance", window: 60, windowStart: .hour(2), used: 1)
    try rig.store.runs.finish(rig.run, outcome: .done, at: .hour(2), quotas: [known])
    #expect(try rig.store.runs.quotas() == [known, unknown[1]])
  }
}

extension StepOutcome {
  static let allKnown: [StepOutcome] = [.done, .partial, .failed, .skipped, .interrupted]
}

@Suite struct MetaTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  @Test func `a value is what was last set`() throws {
    #expect(try rig.store.meta("colour") == nil)
    try rig.store.setMeta("colour", "red")
    try rig.store.setMeta("colour", "blue")
    #expect(try rig.store.meta("colour") == "blue")
  }

  @Test(arguments: [Origin.live, .demo])
  func `a file takes the origin of its first data and keeps it`(origin: Origin) throws {
    #expect(try rig.store.origin() == nil)
    try rig.store.claim(origin)
    try rig.store.claim(origin)
    #expect(try rig.store.origin() == origin)
  }

  @Test(arguments: [(Origin.live, Origin.demo), (.demo, .live)])
  func `data of the other origin is refused and changes nothing`(holds: Origin, offered: Origin) throws {
    try rig.store.claim(holds)
    #expect(
      throws: StoreError.mixedOrigin(path: ":memory:", holds: holds.rawValue, offered: offered.rawValue)
    ) { try rig.store.claim(offered) }
    #expect(try rig.store.origin() == holds)
  }
}

@Suite struct CatalogueTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  @Test func `registering again changes nothing`() throws {
    let before = try rig.store.dump()
    try rig.store.catalogue.add(Known.catalogue, providers: Known.profiles)
    #expect(try rig.store.dump() == before)
  }

  @Test func `what the user renamed is left alone`() throws {
    try rig.store.tamper("UPDATE asset SET name = 'My coin'")
    try rig.store.catalogue.add(Known.catalogue, providers: Known.profiles)
    #expect(try rig.store.catalogue.assets().map(\.name) == ["My coin"])
  }

  @Test func `series come back as they were defined, by asset, kind and priority`() throws {
    let series = try rig.store.catalogue.series()
    #expect(series.map(\.key) == [Known.mood, Known.bars, Known.otherBars, Known.flows, Known.totals, Known.points])
    let bars = try rig.series(Known.bars)
    #expect(bars.asset == "BTC")
    #expect(bars.assetClass == .crypto)
    #expect(bars.quoteCurrency == "USDT")
    #expect(bars.extent == nil)
    #expect(bars.count == 0)
    #expect(try rig.series(Known.totals).needsKey)
    #expect(try rig.series(Known.mood).asset == nil)
  }

  @Test func `an unknown series is none`() throws {
    let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .day1)
    #expect(try rig.store.catalogue.series(key) == nil)
  }

  @Test func `a summary is new once, changed when its words do, and comes back market first`() throws {
    func row(_ asset: String?, _ text: String) -> SummaryRow {
      SummaryRow(day: .number(0), asset: asset, maker: "rule-1", text: text, facts: "{}")
    }
    #expect(try rig.store.summaries.store([row("BTC", "up"), row(nil, "calm")]) == StepCounts(new: 2))
    #expect(try rig.store.summaries.store([row("BTC", "up"), row(nil, "calm")]) == StepCounts(unchanged: 2))
    #expect(try rig.store.summaries.store([row("BTC", "down")]) == StepCounts(changed: 1))
    #expect(try rig.store.summaries.all(of: .number(0)) == [row(nil, "calm"), row("BTC", "down")])
    #expect(try rig.store.summaries.all(of: .number(1)).isEmpty)
  }
}
