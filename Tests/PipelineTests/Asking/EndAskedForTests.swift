import Market
import Pipeline
import Testing

@testable import Store

/// What was whole when somebody asked for the end of a run.
@Suite struct EndAskedForTests {
  private let scene: Scene
  init() throws { scene = try Scene() }

  /// One run of the index; the task that asks for it is cancelled once its answer is there.
  private func cancelledRun() async throws -> RunReport {
    var options = RunOptions()
    options.only = [.sentiment]
    return try await Ingest(
      store: scene.store,
      Ingest.Dependencies(
        providers: Scene.providers, transport: scene.bourse, clock: .standing(at: Scene.start), quotas: { [] },
        keyed: [],
        command: "ingest", version: "test", processID: 1, closing: [],
        onEvent: { event in
          if case .progressed = event { withUnsafeCurrentTask { $0?.cancel() } }
        })
    ).run(options)
  }

  @Test func `a series that was answered in full is done, and is not asked for again`() async throws {
    let report = try await cancelledRun()
    #expect(report.step(Scene.mood)?.outcome == .done)
    _ = scene.bourse.takeAsked()
    #expect(try await scene.run { $0.only = [.sentiment] }.isNothingDue)
    #expect(scene.bourse.takeAsked() == [])
  }
}
