import GRDB
import Market
import SQLite
import Testing

@testable import Store

/// Bars that arrive by the thousand, which one statement takes from memory.
@Suite struct BarFeedTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private let many = (0..<StoredFacts.bulkRows).map { Bar(hour: $0, close: 100.1 + Double($0) / 7) }

  @Test func `thousands of bars are stored as they came`() throws {
    #expect(try rig.store(.bars(many), of: Known.bars) == StepCounts(new: many.count))
    #expect(try rig.store.snapshots.bars(of: rig.series(Known.bars).id, in: hours(0...many.count)) == many)
  }

  @Test(arguments: [
    Bar(openTime: .hour(5000), open: 5, high: 4, low: 3, close: 5, volume: 1),
    Bar(openTime: .hour(5000), open: 5, high: 6, low: 5.5, close: 6, volume: 1),
    Bar(openTime: .hour(5000), open: 5, high: 6, low: 4, close: 5, volume: -1),
    Bar(openTime: .hour(5000), open: 5, high: 6, low: .nan, close: 5, volume: 1),
    Bar(openTime: .hour(5000), open: 5, high: 6, low: 4, close: 5, volume: .nan),
    Bar(openTime: .hour(0), open: 5, high: 6, low: 4, close: 5, volume: 1),
  ])
  func `one among thousands that breaks a rule of the table leaves nothing behind`(bar: Bar) throws {
    let before = try rig.store.dump()
    #expect(throws: StoreError.self) { try rig.store(.bars(many + [bar]), of: Known.bars) }
    #expect(try rig.store.dump() == before)
  }

  @Test func `the table looks at its rows itself again afterwards`() throws {
    try rig.store(.bars(many), of: Known.bars)
    #expect(try rig.store.write { db in try db.rowChecks() } == .all)
    #expect(throws: StoreError.self) { try rig.store.tamper("UPDATE bar SET low = high + 1") }
  }

  @Test func `so it is where many answers of few bars each are stored together`() throws {
    let answers = try (0..<8).map { number in
      ReadAnswer(
        Reading(
          series: Known.bars,
          facts: .bars((0..<500).map { hour in Bar(hour: number * 500 + hour, close: number == 7 ? .nan : 100) }),
          refusals: [], covers: nil), from: try rig.fetch(from: Known.bars.provider), receivedAt: Rig.start)
    }
    let before = try rig.store.dump()
    #expect(throws: StoreError.self) { try rig.store.facts.store(answers) }
    #expect(try rig.store.dump() == before)
    #expect(try rig.store.facts.store(answers.dropLast()).count == 7)
    #expect(try rig.store.write { db in try db.rowChecks() } == .all)
  }

  @Test(arguments: [1, StoredFacts.bulkRows])
  func `few are looked at, too, while the table was told not to look`(count: Int) throws {
    let bad = Bar(openTime: .hour(5000), open: 5, high: 4, low: 3, close: 5, volume: 1)
    let before = try rig.rows("SELECT * FROM bar")
    #expect(throws: StoreError.self) {
      try rig.store.withoutLooking(at: [.references, .constraints]) {
        try rig.store(.bars(many.prefix(count - 1) + [bad]), of: Known.bars)
      }
    }
    #expect(try rig.rows("SELECT * FROM bar") == before)
    #expect(try rig.rows("PRAGMA foreign_keys") + rig.rows("PRAGMA ignore_check_constraints") == ["1", "0"])
  }

  @Test func `and so are those that replace others`() throws {
    try rig.store(.bars(many), of: Known.bars)
    let before = try rig.rows("SELECT * FROM bar")
    #expect(throws: StoreError.self) {
      try rig.store.withoutLooking(at: .constraints) {
        try rig.store(.bars([Bar(openTime: .hour(7), open: 5, high: 4, low: 3, close: 5, volume: 1)]), of: Known.bars)
      }
    }
    #expect(try rig.rows("SELECT * FROM bar") == before)
  }

  @Test(arguments: ["1", "NULL", "x'00'", "'bars'"])
  func `no value in SQL is taken for bars`(value: String) throws {
    #expect(try rig.rows("SELECT * FROM bar_feed(\(value))") == [])
    #expect(throws: StoreError.self) { try rig.rows("SELECT * FROM bar_feed") }
  }
}
