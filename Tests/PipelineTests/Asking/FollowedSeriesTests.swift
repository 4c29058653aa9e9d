import Following
import Market
import Testing

@testable import Pipeline
@testable import Store

/// What the user narrowed, added, removed or switched off.
@Suite struct FollowedSeriesTests {
  private static let days = SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: "XBTUSD", interval: .hour1)

  private func scene(_ decisions: [CatalogueDecision] = []) throws -> Scene {
    let scene = try Scene()
    try scene.store.following.decide(decisions, at: Scene.start - 86_400)
    return scene
  }

  private func added(_ basis: PriceBasis = .asTraded) -> CatalogueDecision {
    .addSeries(SeriesDefinition(key: Self.days, asset: "BTC", quoteCurrency: "USD", priority: 3, basis: basis))
  }

  private func asked(_ scene: Scene, _ adjust: (inout RunOptions) -> Void = { _ in }) async throws -> Set<ProviderName>
  {
    try await scene.run(adjust)
    return Set(scene.bourse.takeAsked().map(\.provider))
  }

  @Test func `a run of one source asks nobody else, also one that only stands in`() async throws {
    #expect(try await asked(try scene()) { $0.sources = ["coinbase"] } == ["coinbase"])
  }

  @Test func `a run of one interval asks for its series only`() async throws {
    #expect(try await asked(try scene()) { $0.intervals = [.hour1] } == ["binance"])
    #expect(try await asked(try scene()) { $0.intervals = [.day1] } == ["alternative.me", "farside"])
  }

  @Test func `what the user added is asked for although the first source answered`() async throws {
    #expect(try await asked(try scene()) == ["binance", "alternative.me", "farside"])
    #expect(try await asked(try scene([added()])) == ["binance", "kraken", "alternative.me", "farside"])
  }

  @Test func `a plan names what the user added as no fallback`() throws {
    let scene = try scene([added()])
    let plan = try RunPlan(RunOptions(), store: scene.store, scene.dependencies(at: Scene.start))
    let line = try #require(plan.lines.first { $0.series == Self.days })
    #expect(!line.isFallback)
    #expect(!line.requests.isEmpty)
  }

  @Test(
    arguments: [
      [.removeAsset(symbol: "BTC")], [.removeSeries(Scene.bars), .removeSeries(Scene.otherBars)],
      [.disableSource("binance"), .disableSource("coinbase")],
    ] as [[CatalogueDecision]])
  func `nobody is asked for the prices of what was taken away`(decisions: [CatalogueDecision]) async throws {
    let asked = try await asked(try scene(decisions))
    #expect(asked.isDisjoint(with: ["binance", "coinbase"]))
  }

  @Test func `what was taken away is asked for again when it is followed again, and its hole is filled`() async throws {
    let scene = try scene()
    try await scene.run()
    try scene.store.following.decide([.removeAsset(symbol: "BTC")], at: Scene.start)
    try await scene.run(at: Scene.start + 5 * 3600)
    #expect(try scene.count(Scene.bars) == 336)
    try scene.store.following.decide([.restoreAsset(symbol: "BTC")], at: Scene.start)
    try await scene.run(at: Scene.start + 6 * 3600)
    #expect(try scene.count(Scene.bars) == 342)
  }

  @Test func `no choice changes what prices were corrected for by itself`() async throws {
    let scene = try scene([added(.splitAdjusted)])
    try await scene.run()
    scene.bourse.change { state in
      for source: ProviderName in ["binance", "coinbase"] { state.faults[source] = .error(.unreachable("no route")) }
    }
    try await scene.run(at: Scene.start + 3600)
    #expect(try scene.count(Self.days) == 337)
    #expect(try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key == Scene.bars)
    var edit = AssetEdit(symbol: "BTC")
    edit.preferred = "kraken"
    try scene.store.following.decide([.editAsset(edit)], at: Scene.start)
    try await scene.run(at: Scene.start + 7200)
    #expect(try scene.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key == Self.days)
  }
}
