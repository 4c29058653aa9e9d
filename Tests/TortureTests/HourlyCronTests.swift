import Market
import Pipeline
import Providers
import Store
import Support
import Testing
import Transport

/// A record that is brought up to date every hour, with the politeness that real providers are shown.
@Suite struct `a cron that runs by the hour` {
  /// The hours of a day and two more, five minutes past each; from a Wednesday on.
  private static let hours = (0..<26).map { Instant(epochSeconds: 1_758_067_500) + Int64($0) * 3600 }

  private enum World { case whole, cutOff, blockingFunds }

  private static let flows = ["btc", "eth"].map {
    SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: $0, interval: .day1)
  }

  private static let catalogue = Catalogue(
    assets: [
      Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto),
      Asset(symbol: "ETH", name: "Ether", assetClass: .crypto),
    ], funds: [],
    series: [
      SeriesDefinition(
        key: SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1), asset: "BTC",
        quoteCurrency: "USDT", priority: 1),
      SeriesDefinition(
        key: SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1),
        asset: nil, quoteCurrency: nil, priority: 1),
      SeriesDefinition(key: flows[0], asset: "BTC", quoteCurrency: "USD", priority: 1),
      SeriesDefinition(key: flows[1], asset: "ETH", quoteCurrency: "USD", priority: 1),
    ])

  private let home: Home
  private let store: Store
  init() throws {
    home = try Home()
    store = try Store.writing(home.database, command: "test")
    try store.catalogue.add(Self.catalogue, providers: marketProviders.map(\.profile))
  }

  /// One run, and how many requests reached Farside.
  private func run(
    at now: Instant, in world: World = .whole, only steps: Set<StepName>? = nil, isForced: Bool = false
  ) async throws -> (report: RunReport, asked: Int) {
    let server = try LoopbackServer { request in Self.answer(request, in: world, at: now) }
    if world == .cutOff { server.stop() }
    let profiles = marketProviders.map(\.profile)
    let time = PassingTime(now)
    let transport = HTTPTransport(
      profiles: profiles, addresses: try Addresses(of: profiles, everything: server.url), clock: time.clock,
      quotas: try store.runs.quotas(), pace: .always, random: { 0 }, version: "test", proxies: .none,
      stopwatch: time.stopwatch)
    defer { transport.shutDown() }
    var options = RunOptions()
    options.isForced = isForced
    options.only = steps
    let report = try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: marketProviders, transport: transport, clock: time.clock, quotas: { await transport.quotas() },
        keyed: [], command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(options)
    return (report, server.requests.count { $0.path.hasPrefix("/farside/") })
  }

  private static func answer(
    _ request: LoopbackServer.Request, in world: World, at now: Instant
  ) -> LoopbackServer.Response {
    guard let name = FaultScene.names.first(where: { request.path.hasPrefix("/\($0.pathName)/") }) else {
      return .status(404)
    }
    if world == .blockingFunds, name == "farside" { return .status(403, [], "Just a moment...") }
    let answers = GoodAnswers(provider: name, now: now)
    return .answer(200, [("Content-Type", answers.contentType)], body: Array(answers.text(for: request).utf8))
  }

  /// What the file says is used of Farside's ration.
  private func used() throws -> Int {
    try store.runs.quotas().filter { $0.provider == "farside" }.map(\.used).max() ?? 0
  }

  @Test func `it ends well for a day and more, and asks for flows a dozen times at most`() async throws {
    var (outcomes, asked) = ([RunOutcome](), 0)
    for hour in Self.hours {
      let run = try await run(at: hour)
      outcomes.append(run.report.outcome)
      asked += run.asked
    }
    #expect(outcomes == Array(repeating: .done, count: 26))
    #expect((2...12).contains(asked), "\(asked) pages")
  }

  @Test func `six hours without a network use nothing up, and are made good in the first hour with one`() async throws {
    for hour in Self.hours.prefix(10) { _ = try await run(at: hour) }
    let before = try used()
    for hour in Self.hours[10..<16] {
      let report = try await run(at: hour, in: .cutOff).report
      #expect(report.outcome == .failed)
      #expect(report.steps.filter(\.isTroubled).allSatisfy { $0.reason == .unreachable && $0.detail != nil })
    }
    #expect(try used() == before)
    let outcomes = try await Self.hours[16...].asyncMap { try await self.run(at: $0).report.outcome }
    #expect(outcomes == Array(repeating: .done, count: 10))
    #expect(try store.catalogue.series().first { $0.key.holdsBars }?.count == 336 + 25)
  }

  @Test func `what our own ration leaves is left for tomorrow, and is no failure`() async throws {
    for hour in Self.hours.prefix(12) { _ = try await run(at: hour, in: .blockingFunds, only: [.etfFlows]) }
    #expect(try used() == 24)
    let (report, asked) = try await run(at: Self.hours[12], in: .blockingFunds, only: [.etfFlows])
    #expect(asked == 0)
    #expect(report.outcome == .done)
    #expect(!report.isNothingDue)
    let steps = report.steps.filter { $0.series.map(Self.flows.contains) ?? false }
    #expect(steps.map(\.outcome) == [.skipped, .skipped])
    #expect(steps.map(\.reason) == [.rationed, .rationed])
    #expect(
      steps.first?.detail
        == "our own ration is used up; not before 2025-09-18T00:05:00Z, 1 request left for tomorrow")
    let tomorrow = try await run(at: Self.hours[24], only: [.etfFlows])
    #expect(tomorrow.report.steps.contains { $0.series == Self.flows[0] && $0.outcome == .done })
  }

  @Test func `asking all the same uses the ration, and then leaves the rest for tomorrow too`() async throws {
    var outcomes: [RunOutcome] = []
    for hour in Self.hours.prefix(14) {
      outcomes.append(try await run(at: hour, only: [.etfFlows], isForced: true).report.outcome)
    }
    #expect(outcomes == Array(repeating: .done, count: 14))
    #expect(try used() == 24)
  }
}

extension ArraySlice {
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
    var results: [T] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
