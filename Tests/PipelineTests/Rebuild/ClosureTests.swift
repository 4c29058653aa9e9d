import Following
import Market
import Pipeline
import Telling
import Testing

@testable import Store

/// What the user says of a market's day reaches what is due, missing and compared, and a rebuild says the same.
@Suite struct ClosureTests {
  private static let fund = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "SPY", interval: .day1)
  /// A Wednesday, two sessions before the scene.
  private static let day = Day(daysSinceEpoch: Scene.start.day.daysSinceEpoch - 2)
  private static let closed = NotedClosure(Closure(calendar: .nyse, day: day), reason: "day of mourning")
  private let scene: Scene

  init() throws {
    scene = try Scene(
      adding: Catalogue(
        assets: [Asset(symbol: "SPY", name: "SPDR S&P 500", assetClass: .fund)], funds: [],
        series: [SeriesDefinition(key: Self.fund, asset: "SPY", quoteCurrency: "USD", priority: 1)]))
    try scene.store.following.register(
      Catalogue(edition: "1", listings: [], funds: [], others: []), providers: Scene.providers.map(\.profile))
    scene.bourse.change { $0.withheld = [Self.day.start] }
  }

  private func decide(_ decision: MarketDecision) throws {
    try scene.store.following.decide(decision, at: Scene.start + 60)
  }

  private func gaps(_ key: SeriesKey = fund) throws -> [Gap] {
    try scene.store.gaps.all(of: key).filter { $0.reason != .beforeListing }
  }

  private func change(on day: Day) throws -> Double? {
    try scene.store.telling.assetDays(in: day...day).first { $0.asset.symbol == "SPY" }?.snapshot.change24h
  }

  private func isOpen() throws -> [String] {
    try scene.store.rows("SELECT is_us_market_open FROM dim_date WHERE full_date = '\(Self.day)'")
  }

  @Test func `a day that was closed is missing no more, and the next one compares with the one before`() async throws {
    try await scene.run()
    let thursday = Self.day.start + 86_400
    #expect(try gaps().map(\.span) == [Self.day.start...Self.day.start])
    #expect(try change(on: thursday.day) == nil)
    try decide(.close(Self.closed))
    #expect(try gaps() == [])
    #expect(try isOpen() == ["0"])
    #expect(try Rebuilt(scene.store).faults == [])
    let report = try await scene.run(at: Scene.start + 120)
    #expect(report.step(Self.fund) == nil)
    #expect(try change(on: thursday.day) != nil)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `a closure that is taken back leaves the day to be asked for`() async throws {
    try await scene.run()
    try decide(.close(Self.closed))
    try decide(.open(Self.closed.closure))
    #expect(try gaps().map(\.reason) == [.notAsked])
    #expect(try isOpen() == ["1"])
    #expect(try scene.store.following.closures() == [])
    #expect(try Rebuilt(scene.store).faults == [])
    scene.bourse.change { $0.withheld = [] }
    let report = try await scene.run(at: Scene.start + 120)
    #expect(report.step(Self.fund)?.counts.new == 1)
    #expect(try gaps() == [])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `a day that was closed before it came is not asked for`() async throws {
    let monday = Closure(calendar: .nyse, day: Scene.start.day + 3)
    try await scene.run(at: Scene.start + 8 * 3600)
    try decide(.close(NotedClosure(monday, reason: "storm")))
    #expect(try await scene.run(at: monday.day.start + 86_400 + 4 * 3600).step(Self.fund) == nil)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `what was noted later is not known of the past`() async throws {
    try await scene.run()
    try decide(.close(Self.closed))
    let line = "SELECT count(*) FROM market_closure"
    #expect(try scene.store.rows(line) == ["1"])
    try scene.store.write { db in
      try AsKnownOn.prepare(db, .standard, path: "test", asOf: Scene.start + 30, measure: .publication)
    }
    #expect(try scene.store.rows(line) == ["0"])
  }

  @Test func `a closure replaces what was noted of its day before`() throws {
    try decide(.close(Self.closed))
    let early = NotedClosure(Closure(calendar: .nyse, day: Self.day, close: ClosingTime("12:30")), reason: "a: storm")
    try decide(.close(early))
    #expect(try scene.store.following.closures() == [early])
    #expect(try isOpen() == ["1"])
    #expect(try Rebuilt(scene.store).store.following.closures() == [early])
  }
}
