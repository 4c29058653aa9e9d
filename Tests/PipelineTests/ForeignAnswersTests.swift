import Market
import Testing

@testable import Pipeline
@testable import Store

/// Answers that contradict what was asked: nothing of them is stored, and no gap is proved.
@Suite struct ForeignAnswersTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  /// Rows as Binance prints them, the newest opening at the scene's newest hour.
  private func klines(every step: Int64, count: Int64) -> String {
    let rows = (0..<count).reversed().map { back -> String in
      let opens = (Instant.hour(0) - back * step).epochSeconds * 1000
      return #"[\#(opens),"5","6","4","5","1",\#(opens + step * 1000 - 1),"0",1,"0","0","0"]"#
    }
    return "[\(rows.joined(separator: ","))]"
  }

  private func expectNothing(_ report: RunReport) throws {
    #expect(report.step(Scene.bars)?.outcome == .failed)
    #expect(report.step(Scene.bars)?.reason == .shapeChanged)
    #expect(try scene.count(Scene.bars) == 0)
    #expect(try scene.store.gaps.all(of: Scene.bars) == [])
    #expect(try scene.store.judgement.quarantinedRows() == [])
    // The next exchange answers.
    #expect(report.step(Scene.otherBars)?.outcome == .done)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test(arguments: [(86_400, "1d"), (14_400, "4h"), (60, "1m"), (1800, "30m")] as [(Int64, String)])
  func `bars of another interval are of another shape`(step: Int64, name: String) async throws {
    let body = klines(every: step, count: 14)
    scene.bourse.change { $0.faults["binance"] = .answer(status: 200, body: body) }
    let report = try await scene.run { $0.only = [.prices] }
    #expect(
      report.step(Scene.bars)?.detail == "answer changed shape: expected rows 1h apart, found rows \(name) apart")
    try expectNothing(report)
  }

  @Test func `a series that was whole keeps its rows and has no gap`() async throws {
    try await scene.run { $0.only = [.prices] }
    let body = klines(every: 86_400, count: 3)
    scene.bourse.change { $0.faults["binance"] = .answer(status: 200, body: body) }
    let report = try await scene.run(at: Scene.start + 3600) { $0.only = [.prices] }
    #expect(report.step(Scene.bars)?.reason == .shapeChanged)
    #expect(try scene.count(Scene.bars) == 336)
    #expect(try scene.store.gaps.all(of: Scene.bars).filter(\.reason.isProven) == [])
  }

  @Test func `a timestamp of zero stores nothing and proves no gap`() async throws {
    let today = Scene.start.day.start.epochSeconds
    let entries = [today, today - 86_400, 0].map {
      #"{"value":"30","value_classification":"Fear","timestamp":"\#($0)"}"#
    }
    let body = #"{"data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#
    scene.bourse.change { $0.faults["alternative.me"] = .answer(status: 200, body: body) }
    try await scene.run { $0.only = [.sentiment] }
    #expect(try scene.count(Scene.mood) == 2)
    #expect(try scene.store.gaps.all(of: Scene.mood).map(\.missing).reduce(0, +) <= 30)
    #expect(try scene.store.catalogue.series(Scene.mood)?.extent?.lowerBound == Scene.start.day.start - 86_400)
    #expect(try scene.store.judgement.quarantinedRows().map(\.reason) == [.wrongTime])
    #expect(try Rebuilt(scene.store).faults == [])
  }

  /// The clock of the run stands a day behind that of the provider.
  @Test func `a day that had not begun by our clock waits for nobody once it is stored`() async throws {
    let today = Scene.start.day.start.epochSeconds
    let entries = [today + 86_400, today].map { #"{"value":"30","value_classification":"Fear","timestamp":"\#($0)"}"# }
    let body = #"{"data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#
    scene.bourse.change { $0.faults["alternative.me"] = .answer(status: 200, body: body) }
    try await scene.run { $0.only = [.sentiment] }
    #expect(try scene.store.judgement.flagCounts().refused == 1)
    scene.bourse.change { $0.faults = [:] }
    try await scene.run(at: Scene.start + 86_400) { $0.only = [.sentiment] }
    #expect(try scene.store.judgement.flagCounts().refused == 0)
    #expect(try scene.store.judgement.quarantinedRows() == [])
    #expect(try Rebuilt(scene.store).faults == [])
  }
}
