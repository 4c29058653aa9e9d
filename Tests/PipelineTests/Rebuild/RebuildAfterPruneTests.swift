import Market
import Retention
import Testing

@testable import Pipeline
@testable import Store

/// What `prune` removes of the record of real runs, and that a rebuild does not miss it.
@Suite struct RebuildAfterPruneTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  private let late = Scene.start + 400 * 86_400

  private func liveThroughErrors() async throws {
    try await scene.run()
    scene.bourse.change {
      $0.faults = [
        "binance": .answer(status: 500, body: "we are down, and this is a long page that says so"),
        "coinbase": .answer(status: 403, body: "forbidden"),
        "alternative.me": .answer(status: 200, body: "<html>half"),
      ]
    }
    try await scene.run(at: Scene.start + 5 * 3600)
    scene.bourse.change { $0.faults = ["alternative.me": .answer(status: 404, body: "not here")] }
    try await scene.run(at: Scene.start + 26 * 3600)
    scene.bourse.change { $0.faults = [:] }
    try await scene.run(at: Scene.start + 50 * 3600)
  }

  @Test func `the bodies of errors go, an odd answer of a good status stays, and the rebuilt file is the same`()
    async throws
  {
    try await liveThroughErrors()
    let errors = try scene.store.rows(
      "SELECT status FROM fetch WHERE status >= 400 AND body_id IS NOT NULL ORDER BY status")
    #expect(Set(errors).isSuperset(of: ["403", "404", "500"]))
    let facts = try scene.store.rows("SELECT count(*) FROM bar")
    let found = try scene.store.prune(before: late)
    #expect(found.bodies.contains { $0.kind == .error && $0.count == 3 && $0.bytes > 0 }, "\(found)")
    #expect(try scene.store.rows("SELECT count(*) FROM fetch WHERE status >= 400 AND body_id IS NOT NULL") == ["0"])
    #expect(
      try scene.store.rows(
        "SELECT count(*) FROM fetch WHERE status = 200 AND read_outcome LIKE 'unreadable:%' AND body_id IS NOT NULL")
        == ["1"])
    #expect(try scene.store.rows("SELECT count(*) FROM bar") == facts)
    #expect(try scene.store.brokenReferences() == [])
    #expect(try scene.store.prunable(before: late).bodies.isEmpty)
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.total == 0)
    #expect(try rebuilt.store.dump() == scene.store.dump())
  }

  @Test func `runs after that go on as if nothing had gone`() async throws {
    try await liveThroughErrors()
    _ = try scene.store.prune(before: late)
    try await scene.run(at: Scene.start + 80 * 3600)
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.faults == [])
  }
}
