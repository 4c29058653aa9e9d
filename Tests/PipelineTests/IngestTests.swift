import Market
import Testing

@testable import Pipeline
@testable import Store

@Suite struct IngestTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  @Test func `a first run brings 336 hours, a month of sentiment and a month of flows`() async throws {
    let report = try await scene.run()
    #expect(report.outcome == .done)
    #expect(report.step(Scene.bars)?.counts.new == 336)
    #expect(try scene.count(Scene.bars) == 336)
    #expect(try scene.store.catalogue.series(Scene.bars)?.extent == .hour(-335) ... .hour(0))
    #expect(try scene.count(Scene.mood) >= 30)
    #expect(try scene.count(Scene.flows) >= 40)
    #expect(report.counts.changed == 0)
    #expect(report.counts.refused == 0)
  }

  @Test func `a running bar is never stored`() async throws {
    try await scene.run(at: Scene.start + 1740)  // 21:59
    #expect(try scene.store.rows("SELECT max(open_time) FROM bar") == ["\(Instant.hour(0).epochSeconds)"])
    try await scene.run(at: Scene.start + 1859)  // 22:00:59
    #expect(try scene.store.rows("SELECT max(open_time) FROM bar") == ["\(Instant.hour(0).epochSeconds)"])
    try await scene.run(at: Scene.start + 1860)  // 22:01
    #expect(try scene.store.rows("SELECT max(open_time) FROM bar") == ["\(Instant.hour(1).epochSeconds)"])
  }

  @Test func `only what is needed is asked`() async throws {
    try await scene.run()
    let asked = scene.bourse.takeAsked()
    #expect(asked.map(\.provider).sorted() == ["alternative.me", "binance", "farside"])
  }

  @Test func `running twice asks nobody the second time, changes nothing and says so`() async throws {
    try await scene.run()
    let before = try scene.store.dump()
    _ = scene.bourse.takeAsked()
    let report = try await scene.run()
    #expect(scene.bourse.takeAsked().isEmpty)
    #expect(report.outcome == .done)
    #expect(report.isNothingDue)
    #expect(report.notDue == 3)
    #expect(report.counts == StepCounts())
    #expect(try scene.store.dump() == before)
  }

  @Test func `asked twice all the same, nothing changes either, and that is said`() async throws {
    try await scene.run()
    let before = try scene.store.dump()
    let report = try await scene.run { $0.isForced = true }
    #expect(report.notDue == 0)
    #expect(report.outcome == .done)
    #expect(report.counts.new == 0)
    #expect(report.counts.changed == 0)
    #expect(report.counts.refused == 0)
    #expect(report.step(Scene.bars)?.counts.unchanged == 49)
    #expect(try scene.store.dump() == before)
  }

  @Test func `a later run brings what is new and no more`() async throws {
    try await scene.run()
    let report = try await scene.run(at: Scene.start + 5 * 3600)
    #expect(report.step(Scene.bars)?.counts.new == 5)
    #expect(report.step(Scene.bars)?.counts.unchanged == 49)
    #expect(report.counts.changed >= 1)  // the snapshot of the day that went on
    #expect(try scene.count(Scene.bars) == 341)
  }

  @Test func `a restated bar is seen, kept, and its snapshot computed again`() async throws {
    try await scene.run()
    let before = try scene.store.rows("SELECT close FROM market_snapshot ORDER BY day DESC LIMIT 1")
    scene.bourse.change { $0.restated[.hour(0)] = 5000 }
    let report = try await scene.run { $0.isForced = true }
    #expect(report.step(Scene.bars)?.counts.changed == 1)
    #expect(report.step(.snapshot)?.counts.changed == 1)
    #expect(try scene.store.rows("SELECT count(*) FROM bar_restatement") == ["1"])
    let after = try scene.store.rows("SELECT close FROM market_snapshot ORDER BY day DESC LIMIT 1")
    #expect(after == ["5000.0"])
    #expect(before != after)
  }

  @Test func `a restatement that lies too far back is not looked for`() async throws {
    try await scene.run()
    scene.bourse.change { $0.restated[.hour(-100)] = 5000 }
    #expect(try await scene.run { $0.isForced = true }.step(Scene.bars)?.counts.changed == 0)
    let report = try await scene.run {
      $0.since = .hour(-300)
      $0.isForced = true
    }
    #expect(report.step(Scene.bars)?.counts.changed == 0)
  }

  @Test func `a proven gap is named once, and one of long ago not asked for again`() async throws {
    scene.bourse.change { $0.withheld = [.hour(-400), .hour(-399)] }
    try await scene.run { $0.since = .hour(-500) }
    let gap = Gap(span: .hour(-400) ... .hour(-399), missing: 2, reason: .providerEmpty)
    #expect(try scene.store.gaps.all(of: Scene.bars) == [gap])
    _ = scene.bourse.takeAsked()
    try await scene.run { $0.since = .hour(-500) }
    #expect(scene.bourse.takeAsked().isEmpty)
    try await scene.run {
      $0.since = .hour(-500)
      $0.isForced = true
    }
    let asked = scene.bourse.takeAsked().first { $0.provider == "binance" }
    #expect(asked?.queryValue("startTime") == "\(Instant.hour(-48).epochSeconds * 1000)")
    #expect(try scene.store.gaps.all(of: Scene.bars) == [gap])
  }

  @Test func `a gap of the last two weeks is asked for again, in the same request`() async throws {
    scene.bourse.change { $0.withheld = [.hour(-200)] }
    try await scene.run()
    scene.bourse.change { $0.withheld = [] }
    _ = scene.bourse.takeAsked()
    try await scene.run { $0.isForced = true }
    #expect(scene.bourse.takeAsked().count { $0.queryValue("symbol") == "BTCUSDT" } == 1)
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
  }

  @Test func `an answer without rows is a failure and proves nothing`() async throws {
    scene.bourse.change { $0.faults["binance"] = .answer(status: 200, body: "[]") }
    let report = try await scene.run { $0.only = [.prices] }
    #expect(report.step(Scene.bars)?.outcome == .failed)
    #expect(report.step(Scene.bars)?.reason == .noData)
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
    scene.bourse.change { $0.faults["binance"] = nil }
    #expect(try await scene.run().step(Scene.bars)?.counts.new == 336)
  }

  @Test func `a source that comes back is filled as deep as the one that stood in`() async throws {
    scene.bourse.change { $0.faults["binance"] = .answer(status: 503, body: "{}") }
    try await scene.run { $0.since = .hour(-700) }
    let deep = try #require(try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.extent)
    scene.bourse.change { $0.faults["binance"] = nil }
    try await scene.run()
    let chosen = try #require(try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1))
    #expect(chosen.key == Scene.bars)
    #expect(try #require(chosen.extent).lowerBound <= deep.lowerBound)
  }

  @Test func `a young gap that its provider fills later is filled`() async throws {
    scene.bourse.change { $0.withheld = [.hour(-20)] }
    try await scene.run()
    #expect(try scene.store.gaps.all(of: Scene.bars).count == 1)
    scene.bourse.change { $0.withheld = [] }
    #expect(try await scene.run().notDue == 3)
    let report = try await scene.run { $0.isForced = true }
    #expect(report.step(Scene.bars)?.counts.new == 1)
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
  }

  @Test func `a backfill of an older stretch leaves what lies between unasked, and since fills it`() async throws {
    try await scene.run()
    try await scene.run {
      $0.since = .hour(-1000)
      $0.until = .hour(-900)
    }
    let between = Gap(span: .hour(-899) ... .hour(-336), missing: 564, reason: .notAsked)
    #expect(try scene.store.gaps.all(of: Scene.bars) == [between])
    let report = try await scene.run { $0.since = .hour(-1000) }
    #expect(report.step(Scene.bars)?.counts.new == 564)
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
    #expect(try scene.count(Scene.bars) == 1001)
  }

  @Test func `a backfill that is there already asks nobody, the fallback neither`() async throws {
    try await scene.run()
    _ = scene.bourse.takeAsked()
    let report = try await scene.run {
      $0.only = [.prices]
      $0.since = .hour(-300)
      $0.until = .hour(-200)
    }
    #expect(scene.bourse.takeAsked().isEmpty)
    #expect(report.steps.isEmpty)
    #expect(report.notDue == 1)
  }

  @Test func `only and skip name the steps`() async throws {
    let only = try await scene.run { $0.only = [.sentiment, .snapshot] }
    #expect(only.steps.map(\.name) == [.sentiment, .snapshot])
    let skip = try await scene.run { $0.skip = [.sentiment, .etfFlows] }
    #expect(Set(skip.steps.map(\.name)) == [.prices, .snapshot])
  }

  @Test func `assets narrow the steps that have assets`() async throws {
    let report = try await scene.run { $0.assets = ["ETH"] }
    #expect(report.step(Scene.bars) == nil)
    #expect(report.step(Scene.mood)?.outcome == .done)
  }

  @Test func `nobody is asked offline`() async throws {
    let report = try await scene.run { $0.isOffline = true }
    #expect(scene.bourse.takeAsked().isEmpty)
    #expect(report.steps.filter { StepName.asking.contains($0.name) }.allSatisfy { $0.reason == .offline })
    #expect(report.outcome == .done)
  }

  @Test func `the run and its steps stand in the file as they were reported`() async throws {
    let report = try await scene.run()
    let last = try #require(try scene.store.runs.lastRun())
    #expect(last.run.id == report.run)
    #expect(last.run.outcome == .done)
    #expect(last.run.finishedAt == Scene.start)
    #expect(Set(last.steps.map(\.name)) == [.prices, .sentiment, .etfFlows, .snapshot])
    #expect(last.steps.first { $0.series == Scene.bars }?.counts == report.step(Scene.bars)?.counts)
  }

  @Test func `quotas are kept with the run`() async throws {
    try await scene.run()
    #expect(
      try scene.store.runs.quotas() == [QuotaState(provider: "binance", window: 60, windowStart: Scene.start, used: 2)])
  }

  @Test func `every answer is in the vault and read`() async throws {
    try await scene.run()
    #expect(try scene.store.rows("SELECT count(*), count(body_id) FROM fetch") == ["3|3"])
    #expect(try scene.store.rows("SELECT DISTINCT read_outcome FROM fetch") == ["read"])
    #expect(try scene.store.vault.unreadAnswers().isEmpty)
  }

  @Test func `every fact names the answer that taught it`() async throws {
    try await scene.run()
    for table in Kinds.standard.all.map(\.dataset.rawValue) {
      let sources = try scene.store.rows(
        """
        SELECT DISTINCT fetch.source_id = series.source_id FROM \(table)
        JOIN series USING (series_id) JOIN fetch USING (fetch_id)
        """)
      let isFilled = ["bar", "sentiment", "etf_flow"].contains(table)
      #expect(sources == (isFilled ? ["1"] : []), "\(table)")
    }
  }

  @Test func `snapshots of every day with bars are there and none is due`() async throws {
    let report = try await scene.run()
    #expect(report.step(.snapshot)?.counts.new == 15)
    #expect(try scene.store.rows("SELECT * FROM snapshot_due").isEmpty)
    #expect(
      try scene.store.rows(
        "SELECT as_of_date, bars, is_complete, source FROM daily_market_snapshot ORDER BY as_of_date DESC LIMIT 2")
        == ["2026-03-13|21|0|binance", "2026-03-12|24|1|binance"])
  }

  @Test func `a snapshot shows its own day's sentiment and its final flows`() async throws {
    try await scene.run()
    let days = try scene.store.rows(
      """
      SELECT as_of_date, fng_value IS NOT NULL, etf_net_flow_usd IS NOT NULL FROM daily_market_snapshot
      WHERE as_of_date >= '2026-03-07' ORDER BY as_of_date
      """)
    #expect(
      days == [
        "2026-03-07|1|0", "2026-03-08|1|0", "2026-03-09|1|1", "2026-03-10|1|1", "2026-03-11|1|1", "2026-03-12|1|1",
        "2026-03-13|1|0",
      ])
  }

  @Test func `a restated flow moves the sum of its day and the five-day sums that show it`() async throws {
    try await scene.run()
    let sums = "SELECT as_of_date, etf_net_flow_usd, etf_net_flow_5d_usd FROM daily_market_snapshot ORDER BY as_of_date"
    let before = try scene.store.rows(sums)
    let day = try #require(Day("2026-03-10"))
    scene.bourse.change { $0.restatedFlows[day] = 900 }
    let report = try await scene.run { $0.isForced = true }
    #expect(report.step(Scene.flows)?.counts.changed == 1)
    #expect(try scene.store.rows("SELECT day, net_flow_usd FROM etf_flow_restatement").count == 1)
    let after = try scene.store.rows(sums)
    #expect(after.contains { $0.hasPrefix("2026-03-10|897500000|") })
    // 10 to 13 March show it: the 12th and 13th in their five-day sums.
    #expect(
      zip(before, after).filter { $0 != $1 }.map { String($1.prefix(10)) }
        == ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"])
  }

  @Test func `flows that come in later are changes, and no restatement`() async throws {
    let today = try #require(Day("2026-03-13"))
    scene.bourse.change { $0.unreported = [today] }
    try await scene.run()
    scene.bourse.change { $0.unreported = [] }
    let report = try await scene.run(at: Scene.start + 5 * 3600)
    #expect(report.step(Scene.flows)?.counts.changed == 2)
    #expect(try scene.store.rows("SELECT * FROM etf_flow_restatement").isEmpty)
  }

  @Test func `a source without its key is skipped and is no failure`() async throws {
    let report = try await scene.run()
    let step = try #require(report.step(Scene.totals))
    #expect(step.outcome == .skipped)
    #expect(step.reason == .notConfigured)
    #expect(step.detail?.contains("KEY") == true)
  }

  @Test func `a day passes and the record is whole`() async throws {
    for hour in 0..<24 { try await scene.run(at: Scene.start + Int64(hour) * 3600) }
    #expect(try scene.count(Scene.bars) == 359)
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
    #expect(
      try scene.store.rows("SELECT bars, is_complete FROM daily_market_snapshot WHERE as_of_date = '2026-03-13'")
        == ["24|1"])
    let steady = try Scene()
    try await steady.run()
    try await steady.run(at: Scene.start + 23 * 3600)
    let columns = "SELECT open_time, open, high, low, close, volume FROM bar ORDER BY open_time"
    #expect(try scene.store.rows(columns) == steady.store.rows(columns))
    let views = "SELECT * FROM daily_market_snapshot ORDER BY as_of_date"
    #expect(try scene.store.rows(views) == steady.store.rows(views))
  }
}
