import Market
import Providers
import Testing

@testable import Pipeline
@testable import Store

/// A series with a hole is not the price while another one has all, and a fallback is filled as deep as the first.
@Suite struct PriceHolesTests {
  static let third = SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: "XBTUSD", interval: .hour1)
  static let samples = SeriesKey(
    dataset: .pricePoint, provider: "coingecko", providerSymbol: "bitcoin", interval: .hour1)
  let scene: Scene

  init() throws {
    scene = try Scene(
      adding: Catalogue(
        assets: [], funds: [],
        series: [
          SeriesDefinition(key: Self.third, asset: "BTC", quoteCurrency: "USD", priority: 3),
          SeriesDefinition(key: Self.samples, asset: "BTC", quoteCurrency: "USD", priority: 4),
        ]))
  }

  private static let silent = Bourse.Fault.error(.unreachable("no route"))
  private static let restricted = Bourse.Fault.answer(status: 451, body: #"{"code":0,"msg":"restricted location"}"#)

  private func chosen() throws -> SeriesKey? {
    try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key
  }

  private func lack(
    _ provider: ProviderName, _ hours: ClosedRange<Int>,
    if isMeant: @escaping @Sendable (Request) -> Bool = { _ in true }
  ) {
    scene.bourse.change { state in
      let earlier = state.isLacking
      state.isLacking = { request, hour in
        earlier(request, hour)
          || request.provider == provider && isMeant(request)
            && (Instant.hour(hours.lowerBound) ... .hour(hours.upperBound)).contains(hour)
      }
    }
  }

  /// Whether a request of Coinbase's is for the first of its pages.
  private static func isFirstPage(_ request: Request) -> Bool {
    request.queryValue("start").flatMap { Instant($0) } == .hour(-335)
  }

  @Test func `a first page that comes empty does not make 36 hours the price`() async throws {
    scene.bourse.change { $0.faults["binance"] = Self.silent }
    lack("coinbase", -335 ... -36)
    let report = try await scene.run()
    #expect(report.step(Scene.otherBars)?.counts.new == 36)
    #expect(report.step(Self.third)?.counts.new == 336)
    #expect(try chosen() == Self.third)
    #expect(try scene.store.rows("SELECT count(*) FROM ohlc_hourly") == ["336"])
    #expect(report.outcome == .partial)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test(arguments: [-300 ... -200, -60 ... -36, -335 ... -335, -20 ... -1])
  func `nor does a page of which a stretch at an end is missing`(hours: ClosedRange<Int>) async throws {
    scene.bourse.change { $0.faults["binance"] = Self.silent }
    lack("coinbase", hours) { request in
      Self.isFirstPage(request) == (hours.lowerBound < -35)
    }
    // A stretch amid the page is proved to be missing, one that reaches the page's end is not.
    let isProved = hours == -300 ... -200 || hours == -20 ... -1
    try await scene.run()
    #expect(try chosen() == (isProved ? Scene.otherBars : Self.third))
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `what one answer leaves out between its bars is absent, and nobody else is asked`() async throws {
    lack("binance", -100 ... -90)
    let report = try await scene.run()
    #expect(report.step(Scene.otherBars) == nil)
    #expect(try chosen() == Scene.bars)
  }

  @Test func `a bar that was late and never came is absent once an answer has bars around it`() async throws {
    lack("binance", 0...0)
    try await scene.run()
    #expect(try chosen() == Scene.otherBars)
    try await scene.run(at: Scene.start + 3600)
    #expect(try chosen() == Scene.bars)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `a row that was refused is neither there nor absent`() async throws {
    let hour = Instant.hour(-3).epochSeconds * 1000
    try await scene.run()
    #expect(try chosen() == Scene.bars)
    let second = Scene.start + 3600
    scene.bourse.change { state in
      state.faults["binance"] = .answer(
        status: 200, body: #"[[\#(hour + 14_400_000),"5","4","3","5","1",0,"0",1,"0","0","0"]]"#)
    }
    try await scene.run(at: second)
    #expect(try chosen() == Scene.otherBars)
  }

  @Test func `the fallback is filled as deep as the first would be`() async throws {
    try await scene.run()
    scene.bourse.change { $0.faults["binance"] = Self.silent }
    // Twenty days without a run: the first would be asked from its last bar on.
    let later = Scene.start + 20 * 86_400
    try await scene.run(at: later)
    let first = try #require(try scene.store.catalogue.series(Scene.otherBars)?.extent?.lowerBound)
    #expect(first <= .hour(1))
    #expect(try chosen() == Scene.otherBars)
    #expect(try scene.store.rows("SELECT count(*) FROM ohlc_hourly") == ["\(20 * 24 + 1)"])
  }

  @Test func `a fallback that does not reach back as far counts for what it can have`() async throws {
    for provider: ProviderName in ["binance", "coinbase"] {
      scene.bourse.change { $0.faults[provider] = Self.silent }
    }
    try await scene.run { $0.since = .hour(-3000) }
    #expect(try chosen() == Self.third)
    #expect(try scene.count(Self.third) == 719)
  }

  @Test func `older history that a source does not have calls for no other source`() async throws {
    scene.bourse.change { state in
      state.isLacking = { $1 < .hour(-2500) }
    }
    let report = try await scene.run { $0.since = .hour(-2800) }
    #expect(report.step(Scene.otherBars) == nil)
    #expect(try chosen() == Scene.bars)
  }

  @Test func `where nobody has all, the one that lacks least is shown, and stays`() async throws {
    scene.bourse.change { $0.faults["binance"] = Self.silent }
    lack("coinbase", -335 ... -36)
    lack("kraken", -335 ... -330)
    try await scene.run()
    #expect(try chosen() == Self.third)
    try await scene.run { $0.isForced = true }
    #expect(try chosen() == Self.third)
  }

  // MARK: - Nobody but samples

  @Test func `exchanges that all refuse are a failure although samples came`() async throws {
    for provider: ProviderName in ["binance", "coinbase", "kraken"] {
      scene.bourse.change { $0.faults[provider] = Self.restricted }
    }
    let report = try await scene.run()
    #expect(report.step(Self.samples)?.outcome == .done)
    #expect(report.step(Scene.bars)?.outcome == .failed)
    #expect(report.outcome == .partial)
    // They are not asked for a day, which makes it no better.
    let next = try await scene.run(at: Scene.start + 3600)
    #expect(next.step(Scene.bars)?.reason == .restricted)
    #expect(next.outcome == .partial)
  }

  @Test(arguments: [ProviderName("coinbase"), "kraken"])
  func `one exchange that has all makes up for those that refuse`(answering: ProviderName) async throws {
    for provider: ProviderName in ["binance", "coinbase", "kraken"] where provider != answering {
      scene.bourse.change { $0.faults[provider] = Self.restricted }
    }
    let report = try await scene.run()
    #expect(report.step(Self.samples) == nil)
    #expect(report.outcome == .done)
  }

  @Test func `one that has a part does not`() async throws {
    for provider: ProviderName in ["binance", "kraken"] {
      scene.bourse.change { $0.faults[provider] = Self.restricted }
    }
    lack("coinbase", -335 ... -36)
    let report = try await scene.run()
    #expect(report.outcome == .partial)
  }
}
