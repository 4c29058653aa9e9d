import Following
import Market
import Pipeline
import Testing

@testable import Store

/// How far back series that the user added are asked at first is his to say.
@Suite struct AddedReachTests {
  private static let days = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .day1)
  private let scene: Scene

  init() throws {
    scene = try Scene()
    try scene.store.following.decide(
      [.addSeries(SeriesDefinition(key: Self.days, asset: "BTC", quoteCurrency: "USDT", priority: 1))],
      at: Scene.start)
  }

  private func run(days: Int?, at now: Instant = Scene.start) async throws -> RunReport {
    try await scene.run(at: now) {
      $0.only = [.prices]
      $0.addedDays = days
    }
  }

  @Test(arguments: [(nil, 730), (1, 1), (5, 5), (900, 900)] as [(Int?, Int)])
  func `an added series begins as many days back as was said, others as ever`(days: Int?, count: Int) async throws {
    let report = try await run(days: days)
    #expect(report.outcome == .done)
    #expect(try scene.count(Self.days) == count)
    #expect(try scene.count(Scene.bars) == 336)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `a day later it is not filled further back`() async throws {
    _ = try await run(days: 5)
    let report = try await run(days: 5, at: Scene.start + 86_400)
    #expect(report.step(Self.days)?.counts.new == 1)
    #expect(try scene.count(Self.days) == 6)
    #expect(try await run(days: 5, at: Scene.start + 86_400).isNothingDue)
  }
}
