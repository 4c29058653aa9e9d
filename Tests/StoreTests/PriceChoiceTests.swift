import Market
import SQLite
import Testing

@testable import Store

@Suite struct PriceChoiceTests {
  let rig: Rig
  init() throws { rig = try Rig() }

  private func fill(_ key: SeriesKey, _ hours: ClosedRange<Int>, close: Double = 100) throws {
    try rig.store(.bars(hours.map { Bar(hour: $0, close: close) }), of: key)
  }

  private func choose(due: Int, run: RunID? = nil) throws -> SeriesKey? {
    try rig.store.catalogue.choosePrice(of: "BTC", interval: .hour1, due: .hour(due), run: run ?? rig.run)
  }

  @Test func `without a row there is no price`() throws {
    #expect(try choose(due: 5) == nil)
    #expect(try rig.store.catalogue.chosenPrice(of: "BTC", interval: .hour1) == nil)
  }

  @Test func `the first by priority that is complete to what is due is the price`() throws {
    try fill(Known.otherBars, 0...5)
    try fill(Known.bars, 0...5)
    #expect(try choose(due: 5) == Known.bars)
    #expect(try rig.store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key == Known.bars)
  }

  @Test func `a fallback is chosen while the first source is behind, and left when it is back`() throws {
    try fill(Known.bars, 0...5)
    #expect(try choose(due: 5) == Known.bars)
    try fill(Known.otherBars, 0...8)
    let second = try rig.store.runs.begin(command: "ingest", at: .hour(9), processID: 1, version: "test")
    #expect(try choose(due: 8, run: second) == Known.otherBars)
    try fill(Known.bars, 6...8)
    let third = try rig.store.runs.begin(command: "ingest", at: .hour(10), processID: 1, version: "test")
    #expect(try choose(due: 8, run: third) == Known.bars)
    #expect(try rig.rows("SELECT since_run_id FROM price_choice ORDER BY 1").count == 3)
  }

  @Test func `where nobody is complete the choice stays as it was`() throws {
    try fill(Known.otherBars, 0...5)
    #expect(try choose(due: 5) == Known.otherBars)
    try fill(Known.bars, 0...7)
    #expect(try choose(due: 9) == Known.otherBars)
  }

  @Test func `where nobody is complete and nothing was chosen, the one that reaches furthest is taken`() throws {
    try fill(Known.bars, 0...3)
    try fill(Known.otherBars, 0...5)
    #expect(try choose(due: 9) == Known.otherBars)
  }

  @Test func `of two that reach equally far the better one by priority is taken`() throws {
    try fill(Known.otherBars, 0...5)
    try fill(Known.bars, 0...5)
    #expect(try choose(due: 9) == Known.bars)
  }

  @Test func `choosing the same again writes nothing`() throws {
    try fill(Known.bars, 0...5)
    _ = try choose(due: 5)
    let before = try rig.store.dump()
    let later = try rig.store.runs.begin(command: "ingest", at: .hour(9), processID: 1, version: "test")
    _ = try choose(due: 5, run: later)
    #expect(try rig.store.dump() == before)
  }

  @Test func `another choice in the same run replaces the first`() throws {
    try fill(Known.otherBars, 0...5)
    _ = try choose(due: 5)
    try fill(Known.bars, 0...5)
    #expect(try choose(due: 5) == Known.bars)
    #expect(try rig.rows("SELECT count(*) FROM price_choice") == ["1"])
  }

  @Test func `the hourly view shows the chosen series only, with its day part and source`() throws {
    try fill(Known.bars, 7...8, close: 105.5)
    try fill(Known.otherBars, 0...23, close: 90)
    _ = try choose(due: 8)
    #expect(
      try rig.rows("SELECT * FROM ohlc_hourly ORDER BY ts_utc") == [
        "BTC|2026-03-02T07:00:00Z|100.0|105.5|100.0|105.5|1.0|ASIA|binance",
        "BTC|2026-03-02T08:00:00Z|100.0|105.5|100.0|105.5|1.0|EUROPE|binance",
      ])
  }

  @Test(arguments: [(0, "ASIA"), (7, "ASIA"), (8, "EUROPE"), (15, "EUROPE"), (16, "US"), (23, "US")])
  func `a bar belongs to the day part in which it opens`(hour: Int, part: String) throws {
    try fill(Known.bars, hour...hour)
    _ = try choose(due: hour)
    #expect(try rig.rows("SELECT session FROM ohlc_hourly") == [part])
  }
}
