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
    #expect(try rig.rows("PRAGMA ignore_check_constraints") == ["0"])
    #expect(throws: StoreError.self) { try rig.store.tamper("UPDATE bar SET low = high + 1") }
  }

  @Test(arguments: ["1", "NULL", "x'00'", "'bars'"])
  func `no value in SQL is taken for bars`(value: String) throws {
    #expect(try rig.rows("SELECT * FROM bar_feed(\(value))") == [])
    #expect(throws: StoreError.self) { try rig.rows("SELECT * FROM bar_feed") }
  }
}
