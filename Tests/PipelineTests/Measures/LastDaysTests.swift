import Market
import Metrics
import Testing

@testable import Pipeline
@testable import Store

/// How much the last days of each price move, and how closely those of two move along with each other.
@Suite struct LastDaysTests {
  private let file: DayFile

  init() throws { file = try DayFile() }

  private func other(_ day: Int) -> Double { 200 - DayFile.price(day * 3) / 2 }
  private var volatility: [String] {
    get throws { try file.store.rows("SELECT symbol, as_of_date, volatility_30d, observations FROM vw_volatility_30d") }
  }
  private var correlation: [String] {
    get throws {
      try file.store.rows("SELECT symbol_a, symbol_b, as_of_date, correlation, observations FROM vw_correlation_90d")
    }
  }

  @Test func `it is the deviation of the last thirty returns, by the market's days of a year`() throws {
    try file.tell(0..<100, of: DayFile.share)
    try file.tell(0..<100, of: DayFile.coin, price: other)
    try file.measure()
    let days = 69..<100
    let share = Metrics.volatility(
      ofLogReturns: logReturns(ofPrices: days.map(DayFile.price)), periodsPerYear: 252)
    let coin = Metrics.volatility(ofLogReturns: logReturns(ofPrices: days.map(other)), periodsPerYear: 365)
    let last = DayFile.first + 99
    #expect(try Set(volatility) == ["ACME|\(last)|\(share ?? 0)|30", "BTC|\(last)|\(coin ?? 0)|30"])
  }

  @Test func `with fewer days there is none, and a price that is not above zero is counted out`() throws {
    try file.tell(0..<30, of: DayFile.share)
    try file.tell(0..<40, of: DayFile.coin) { $0 == 25 ? -1 : DayFile.price($0) }
    try file.measure()
    let rows = try file.store.rows(
      "SELECT symbol, volatility_30d IS NULL, observations FROM vw_volatility_30d ORDER BY 1")
    #expect(rows == ["ACME|1|29", "BTC|0|28"])
  }

  @Test func `two assets are compared over the days that both have in ninety`() throws {
    // The share rests two days of seven, and ends before the coin does.
    let open = (0..<200).filter { $0 % 7 > 1 }
    for day in open { try file.tell(day..<day + 1, of: DayFile.share) }
    try file.tell(0..<210, of: DayFile.coin, price: other)
    try file.measure()
    let common = open.filter { $0 > 199 - 90 }
    func closes(_ price: (Int) -> Double) -> DatedReturns {
      DatedReturns(common.map { DatedClose(time: (DayFile.first + $0).start, close: price($0)) })
    }
    let days = DayFile.first.start...(DayFile.first + 199).start
    let found = try #require(PairCorrelation(closes(DayFile.price), closes(other), in: days, minimum: 30))
    #expect(found.observations == common.count - 1)
    #expect(try correlation == ["ACME|BTC|\(DayFile.first + 199)|\(found.value)|\(found.observations)"])
  }

  @Test func `a series that ended long ago is compared over its own last days`() throws {
    try file.tell(0..<200, of: DayFile.share)
    try file.tell(0..<600, of: DayFile.coin, price: other)
    try file.measure()
    #expect(try correlation.map { $0.prefix(19) } == ["ACME|BTC|\(DayFile.first + 199)".prefix(19)])
    #expect(try correlation.first?.hasSuffix("|89") == true)
  }

  @Test func `under thirty returns there is none`() throws {
    try file.tell(0..<30, of: DayFile.share)
    try file.tell(0..<60, of: DayFile.coin, price: other)
    try file.measure()
    #expect(try correlation.isEmpty)
    try file.tell(30..<31, of: DayFile.share)
    try file.measure()
    #expect(try correlation.first?.hasSuffix("|30") == true)
  }

  @Test func `another choice of price takes the place of the one before`() throws {
    try file.tell(0..<100, of: DayFile.traded) { DayFile.price($0) + 1 }
    try file.tell(0..<100, of: DayFile.coin, price: other)
    try file.measure()
    let before = try (volatility, correlation)
    try file.tell(0..<100, of: DayFile.share)
    try file.measure()
    #expect(try volatility != before.0 && correlation != before.1)
    #expect(try volatility.count == 2 && correlation.count == 1)
    #expect(try file.store.rows("SELECT count(*) FROM series_volatility") == ["2"])
    // The same by the days alone.
    let at = try file.store.rows("SELECT series_id FROM series_volatility ORDER BY 1")
    #expect(try at.first == file.store.catalogue.series(DayFile.share).map { "\($0.id.rawValue)" })
  }
}
