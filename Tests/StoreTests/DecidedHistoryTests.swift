import GRDB
import Market
import SQLite
import Testing

@testable import Store

/// A value that a decision took the place of, as one that takes back an import will write it.
@Suite struct DecidedHistoryTests {
  let rig: Rig

  /// 100 was first, then 101 by an answer, then 102 by a decision.
  init() throws {
    rig = try Rig()
    for (close, hour) in [(100.0, 1), (101, 2)] {
      let reading = Reading(series: Known.bars, facts: .bars([Bar(hour: 0, close: close)]), refusals: [], covers: nil)
      _ = try rig.store.facts.store(reading, from: try rig.fetch(at: .hour(hour)), step: nil, at: .hour(hour))
    }
    try rig.store.tamper(
      """
      INSERT INTO decision (decided_at, kind, subject) VALUES (\(Instant.hour(3).epochSeconds), 'import.undo', 'x');
      INSERT INTO bar_restatement (series_id, open_time, replaced_by_decision_id, replaced_at, open, high, low, close,
        volume, fetch_id)
      SELECT series_id, open_time, 1, \(Instant.hour(3).epochSeconds), open, high, low, close, volume, fetch_id FROM bar;
      UPDATE bar SET close = 102, high = 102
      """)
  }

  @Test func `the row tells what replaced each of its earlier values`() throws {
    let fact = try #require(
      try rig.store.past.fact(of: try rig.series(Known.bars), under: FactKey(.instant(.hour(0)))))
    #expect(fact.value(of: .close) == .number(102))
    #expect(fact.earlier.map(\.replacedBy) == [.answer(FetchID(2)), .decision(DecisionID(1))])
    #expect(fact.earlier.map(\.replacedBy.description) == ["fetch 2", "decision 1"])
    #expect(fact.earlier.map { $0.values[3] } == [.number(100), .number(101)])
  }

  @Test func `each change tells what came next`() throws {
    let changes = try rig.store.past.changes(ChangeSelection(limit: 10)).changes
    #expect(changes.map(\.replacedBy) == [.decision(DecisionID(1)), .answer(FetchID(2))])
    let closes = changes.map { change in change.figures.first { $0.field == .close } }
    #expect(closes.map { $0?.old } == [.number(101), .number(100)])
    #expect(closes.map { $0?.new } == [.number(102), .number(101)])
    let figures = try rig.store.past.restatedFigures(in: hours(0...0)).filter { $0.field == "close" }
    #expect(figures.map(\.new) == [101, 102])
  }

  @Test func `what a decision replaced is history from the decision on, and not before`() throws {
    let folder = try TemporaryFolder()
    try rig.store.copy(to: folder.file("copy.db"))
    func replaced(asOf hour: Int) throws -> [String] {
      try Store.reading(folder.file("copy.db"), asOf: .hour(hour)).rows(
        "SELECT close FROM bar_restatement ORDER BY replaced_at")
    }
    #expect(try replaced(asOf: 1) == [])
    #expect(try replaced(asOf: 2) == ["100.0"])
    #expect(try replaced(asOf: 3) == ["100.0", "101.0"])
  }
}
