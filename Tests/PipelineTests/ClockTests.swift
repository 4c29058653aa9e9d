import Market
import Testing

@testable import Pipeline
@testable import Store

/// What a run does where the machine's clock is wrong.
@Suite struct ClockTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  // MARK: Requests without end

  @Test func `a plan of more than a hundred requests stops and says why`() async throws {
    try await scene.run { $0.only = [.prices] }
    _ = scene.bourse.takeAsked()
    let later = Scene.start + 80 * 365 * 86_400
    let report = try await scene.run(at: later) { $0.only = [.prices] }
    let step = try #require(report.step(Scene.bars))
    #expect(step.outcome == .failed)
    #expect(step.reason == .failed)
    #expect(
      step.detail == "701 requests would be needed, for all from 2026-03-11T20:00:00Z to 2106-02-22T21:30:00Z. "
        + "If the machine's clock is right, `--since 2026-03-11` asks for them")
    #expect(scene.bourse.takeAsked().filter { $0.provider == "binance" } == [])
    #expect(try scene.store.gaps.all(of: Scene.bars) == [])
    let plan = try RunPlan(RunOptions(), store: scene.store, scene.dependencies(at: later))
    #expect(plan.lines.first { $0.series == Scene.bars }?.isTooMuch == true)
    let sources = plan.sources(
      scene.dependencies(at: later).providers.values.map(\.profile), keyed: [], quotas: [], isRationed: { _ in true },
      at: later)
    #expect(sources.allSatisfy { $0.requests < 100 })
  }

  @Test func `who says since when is asked for as much as that takes`() async throws {
    let report = try await scene.run(at: Scene.start + 3600) {
      $0.only = [.prices]
      $0.since = Scene.start - 12 * 365 * 86_400
    }
    #expect(report.step(Scene.bars)?.outcome == .done)
    #expect(scene.bourse.takeAsked().count { $0.provider == "binance" } > 100)
  }

  @Test func `a hundred requests are not too many`() async throws {
    try await scene.run { $0.only = [.prices] }
    let report = try await scene.run(at: Scene.start + 99_000 * 3600) { $0.only = [.prices] }
    #expect(report.step(Scene.bars)?.outcome == .done)
  }

  // MARK: What it tells

  private func notes(lead: Int64, isSet: Bool = false) async throws -> [String] {
    let dated = Dated(scene.bourse, lead: lead)
    scene.bourse.change { $0.now = Scene.start }
    let usual = scene.dependencies(at: Scene.start)
    let dependencies = Ingest.Dependencies(
      providers: Scene.providers, transport: dated, clock: Clock(isSet: isSet, now: { Scene.start }),
      quotas: { [] }, keyed: [], command: "ingest", version: "test", processID: 1, closing: [],
      onEvent: usual.onEvent)
    _ = try await Ingest(store: scene.store, dependencies).run(RunOptions())
    return scene.takeNotes()
  }

  @Test(
    arguments: [
      (180, "3 minutes ahead of"), (-300, "5 minutes behind"), (86_400, "24 hours ahead of"),
    ] as [(Int64, String)])
  func `clocks more than two minutes apart are told of`(lead: Int64, words: String) async throws {
    #expect(
      try await notes(lead: lead) == [
        "this machine's clock is \(words) the providers' clocks; what is final goes by the earlier of the two. "
          + "`appliance doctor` says more"
      ])
  }

  @Test(arguments: [0, 119, -120] as [Int64]) func `two minutes are nothing`(lead: Int64) async throws {
    #expect(try await notes(lead: lead) == [])
  }

  @Test func `a clock that was set on purpose is told nothing`() async throws {
    #expect(try await notes(lead: 86_400, isSet: true) == [])
  }

  @Test func `hours that run by the providers' clocks are not stored though ours says that they are over`() async throws
  {
    _ = try await notes(lead: 5 * 3600)
    #expect(try scene.store.catalogue.series(Scene.bars)?.extent?.upperBound == .hour(-5))
    #expect(try Rebuilt(scene.store).faults == [])
  }
}

/// A world whose answers bear a date: so many seconds behind our clock.
private struct Dated: Transport {
  let world: Bourse
  let lead: Int64

  init(_ world: Bourse, lead: Int64) {
    self.world = world
    self.lead = lead
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let trip = await world.roundTrip(request)
    return RoundTrip(
      request: trip.request,
      attempts: trip.attempts.map { attempt in
        Attempt(
          url: attempt.url, startedAt: attempt.startedAt, elapsed: attempt.elapsed, wireBytes: attempt.wireBytes,
          result: attempt.result.map { answer in
            Answer(
              status: answer.status,
              headers: answer.headers + [HeaderField("date", Dated.text(answer.receivedAt - lead))],
              body: answer.body, receivedAt: answer.receivedAt)
          })
      })
  }

  /// As HTTP writes it; the name of the weekday is not looked at.
  private static func text(_ instant: Instant) -> String {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (year, month, day) = instant.day.parts
    let time = instant.description.dropFirst(11).dropLast()
    return "Fri, \(day) \(names[month - 1]) \(year) \(time) GMT"
  }
}
