import Market
import Metrics
import Testing

@testable import Pipeline
@testable import Store

/// What is kept of the days of each series is what `Metrics` says over the whole of it, and costs what is new.
@Suite struct MeasureStepTests {
  private let file: DayFile

  init() throws { file = try DayFile() }

  private func expectSame(_ series: SeriesKey, _ closes: [Double]) throws {
    #expect(try file.values(series) == DayFile.values(of: closes))
  }

  @Test func `all days of all series of days are computed, chosen or not, and no hour`() throws {
    try file.tell(0..<700, of: DayFile.share)
    try file.tell(0..<300, of: DayFile.traded) { DayFile.price($0) + 1 }
    try file.tell(0..<30, of: DayFile.hours)
    #expect(try file.measure() == StepCounts(new: 1000))
    try expectSame(DayFile.share, (0..<700).map(DayFile.price))
    try expectSame(DayFile.traded, (0..<300).map { DayFile.price($0) + 1 })
    #expect(try file.values(DayFile.hours).isEmpty)
    #expect(try file.measure() == StepCounts())
  }

  @Test(arguments: [1, 199, 200, 201, 399, 400, 401, 599, 600, 777])
  func `a new day writes one row, and reads no further back than two blocks`(count: Int) throws {
    try file.tell(0..<count, of: DayFile.share)
    try file.measure()
    // What lies further back could say anything.
    if count > 600 {
      try file.store.tamper(
        "UPDATE bar SET (open, high, low, close) = (7, 7, 7, 7) WHERE open_time < \(day(count - 500))")
    }
    try file.tell(count..<count + 1, of: DayFile.share)
    #expect(try file.measure() == StepCounts(new: 1))
    try expectSame(DayFile.share, (0...count).map(DayFile.price))
  }

  @Test func `day by day the same comes of it as at once`() throws {
    for day in 0..<450 {
      try file.tell(day..<day + 1, of: DayFile.share)
      try file.measure()
    }
    try expectSame(DayFile.share, (0..<450).map(DayFile.price))
    #expect(try file.store.rows("SELECT position FROM indicator_checkpoint ORDER BY 1") == ["200", "400"])
  }

  @Test(arguments: [0, 199, 200, 250, 400, 401, 699])
  func `a restated day changes the rows from there on, and those alone`(restated: Int) throws {
    try file.tell(0..<700, of: DayFile.share)
    try file.measure()
    func price(_ day: Int) -> Double { day == restated ? 150 : DayFile.price(day) }
    try file.tell(0..<700, of: DayFile.share, price: price)
    let counts = try file.measure()
    #expect(counts.new == 0 && counts.changed + counts.unchanged == 700 - restated)
    try expectSame(DayFile.share, (0..<700).map(price))
    try file.tell(700..<900, of: DayFile.share, price: price)
    #expect(try file.measure() == StepCounts(new: 200))
    try expectSame(DayFile.share, (0..<900).map(price))
  }

  @Test func `an older day that comes later moves all behind it`() throws {
    try file.tell(0..<250, of: DayFile.share)
    try file.tell(251..<600, of: DayFile.share)
    try file.measure()
    try file.tell(250..<251, of: DayFile.share)
    #expect(try file.measure().new == 1)
    try expectSame(DayFile.share, (0..<600).map(DayFile.price))
  }

  @Test func `a split is undone in prices as traded, and those that are restated stay`() throws {
    func traded(_ day: Int) -> Double { DayFile.price(day) * (day < 300 ? 4 : 1) }
    try file.tell(0..<500, of: DayFile.traded, price: traded)
    try file.tell(0..<500, of: DayFile.share)
    try file.measure()
    try expectSame(DayFile.traded, (0..<500).map(traded))
    try file.split(4, on: 300)
    let counts = try file.measure()
    #expect(counts.new == 0 && counts.changed > 450 && counts.changed + counts.unchanged == 1000)
    try expectSame(DayFile.traded, (0..<500).map { traded($0) * ($0 < 300 ? 0.25 : 1) })
    try expectSame(DayFile.share, (0..<500).map(DayFile.price))
  }

  @Test func `a dividend moves nothing, and a split that is to come waits for its day`() throws {
    try file.tell(0..<300, of: DayFile.traded)
    try file.measure()
    try file.tell(
      .actions([CorporateAction(day: DayFile.first + 100, kind: .dividend, value: 1)]), of: DayFile.acts)
    #expect(try file.store.rows("SELECT * FROM indicator_due").isEmpty)
    try file.split(2, on: 310)
    #expect(try file.measure(on: 305).changed == 0)
    try expectSame(DayFile.traded, (0..<300).map(DayFile.price))
    #expect(try file.measure(on: 310).changed > 200)
    try expectSame(DayFile.traded, (0..<300).map { DayFile.price($0) / 2 })
    #expect(try file.measure(on: 311) == StepCounts())
  }

  @Test func `a price that is not above zero has no change from or to it`() throws {
    func price(_ day: Int) -> Double { day == 20 ? -37.63 : DayFile.price(day) }
    try file.tell(0..<60, of: DayFile.coin, price: price)
    try file.measure()
    try expectSame(DayFile.coin, (0..<60).map(price))
    #expect(
      try file.store.rows(
        """
        SELECT count(*), count(rsi), count(macd), count(sma_20), count(sma_50), count(sma_200), count(pct_change),
          count(return_1d) FROM indicator_value
        """) == ["60|46|27|41|11|0|57|57"])
  }

  @Test func `rows of days that are gone go with them`() throws {
    try file.tell(0..<50, of: DayFile.share)
    try file.measure()
    try file.store.tamper(
      "DELETE FROM bar WHERE open_time >= \(day(40)); INSERT INTO indicator_due VALUES (1, \(day(40)))")
    #expect(try file.measure() == StepCounts(changed: 10))
    try expectSame(DayFile.share, (0..<40).map(DayFile.price))
  }

  private func day(_ index: Int) -> Int64 { (DayFile.first + index).start.epochSeconds }
}
