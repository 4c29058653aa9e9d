import Market
import Pipeline
import Providers
import Support
import Testing

@testable import Store

/// What an older edition of the rules read otherwise is told apart from what no rule explains.
@Suite struct NewerRulesTests {
  private let scene: Scene

  init() throws { scene = try Scene() }

  /// A run of an older appliance, which could read no bars.
  private func blindRun() async throws {
    let blind = Ingest.Dependencies(
      providers: [Unreading(Binance()), AlternativeMe(), Farside()], transport: scene.bourse,
      clock: .standing(at: Scene.start), quotas: { [] }, keyed: [], command: "ingest", version: "old", processID: 1,
      closing: [], onEvent: { _ in })
    _ = try await Ingest(store: scene.store, blind).run(RunOptions())
  }

  private func age() throws { try scene.store.tamper("UPDATE fetch SET edition = 1") }

  @Test func `what is read is noted with today's edition`() async throws {
    try await scene.run()
    #expect(try scene.store.rows("SELECT DISTINCT edition FROM fetch") == ["\(Reading.edition)"])
  }

  @Test func `an answer of an older edition that reads otherwise now is no difference, nor is what hangs on it`()
    async throws
  {
    try await blindRun()
    try age()
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.counts == [:], "\(rebuilt.faults)")
    #expect(rebuilt.differences.newer > 336)
    #expect(rebuilt.differences.newerShown.first?.table == "bar")
    #expect(rebuilt.differences.newerShown.count == 10)
    #expect(try rebuilt.store.rows("SELECT DISTINCT edition FROM fetch") == ["\(Reading.edition)"])
  }

  @Test func `the same under today's edition is a difference`() async throws {
    try await blindRun()
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.counts["bar"] == 336)
    #expect(rebuilt.differences.newer == 0)
  }

  @Test(arguments: [
    ("UPDATE bar SET close = close + 0.25 WHERE open_time = (SELECT max(open_time) FROM bar)", "bar"),
    ("DELETE FROM bar WHERE open_time = (SELECT max(open_time) FROM bar)", "bar"),
    ("UPDATE sentiment SET value = 1 WHERE day = (SELECT max(day) FROM sentiment)", "sentiment"),
    ("UPDATE market_snapshot SET close = 1 WHERE day = (SELECT max(day) FROM market_snapshot)", "market_snapshot"),
  ])
  func `what was changed in an old file is a difference, whatever edition read it`(
    sql: String, table: String
  ) async throws {
    try await scene.run()
    try age()
    try scene.store.tamper(sql)
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.counts == [table: 1], "\(rebuilt.faults)")
  }

  @Test func `a record of an older edition that reads the same has nothing to tell`() async throws {
    try await scene.run()
    try age()
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.newer == 0)
  }
}
