import GRDB
import Market
import Synchronization
import Testing

@testable import Pipeline
@testable import Store

/// What is not due is not asked: runs from the question to the file.
@Suite struct NotDueTests {
  private static let days = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .day1)
  private static let fund = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "SPY", interval: .day1)

  /// Days of a coin that is followed by the hour too, and of a fund.
  private static let more = Catalogue(
    assets: [Asset(symbol: "SPY", name: "SPDR S&P 500", assetClass: .fund)], funds: [],
    series: [
      SeriesDefinition(key: days, asset: "BTC", quoteCurrency: "USDT", priority: 1),
      SeriesDefinition(key: fund, asset: "SPY", quoteCurrency: "USD", priority: 1),
    ])

  let scene: Scene
  init() throws { scene = try Scene(adding: Self.more) }

  /// What was asked since the last call: `binance BTCUSDT 1h`.
  private func asked() -> [String] {
    scene.bourse.takeAsked().map { request in
      ["\(request.provider)", request.queryValue("symbol"), request.queryValue("interval")].compactMap { $0 }
        .joined(separator: " ")
    }.sorted()
  }

  @Test func `an asset with hours is asked for its days as well, and has a price of each`() async throws {
    let report = try await scene.run { $0.only = [.prices] }
    #expect(report.outcome == .done)
    #expect(asked() == ["binance BTCUSDT 1d", "binance BTCUSDT 1h", "binance SPY 1d"])
    #expect(try scene.count(Scene.bars) == 336)
    #expect(try scene.count(Self.days) == 730)
    #expect(try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key == Scene.bars)
    #expect(try scene.store.catalogue.chosenPrice(of: "BTC", interval: .day1)?.key == Self.days)
  }

  @Test func `each interval is asked when it is due`() async throws {
    try await scene.run { $0.only = [.prices] }
    _ = asked()
    let hour = try await scene.run(at: Scene.start + 3600) { $0.only = [.prices] }
    #expect(asked() == ["binance BTCUSDT 1h"])
    #expect(hour.notDue == 2)
    // 2026-03-14T00:01Z: the coin's Friday is over; the fund's is final four hours after four o'clock in New York.
    try await scene.run(at: Scene.start + 9060) { $0.only = [.prices] }
    #expect(asked() == ["binance BTCUSDT 1d", "binance BTCUSDT 1h", "binance SPY 1d"])
  }

  @Test func `a day of a coin is read again with the nine before it`() async throws {
    try await scene.run { $0.only = [.prices] }
    let report = try await scene.run(at: Scene.start + 86_400) { $0.only = [.prices] }
    #expect(report.step(Self.days)?.counts.new == 1)
    #expect(report.step(Self.days)?.counts.unchanged == 11)
  }

  /// 2026-03-15 is a Sunday.
  @Test func `on a Sunday a fund's Saturday is neither due nor missing`() async throws {
    try await scene.run(at: Scene.start + 86_400) { $0.only = [.prices] }  // Saturday evening
    _ = asked()
    let sunday = Scene.start + 2 * 86_400
    let report = try await scene.run(at: sunday) { $0.only = [.prices] }
    #expect(!asked().contains("binance SPY 1d"))
    #expect(report.step(Self.fund) == nil)
    let friday = try #require(Instant("2026-03-13"))
    #expect(try scene.store.catalogue.series(Self.fund)?.extent?.upperBound == friday)
    #expect(try scene.store.catalogue.chosenPrice(of: "SPY", interval: .day1)?.key == Self.fund)
  }

  @Test func `holidays are no gaps of daily bars and of fund flows`() async throws {
    try await scene.run()  // with Washington's birthday, 2026-02-16, among the days of both
    #expect(try scene.count(Self.fund) > 490)
    #expect(try scene.count(Scene.flows) >= 40)
    #expect(try scene.store.rows("SELECT * FROM gap") == [])
  }

  @Test func `a session that the answer leaves out is a gap, and its neighbours over a weekend are one`() async throws {
    let (friday, monday) = (try #require(Instant("2026-02-13")), try #require(Instant("2026-02-17")))
    scene.bourse.change { $0.withheld = [friday, monday] }
    try await scene.run { $0.only = [.prices] }
    let gap = Gap(span: friday...monday, missing: 2, reason: .providerEmpty)
    #expect(try scene.store.gaps.all(of: Self.fund) == [gap])
  }

  @Test func `what is not due leaves no step and no request, nor do the steps behind it that find nothing to do`()
    async throws
  {
    try await scene.run()
    let steps = "SELECT count(*) FROM step"
    let before = try scene.store.rows(steps) + scene.store.rows("SELECT count(*) FROM fetch")
    let report = try await scene.run(closing: [IdleStep()])
    #expect(report.steps.map(\.name).suffix(2) == [.snapshot, .backup])
    #expect(try scene.store.rows(steps) + scene.store.rows("SELECT count(*) FROM fetch") == before)
    #expect(report.notDue == 5)
    #expect(report.outcome == .done)
  }

  @Test func `a step behind the others that did something, failed or ended early leaves its row`() async throws {
    for outcome in [StepOutcome.done, .failed, .partial, .interrupted] {
      try await scene.run(closing: [IdleStep(outcome: outcome, detail: "told")]) { $0.only = [.backup] }
    }
    #expect(
      try scene.store.rows("SELECT name, outcome FROM step ORDER BY step_id") == [
        "backup|done", "backup|failed", "backup|partial", "backup|interrupted",
      ])
  }

  @Test func `how a series was last asked is looked up once, and its price is chosen without asking for it again`()
    async throws
  {
    try await scene.run()
    let statements = Mutex<[String]>([])
    scene.store.queue.inDatabase { db in
      db.trace { event in
        let text = "\(event)"
        statements.withLock { $0.append(text) }
      }
    }
    let report = try await scene.run()
    let lookedUp = statements.withLock { $0.count { $0.contains("outcome IS NOT NULL ORDER BY step_id DESC") } }
    // Besides those of which nothing is due, one that wants a key.
    #expect(report.notDue == 5)
    #expect(report.steps.count { $0.series != nil } == 1)
    #expect(lookedUp == 6)
    #expect(statements.withLock { $0.count { $0.hasPrefix("INSERT INTO price_choice") } } == 0)
  }

  @Test func `the newest hour is asked for until it comes, and nobody else is asked twice for it`() async throws {
    scene.bourse.change { $0.withheld = [.hour(0)] }
    try await scene.run { $0.only = [.prices] }
    _ = asked()
    scene.bourse.change { $0.withheld = [] }
    let report = try await scene.run { $0.only = [.prices] }
    #expect(report.step(Scene.bars)?.counts.new == 1)
    #expect(asked() == ["binance BTCUSDT 1h"])
  }

  @Test func `a hole that later rows prove is not asked for on its own`() async throws {
    scene.bourse.change { $0.withheld = [.hour(-3)] }
    try await scene.run()
    _ = asked()
    #expect(try await scene.run().isNothingDue)
    #expect(asked() == [])
  }

  @Test func `a row that was refused is not asked for on its own`() async throws {
    let hour = Instant.hour(-3).epochSeconds * 1000
    scene.bourse.change {
      $0.isFaulty = { $0.queryValue("interval") == "1h" }
      $0.faults["binance"] = .answer(
        status: 200,
        body: #"[[\#(hour),"5","4","3","5","1",0,"0",1,"0","0","0"],"#
          + #"[\#(Instant.hour(0).epochSeconds * 1000),"5","6","4","5","1",0,"0",1,"0","0","0"]]"#)
    }
    try await scene.run { $0.only = [.prices] }
    _ = asked()
    #expect(try await scene.run { $0.only = [.prices] }.isNothingDue)
    #expect(asked() == [])
  }

  @Test func `what failed is asked again at once, and nothing else`() async throws {
    scene.bourse.change { $0.faults["alternative.me"] = .error(.unreachable("no route")) }
    #expect(try await scene.run().outcome == .partial)
    _ = asked()
    scene.bourse.change { $0.faults = [:] }
    let report = try await scene.run()
    #expect(asked() == ["alternative.me"])
    #expect(report.outcome == .done)
    #expect(report.notDue == 4)
    #expect(!report.isNothingDue)
  }

  @Test func `fund flows are looked at again in the evening, every four hours, until the day is final`() async throws {
    var looks: [Int64] = []
    // From Friday half past nine in the evening, every half hour, over the weekend.
    for step in 0..<110 {
      try await scene.run(at: Scene.start + Int64(step) * 1800) { $0.only = [.etfFlows, .snapshot] }
      if asked() == ["farside"] { looks.append(Int64(step) * 30) }
    }
    // 21:30, 01:30, 05:30, 09:30; from 12:00 on Saturday the day is final.
    #expect(looks == [0, 240, 480, 720])
  }

  @Test func `a plan agrees with what the run then asks`() async throws {
    try await scene.run()
    _ = asked()
    let later = Scene.start + 3600
    let plan = try RunPlan(RunOptions(), store: scene.store, scene.dependencies(at: later))
    #expect(plan.lines.filter { !$0.isFallback }.flatMap(\.requests).map(\.provider) == ["binance"])
    #expect(plan.lines.filter { $0.reason == .nothingDue }.count == 4)
    #expect(!plan.lines.contains { $0.series == Scene.otherBars && $0.reason == .nothingDue })
    try await scene.run(at: later)
    #expect(asked() == ["binance BTCUSDT 1h"])
  }

  @Test func `a plan of what is not due names no fallback`() async throws {
    try await scene.run()
    let plan = try RunPlan(RunOptions(), store: scene.store, scene.dependencies(at: Scene.start))
    #expect(plan.lines.allSatisfy { $0.requests.isEmpty })
    #expect(!plan.lines.contains { $0.series == Scene.otherBars })
    var options = RunOptions()
    options.isForced = true
    let forced = try RunPlan(options, store: scene.store, scene.dependencies(at: Scene.start))
    #expect(forced.lines.filter { !$0.isFallback }.flatMap(\.requests).count == 5)
  }
}

/// A backup that finds nothing to do, unless it ends otherwise.
private struct IdleStep: ClosingStep {
  let name = StepName.backup
  var outcome = StepOutcome.skipped
  var detail = "nothing changed"

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    StepReport(
      name: name, outcome: outcome, reason: outcome == .skipped ? .nothingDue : nil, detail: detail,
      counts: StepCounts(unchanged: 3))
  }
}
