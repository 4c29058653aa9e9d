import Market
import Synchronization
import Testing

@testable import Pipeline
@testable import Store

@Suite struct ClosingStepTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  @Test func `closing steps come last, in their order, and see what came before`() async throws {
    let summaries = Closing(.summaries)
    let backup = Closing(.backup)
    let report = try await scene.run(closing: [summaries, backup])
    #expect(report.steps.map(\.name).suffix(3) == [.snapshot, .summaries, .backup])
    #expect(summaries.soFar.map(\.name).last == .snapshot)
    #expect(backup.soFar.map(\.name).last == .summaries)
    #expect(report.step(.summaries)?.counts.new == 7)
    #expect(try scene.store.rows("SELECT rows_new FROM step WHERE name = 'summaries'") == ["7"])
  }

  @Test func `a closing step that is skipped is not called`() async throws {
    let summaries = Closing(.summaries)
    let report = try await scene.run(closing: [summaries]) { $0.skip = [.summaries] }
    #expect(summaries.calls == 0)
    #expect(report.step(.summaries) == nil)
  }

  @Test func `a closing step that fails makes the run partial`() async throws {
    let report = try await scene.run(closing: [Closing(.backup, .failed)])
    #expect(report.outcome == .partial)
  }
}

/// Notes how it was called.
private final class Closing: ClosingStep {
  let name: StepName
  private let outcome: StepOutcome
  private let seen: Mutex<(calls: Int, soFar: [StepReport])> = Mutex((0, []))

  init(_ name: StepName, _ outcome: StepOutcome = .done) {
    self.name = name
    self.outcome = outcome
  }

  var calls: Int { seen.withLock { $0.calls } }
  var soFar: [StepReport] { seen.withLock { $0.soFar } }

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    seen.withLock { $0 = ($0.calls + 1, soFar) }
    return StepReport(name: name, outcome: outcome, counts: StepCounts(new: 7))
  }
}

@Suite struct InterruptedRunTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  /// Runs a long backfill and cancels it when its nth request is asked.
  private func runCancelled(atRequest number: Int) async throws -> RunReport {
    let ingest = scene.ingest()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      for await _ in gate { break }
      var options = RunOptions()
      options.only = [.prices, .snapshot]
      options.since = .hour(-8999)
      return try await ingest.run(options)
    }
    scene.bourse.onRequest { if $0 == number { task.cancel() } }
    opener.yield()
    opener.finish()
    return try await task.value
  }

  @Test func `an interrupted run keeps what it committed and says so`() async throws {
    let report = try await runCancelled(atRequest: 5)
    #expect(report.outcome == .interrupted)
    #expect(report.step(Scene.bars)?.outcome == .interrupted)
    #expect(report.step(.snapshot) == nil)
    let stored = try scene.count(Scene.bars)
    #expect(stored < 9000)
    #expect(try scene.store.rows("SELECT count(*) FROM bar") == ["\(stored)"])
    #expect(try scene.store.runs.lastRun()?.run.outcome == .interrupted)
    #expect(try scene.store.gaps.all(of: Scene.bars).isEmpty)
  }

  @Test func `the run after an interrupted one ends where an undisturbed one would have`() async throws {
    _ = try await runCancelled(atRequest: 5)
    scene.bourse.onRequest { _ in }
    try await scene.run { $0.since = .hour(-8999) }
    let undisturbed = try Scene()
    try await undisturbed.run { $0.since = .hour(-8999) }
    for table in [
      "SELECT open_time, close FROM bar", "SELECT * FROM daily_market_snapshot",
      "SELECT from_time, to_time, missing, reason FROM gap",
    ] {
      #expect(try scene.store.rows(table) == undisturbed.store.rows(table), "\(table)")
    }
    #expect(try scene.count(Scene.bars) == 9000)
  }

  @Test func `a run that is cancelled before it begins asks nobody`() async throws {
    let ingest = scene.ingest()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await ingest.run(RunOptions())
    }
    task.cancel()
    #expect(try await task.value.outcome == .interrupted)
    #expect(scene.bourse.takeAsked().isEmpty)
  }

  @Test func `answers that a dead run kept and never read are read by the next`() async throws {
    let run = try scene.store.runs.begin(command: "ingest", at: Scene.start, processID: 1, version: "test")
    let provider = Scene.providers[0]
    let want = Want(series: Scene.bars, span: .hour(-9) ... .hour(0))
    for request in provider.requests(for: want, at: Scene.start) {
      _ = try scene.store.vault.keep(await scene.bourse.roundTrip(request), of: run, quotas: [])
    }
    _ = scene.bourse.takeAsked()
    let report = try await scene.run(at: Scene.start + 600) { $0.isOffline = true }
    #expect(scene.bourse.takeAsked().isEmpty)
    #expect(try scene.count(Scene.bars) == 10)
    #expect(scene.takeNotes().contains { $0.contains("1 answers") || $0.contains("1 answer") })
    #expect(try scene.store.vault.unreadAnswers().isEmpty)
    #expect(try scene.store.rows("SELECT outcome FROM run ORDER BY run_id") == ["interrupted", "done"])
    #expect(report.step(.snapshot)?.counts.new == 1)
  }

  @Test func `an answer left behind that cannot be read is noted and stops nothing`() async throws {
    let run = try scene.store.runs.begin(command: "ingest", at: Scene.start, processID: 1, version: "test")
    let request = try #require(
      Scene.providers[0].requests(for: Want(series: Scene.bars, span: .hour(-9) ... .hour(0)), at: Scene.start).first)
    scene.bourse.change { $0.faults["binance"] = .answer(status: 200, body: "half of") }
    _ = try scene.store.vault.keep(await scene.bourse.roundTrip(request), of: run, quotas: [])
    scene.bourse.change { $0.faults = [:] }
    #expect(try await scene.run().outcome == .done)
    #expect(try scene.count(Scene.bars) == 336)
    #expect(try scene.store.vault.unreadAnswers().isEmpty)
  }
}

@Suite struct RunOutcomeTests {
  @Test(
    arguments: [
      ([], RunOutcome.done),
      ([.done, .done], .done),
      ([.skipped, .skipped], .done),
      ([.done, .skipped], .done),
      ([.done, .failed], .partial),
      ([.partial], .partial),
      ([.failed, .failed], .failed),
      ([.failed, .skipped], .failed),
      ([.failed, .partial], .partial),
      ([.done, .interrupted], .interrupted),
    ] as [([StepOutcome], RunOutcome)])
  func `a run ends as its steps did`(steps: [StepOutcome], outcome: RunOutcome) {
    let reports = steps.map { StepReport(name: .prices, outcome: $0) }
    #expect(RunOutcome(of: reports, isCancelled: false) == outcome)
    #expect(RunOutcome(of: reports, isCancelled: true) == .interrupted)
  }

  @Test func `a snapshot that was computed does not make a run of failures partial`() {
    let reports = [StepReport(name: .prices, outcome: .failed), StepReport(name: .snapshot, outcome: .done)]
    #expect(RunOutcome(of: reports, isCancelled: false) == .failed)
  }
}

@Suite struct RunPlanTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  @Test func `a plan names what would be asked and asks nobody`() async throws {
    let before = try scene.store.dump()
    let plan = try RunPlan(RunOptions(), store: scene.store, scene.dependencies(at: Scene.start))
    #expect(scene.bourse.takeAsked().isEmpty)
    #expect(try scene.store.dump() == before)
    let lines = Dictionary(plan.lines.map { ($0.series, $0) }) { first, _ in first }
    #expect(lines[Scene.bars]?.requests.count == 1)
    #expect(lines[Scene.bars]?.isFallback == false)
    #expect(lines[Scene.otherBars]?.isFallback == true)
    #expect(lines[Scene.totals]?.reason == .notConfigured)
    #expect(lines[Scene.mood]?.requests.count == 1)
  }

  @Test func `the plan is what the run then asks`() async throws {
    let plan = try RunPlan(RunOptions(), store: scene.store, scene.dependencies(at: Scene.start))
    try await scene.run()
    let planned = plan.lines.filter { !$0.isFallback }.flatMap(\.requests)
    #expect(Set(scene.bourse.takeAsked()) == Set(planned))
  }
}
