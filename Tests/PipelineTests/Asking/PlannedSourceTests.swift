import Following
import Market
import Pipeline
import Providers
import Support
import Testing
import seeds

@testable import Store

/// What a dry run says of each provider.
@Suite struct PlannedSourceTests {
  private static let profiles = marketProviders.map(\.profile)
  private let now: Instant
  private let store: Store

  init() throws {
    now = try #require(Instant("2025-09-19T22:30:00Z"))
    store = try Store.scratch()
  }

  private func sources(
    following names: [String], _ quotas: [QuotaState] = [], keyed: Set<ProviderName> = [], isRationed: Bool = true,
    _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> [PlannedSource] {
    try store.catalogue.add(Universe.catalogue(following: names).catalogue, providers: Self.profiles)
    var options = RunOptions()
    change(&options)
    let plan = try RunPlan(
      options, store: store,
      Ingest.Dependencies(
        providers: marketProviders, transport: Unasked(), clock: .standing(at: now), quotas: { [] }, keyed: keyed,
        command: "ingest --dry-run", version: "test", processID: 1, closing: [], onEvent: { _ in }))
    return plan.sources(Self.profiles, keyed: keyed, quotas: quotas, isRationed: { _ in isRationed }, at: now)
  }

  private func used(_ count: Int, since seconds: Int64, of provider: ProviderName = "farside") -> QuotaState {
    QuotaState(provider: provider, window: 86_400, windowStart: now - seconds, used: count)
  }

  private func told(_ sources: [PlannedSource]) -> [String] {
    sources.map { "\($0.profile.name) \($0.series) \($0.requests) \($0.rows)" }
  }

  @Test func `each provider has its series, requests and rows, and a question counts as one series`() throws {
    // 336 hours and 730 days of the coin; 501 sessions of two years; 30 days of sentiment, 22 sessions of twelve funds.
    #expect(
      told(try sources(following: ["BTC", "KO"])) == [
        "binance 2 2 1066", "coingecko 1 1 1", "alternative.me 1 1 30", "farside 1 1 264", "yahoo 1 1 501",
      ])
  }

  @Test func `what does not fit into the day is left for tomorrow`() throws {
    let first = try sources(following: ["BTC:1h", "ETH:1h"], [used(23, since: 3_600)])
    let farside = try #require(first.first { $0.profile.name == "farside" })
    #expect(farside.requests == 2)
    #expect(farside.ration?.used == 23 && farside.ration?.left == 1 && farside.ration?.leftForTomorrow == 1)
    #expect(farside.requestsToday == 1)
    #expect(first.filter { $0.profile.name != "farside" }.allSatisfy { $0.ration?.leftForTomorrow == 0 })
  }

  @Test(arguments: [86_400, -60] as [Int64])
  func `a window that is over, or that begins in the future, is not counted`(since: Int64) throws {
    let sources = try sources(following: ["BTC:1h", "ETH:1h"], [used(24, since: since)])
    let ration = try #require(sources.first { $0.profile.name == "farside" }?.ration)
    #expect(ration.used == 0 && ration.leftForTomorrow == 0)
  }

  @Test func `a run says beforehand how many requests the series of each provider come to`() async throws {
    let scene = try Scene()
    try await scene.run { ($0.only, $0.since) = ([.prices], Scene.start - 12 * 365 * 86_400) }
    let binance = try #require(scene.takePlanned().first { $0.profile.name == "binance" })
    #expect(binance.series == 1)
    #expect(binance.requests == scene.bourse.takeAsked().count { $0.provider == "binance" })
    #expect(binance.requestsToday == binance.requests)
  }

  @Test func `whom nobody rations has no ration`() throws {
    let sources = try sources(following: ["BTC:1h"], isRationed: false)
    #expect(!sources.isEmpty && sources.allSatisfy { $0.ration == nil })
  }
}

private struct Unasked: Transport {
  func roundTrip(_ request: Request) async -> RoundTrip {
    Issue.record("a plan asked \(request.target)")
    return RoundTrip(request: request, attempts: [])
  }
}
