import Market
import Testing

@testable import Pipeline
@testable import Store

@Suite struct FallbackTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  private func fail(_ provider: ProviderName, _ fault: Bourse.Fault?) {
    scene.bourse.change { $0.faults[provider] = fault }
  }

  private func chosen() throws -> SeriesKey? {
    try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key
  }

  @Test func `where the first source cannot be reached the second one is filled and chosen`() async throws {
    fail("binance", .error(.unreachable("no route")))
    let report = try await scene.run()
    #expect(report.outcome == .partial)
    #expect(report.step(Scene.bars)?.outcome == .failed)
    #expect(report.step(Scene.bars)?.reason == .unreachable)
    #expect(report.step(Scene.otherBars)?.counts.new == 336)
    #expect(try chosen() == Scene.otherBars)
    #expect(try scene.store.rows("SELECT DISTINCT source FROM ohlc_hourly") == ["coinbase"])
    #expect(try scene.store.rows("SELECT DISTINCT source FROM daily_market_snapshot") == ["coinbase"])
  }

  @Test func `the choice goes back when the first source does`() async throws {
    try await scene.run()
    #expect(try chosen() == Scene.bars)
    fail("binance", .error(.unreachable("no route")))
    try await scene.run(at: Scene.start + 3600)
    #expect(try chosen() == Scene.otherBars)
    #expect(try scene.count(Scene.otherBars) == 336)
    fail("binance", nil)
    try await scene.run(at: Scene.start + 7200)
    #expect(try chosen() == Scene.bars)
    #expect(try scene.count(Scene.bars) == 338)
    #expect(try scene.store.rows("SELECT count(*) FROM price_choice") == ["3"])
  }

  @Test func `rows of two sources never share a series`() async throws {
    try await scene.run()
    fail("binance", .error(.unreachable("no route")))
    try await scene.run(at: Scene.start + 3600)
    #expect(
      try scene.store.rows("SELECT series_id, count(*) FROM bar GROUP BY series_id ORDER BY series_id")
        == ["1|336", "2|336"])
  }

  @Test func `where nobody answers the run has failed, and what was stored stays`() async throws {
    try await scene.run()
    let before = try scene.store.dump()
    for provider: ProviderName in ["binance", "coinbase", "alternative.me", "farside"] {
      fail(provider, .error(.unreachable("no route")))
    }
    let report = try await scene.run { $0.isForced = true }
    #expect(report.outcome == .failed)
    #expect(try scene.store.dump() == before)
    #expect(try scene.store.runs.lastRun()?.run.outcome == .failed)
  }

  @Test func `an incomplete answer of the first source is completed by the second`() async throws {
    scene.bourse.change { $0.withheld = [.hour(0)] }
    let report = try await scene.run()
    #expect(report.step(Scene.bars)?.counts.new == 335)
    #expect(report.step(Scene.otherBars) != nil)
  }

  @Test(arguments: [
    (400, #"{"code":-1121,"msg":"Invalid symbol."}"#, StepReason.unknownSymbol),
    (400, #"{"code":-1100,"msg":"Illegal characters."}"#, .refused),
    (429, #"{"code":-1003,"msg":"Too much request weight used."}"#, .throttled),
    (403, "<html><body>Forbidden</body></html>", .blocked),
    (451, #"{"code":0,"msg":"Service unavailable from a restricted location"}"#, .restricted),
    (502, "<html><body>Bad gateway</body></html>", .outOfOrder),
    (200, #"{"surprise":true}"#, .shapeChanged),
    (200, #"[[1773421200000,"1.0","2.0""#, .shapeChanged),
  ])
  func `why a source brought nothing is told`(status: Int, body: String, reason: StepReason) async throws {
    fail("binance", .answer(status: status, body: body))
    let report = try await scene.run { $0.only = [.prices] }
    let step = try #require(report.step(Scene.bars))
    #expect(step.reason == reason)
    #expect(step.detail?.isEmpty == false)
    #expect(try scene.count(Scene.bars) == 0)
    #expect(try chosen() == Scene.otherBars)
    let note = try scene.store.rows(
      "SELECT read_outcome FROM fetch JOIN source USING (source_id) WHERE name = 'binance'")
    #expect(note.allSatisfy { $0.hasPrefix("unreadable: ") })
    #expect(!note.isEmpty)
  }

  @Test(arguments: [
    (TransportError.unreachable("x"), StepReason.unreachable), (.insecure("x"), .unreachable),
    (.tooLarge(limit: 1), .unreachable), (.redirected(to: "x"), .unreachable),
    (.throttled(retryAfter: 100), .throttled), (.keyMissing(setting: "X"), .keyMissing), (.offline, .offline),
    (.outOfOrder(status: 500), .outOfOrder), (.unsendable("x"), .failed),
  ])
  func `why no answer came is told`(error: TransportError, reason: StepReason) async throws {
    fail("alternative.me", .error(error))
    let report = try await scene.run { $0.only = [.sentiment] }
    #expect(report.steps.map(\.reason) == [reason])
    #expect(report.steps.map(\.outcome) == [.failed])
    #expect(report.outcome == .failed)
    let held: Set<StepReason> = [.throttled, .keyMissing, .offline, .outOfOrder, .failed]
    let asked = try scene.store.rows("SELECT error, read_outcome FROM fetch")
    #expect(asked == (held.contains(reason) ? [] : ["\(error)|unanswered"]))
  }

  @Test func `a failed step notes nothing where there is nothing yet`() async throws {
    fail("binance", .error(.unreachable("no route")))
    try await scene.run()
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
  }

  @Test func `a failed step takes no proof of a gap away`() async throws {
    scene.bourse.change { $0.withheld = [.hour(-20)] }
    try await scene.run()
    let before = try scene.store.rows("SELECT * FROM gap WHERE series_id = 1")
    #expect(before.count == 1)
    fail("binance", .error(.unreachable("no route")))
    try await scene.run(at: Scene.start + 3600)
    #expect(try scene.store.rows("SELECT * FROM gap WHERE series_id = 1") == before)
  }

  @Test func `a source that does not serve this place is no failure where another answered`() async throws {
    fail("binance", .answer(status: 451, body: #"{"code":0,"msg":"restricted location"}"#))
    let report = try await scene.run()
    #expect(report.step(Scene.bars)?.outcome == .skipped)
    #expect(report.step(Scene.bars)?.reason == .restricted)
    #expect(report.outcome == .done)
  }

  @Test func `a source that does not serve this place is left alone for a day, then asked again`() async throws {
    fail("binance", .answer(status: 451, body: #"{"code":0,"msg":"restricted location"}"#))
    try await scene.run()
    fail("binance", nil)
    _ = scene.bourse.takeAsked()
    for hours in [1, 12, 23] {
      let report = try await scene.run(at: Scene.start + Int64(hours) * 3600)
      #expect(report.step(Scene.bars)?.reason == .restricted)
      #expect(report.outcome == .done)
    }
    #expect(scene.bourse.takeAsked().allSatisfy { $0.provider != "binance" })
    let report = try await scene.run(at: Scene.start + 24 * 3600)
    #expect(report.step(Scene.bars)?.outcome == .done)
    #expect(try chosen() == Scene.bars)
  }

  private static let unknown = Bourse.Fault.answer(status: 400, body: #"{"code":-1121,"msg":"Invalid symbol."}"#)

  @Test func `a symbol that its source denied is left alone for a day, which is told and is no failure`() async throws {
    fail("binance", Self.unknown)
    #expect(try await scene.run().outcome == .partial)
    fail("binance", nil)
    _ = scene.bourse.takeAsked()
    for hours in [1, 23] {
      let report = try await scene.run(at: Scene.start + Int64(hours) * 3600)
      let step = try #require(report.step(Scene.bars))
      #expect(step.outcome == .skipped)
      #expect(step.reason == .unknownSymbol)
      #expect(step.detail?.contains("`series remove BTC --source binance`") == true)
      #expect(step.detail?.contains("`asset edit BTC --symbol binance=…`") == true)
      #expect(report.outcome == .done)
    }
    #expect(scene.bourse.takeAsked().allSatisfy { $0.provider != "binance" })
    #expect(try await scene.run(at: Scene.start + 24 * 3600).step(Scene.bars)?.outcome == .done)
  }

  @Test(arguments: [true, false])
  func `a symbol that its source denied is asked at once when the user insists`(isForced: Bool) async throws {
    fail("binance", Self.unknown)
    try await scene.run()
    fail("binance", nil)
    let report = try await scene.run(at: Scene.start + 3600) {
      ($0.isForced, $0.retriesFailed) = (isForced, !isForced)
    }
    #expect(report.step(Scene.bars)?.outcome == .done)
  }

  @Test func `a clock that went back does not block a source for longer`() async throws {
    fail("binance", .answer(status: 451, body: "{}"))
    try await scene.run()
    fail("binance", nil)
    let report = try await scene.run(at: Scene.start - 3600)
    #expect(report.step(Scene.bars)?.outcome == .done)
  }

  @Test func `only what did not end well is asked again`() async throws {
    fail("farside", .answer(status: 503, body: "<html>maintenance</html>"))
    #expect(try await scene.run().outcome == .partial)
    fail("farside", nil)
    _ = scene.bourse.takeAsked()
    let report = try await scene.run { $0.retriesFailed = true }
    #expect(scene.bourse.takeAsked().map(\.provider) == ["farside"])
    #expect(report.step(Scene.flows)?.outcome == .done)
    // Without its key it was not asked, so nothing of it can have failed.
    #expect(report.step(Scene.totals) == nil)
    #expect(report.outcome == .done)
    try await scene.run { $0.retriesFailed = true }
    #expect(scene.bourse.takeAsked().isEmpty)
  }

  @Test func `refused rows are counted, kept and named as gaps, and cost only themselves`() async throws {
    let hour = Instant.hour(-3).epochSeconds * 1000
    let good = Instant.hour(-2).epochSeconds * 1000
    fail(
      "binance",
      .answer(
        status: 200,
        body: """
          [[\(hour),"5","4","3","5","1",0,"0",1,"0","0","0"],[\(good),"5","6","4","5","1",0,"0",1,"0","0","0"]]
          """))
    let bourse = scene.bourse
    bourse.onRequest { if $0 == 1 { bourse.change { $0.faults["binance"] = .answer(status: 200, body: "[]") } } }
    let report = try await scene.run { $0.only = [.prices] }
    let counts = try #require(report.step(Scene.bars)?.counts)
    #expect(counts.new == 1)
    #expect(counts.refused == 1)
    #expect(try scene.store.rows("SELECT reason FROM quarantine") == ["impossible_range"])
    #expect(
      try scene.store.gaps.all(of: Scene.bars).filter { $0.span == .hour(-3) ... .hour(-3) }.map(\.reason) == [.refused]
    )
  }

  @Test func `an answer of which no row can be believed is a failure, and the next source is asked`() async throws {
    fail("binance", .answer(status: 200, body: #"[[1773435600000,"x","x","x","x","x",0,"x",0,"x","x","0"]]"#))
    let report = try await scene.run()
    #expect(report.step(Scene.bars)?.outcome == .failed)
    #expect(report.step(Scene.bars)?.reason == .shapeChanged)
    #expect(report.step(Scene.otherBars)?.outcome == .done)
  }

  @Test func `that nothing changed is no answer to a question that was not put so`() async throws {
    fail("binance", .answer(status: 304, body: ""))
    let report = try await scene.run()
    #expect(report.step(Scene.bars)?.outcome == .failed)
    #expect(report.step(Scene.bars)?.reason == .refused)
    #expect(report.step(Scene.otherBars)?.outcome == .done)
  }
}
