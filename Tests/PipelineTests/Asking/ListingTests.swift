import Market
import Testing

@testable import Pipeline
@testable import Store

/// That a series had not begun before its first row is proved by asking for that time alone.
@Suite struct ListingTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  private func asked(_ provider: ProviderName) -> [Request] {
    scene.bourse.takeAsked().filter { $0.provider == provider }
  }

  /// The exchange leaves out what lies before an hour, for ever or in answers that reach behind it.
  private func begin(at first: Int, onlyWhereCutShort: Bool = false) {
    let withheld = Set((first - 2000..<first).map { Instant.hour($0) })
    scene.bourse.change { $0.withheld = withheld }
    guard onlyWhereCutShort else { return }
    let bourse = scene.bourse
    // From the second request on it answers whole.
    bourse.onRequest { number in if number == 1 { bourse.change { $0.withheld = [] } } }
  }

  private let listing = Gap(span: .hour(-335) ... .hour(-21), missing: 315, reason: .beforeListing)

  @Test func `what a first answer leaves out at its start is asked for at once, on its own, and then proved`()
    async throws
  {
    begin(at: -20)
    let report = try await scene.run { $0.only = [.prices] }
    #expect(report.step(Scene.bars)?.outcome == .done)
    #expect(try scene.store.gaps.all(of: Scene.bars) == [listing])
    let asked = asked("binance")
    #expect(asked.count == 2)
    #expect(asked.last?.queryValue("endTime") == "\(Instant.hour(-21).epochSeconds * 1000)")
    #expect(try await scene.run { $0.only = [.prices] }.isNothingDue)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `one answer that was cut short proves nothing, and what it left out comes with the second`() async throws {
    begin(at: -20, onlyWhereCutShort: true)
    try await scene.run { $0.only = [.prices] }
    #expect(try scene.count(Scene.bars) == 336)
    #expect(try scene.store.gaps.all(of: Scene.bars) == [])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `where the second answer fails nothing is proved, and it is asked for again`() async throws {
    begin(at: -20)
    let bourse = scene.bourse
    bourse.onRequest { number in
      if number == 1 { bourse.change { $0.faults["binance"] = .error(.unreachable("no route")) } }
    }
    let report = try await scene.run { $0.only = [.prices] }
    #expect(report.step(Scene.bars)?.outcome == .partial)
    #expect(try scene.store.gaps.all(of: Scene.bars).filter { $0.reason == .beforeListing } == [])
    bourse.onRequest { _ in }
    bourse.change { $0.faults = [:] }
    try await scene.run { $0.only = [.prices] }
    #expect(try scene.store.gaps.all(of: Scene.bars) == [listing])
  }

  @Test func `of a long backfill only the page that begins late is asked for again`() async throws {
    begin(at: -1500)
    scene.bourse.change { $0.withheld = Set((-4000 ..< -1500).map { Instant.hour($0) }) }
    try await scene.run {
      $0.only = [.prices]
      $0.since = .hour(-3999)
    }
    // Four pages of a thousand, and what the third leaves out.
    let asked = asked("binance")
    #expect(asked.count == 5)
    #expect(asked.last?.queryValue("endTime") == "\(Instant.hour(-1501).epochSeconds * 1000)")
    #expect(
      try scene.store.gaps.all(of: Scene.bars)
        == [Gap(span: .hour(-3999) ... .hour(-1501), missing: 2499, reason: .beforeListing)])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `after a week it is asked again, apart from what is new`() async throws {
    begin(at: -20)
    try await scene.run { $0.only = [.prices] }
    _ = asked("binance")
    try await scene.run(at: Scene.start + 3600) { $0.only = [.prices] }
    #expect(asked("binance").count == 1)
    try await scene.run(at: Scene.start + 8 * 86_400) { $0.only = [.prices] }
    let ends = asked("binance").compactMap { $0.queryValue("endTime") }
    #expect(ends.count == 2)
    #expect(ends.first == "\(Instant.hour(-21).epochSeconds * 1000)")
  }

  @Test func `a table that gives the newest days whatever is asked is asked twice`() async throws {
    let entries = (0..<5).map {
      #"{"value":"30","value_classification":"Fear","timestamp":"\#((Scene.start.day - $0).start.epochSeconds)"}"#
    }
    let body = #"{"data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#
    scene.bourse.change { $0.faults["alternative.me"] = .answer(status: 200, body: body) }
    try await scene.run { $0.only = [.sentiment] }
    #expect(asked("alternative.me").count == 2)
    #expect(try scene.store.gaps.all(of: Scene.mood).map(\.reason) == [.beforeListing])
    #expect(try await scene.run { $0.only = [.sentiment] }.isNothingDue)
    #expect(try Rebuilt(scene.store).faults == [])
  }
}
