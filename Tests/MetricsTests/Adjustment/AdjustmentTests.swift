import Market
import Metrics
import Testing

@Suite struct AdjustmentTests {
  /// Five sessions as traded: a dividend of 1 on the third, two new shares for one on the fifth.
  private let bars = [(2, 100.0), (3, 101), (4, 99), (5, 102), (6, 50)].map { day, close in
    Bar(
      openTime: Day(year: 2025, month: 6, day: day)?.start ?? Instant(epochSeconds: 0), open: close, high: close + 2,
      low: close - 2, close: close, volume: 10)
  }
  private func acts() throws -> [CorporateAction] {
    [
      CorporateAction(day: try day("2025-06-06"), kind: .split, value: 2),
      CorporateAction(day: try day("2025-06-04"), kind: .dividend, value: 1),
    ]
  }

  private func series(
    _ basis: PriceBasis = .asTraded, _ method: DividendMethod = .yahoo, _ unit: DividendUnit = .asDeclared
  ) -> AdjustedSeries {
    AdjustedSeries(basis: basis, interval: .day1, calendar: .nyse, method: method, unit: unit)
  }

  private func factors(
    _ wanted: Adjustment, _ series: AdjustedSeries, _ bars: [Bar], _ acts: [CorporateAction]
  ) -> AdjustmentFactors {
    AdjustmentFactors(wanted, of: series, acts: acts, close: bars.lastClose)
  }

  private func closes(_ wanted: Adjustment, _ series: AdjustedSeries, _ bars: [Bar], _ acts: [CorporateAction])
    -> [Double]
  {
    factors(wanted, series, bars, acts).adjusted(bars).map(\.close)
  }

  @Test func `splits divide the prices before them and multiply the volumes`() throws {
    let adjusted = try factors(.splits, series(), bars, acts()).adjusted(bars)
    #expect(adjusted.map(\.close) == [50, 50.5, 49.5, 51, 50])
    #expect(adjusted.map(\.volume) == [20, 20, 20, 20, 10])
    #expect(adjusted[0].high == 51)
    #expect(adjusted[0].low == 49)
  }

  @Test func `a dividend lowers what was paid before it by its share of the close before`() throws {
    let factor = 1 - 1 / 101.0
    let adjusted = try closes(.all, series(), bars, acts())
    #expect(zip(adjusted, [50 * factor, 50.5 * factor, 49.5, 51, 50]).allSatisfy { isClose($0, $1) })
  }

  @Test func `the other method divides the ex-day's close by itself and the dividend`() throws {
    let factor = 99 / 100.0
    let adjusted = try closes(.all, series(.asTraded, .alphaVantage), bars, acts())
    #expect(zip(adjusted, [50 * factor, 50.5 * factor, 49.5, 51, 50]).allSatisfy { isClose($0, $1) })
  }

  @Test(arguments: PriceBasis.allCases, [DividendMethod.yahoo, .alphaVantage])
  func `whatever a series holds, each adjustment gives the same`(basis: PriceBasis, method: DividendMethod) throws {
    let acts = try acts()
    let asTraded = series(.asTraded, method)
    let held: Adjustment =
      switch basis {
      case .asTraded: .none
      case .splitAdjusted: .splits
      case .adjusted: .all
      }
    let stored = factors(held, asTraded, bars, acts).adjusted(bars)
    for wanted in Adjustment.allCases {
      let expected = factors(wanted, asTraded, bars, acts).adjusted(bars)
      let found = factors(wanted, series(basis, method), stored, acts).adjusted(stored)
      #expect(zip(found, expected).allSatisfy { isClose($0.close, $1.close) && isClose($0.low, $1.low) })
      #expect(found.map(\.volume) == expected.map(\.volume))
    }
  }

  @Test func `a dividend that was restated for the split is half of the declared one`() throws {
    let declared = try acts()
    let restated = [declared[0], CorporateAction(day: declared[1].day, kind: .dividend, value: 0.5)]
    let series = series(.asTraded, .yahoo, .splitAdjusted)
    #expect(closes(.all, series, bars, restated) == closes(.all, self.series(), bars, declared))
  }

  @Test func `money on the day of a split is counted in new shares`() throws {
    let acts = [
      CorporateAction(day: try day("2025-06-06"), kind: .split, value: 2),
      CorporateAction(day: try day("2025-06-06"), kind: .dividend, value: 0.51),
    ]
    #expect(isClose(closes(.all, series(), bars, acts)[3], 51 * (1 - 0.51 / 51)))
  }

  @Test func `dividends and gains of one day are one payment`() throws {
    let day = try day("2025-06-04")
    let one = [CorporateAction(day: day, kind: .dividend, value: 3)]
    let two = [
      CorporateAction(day: day, kind: .dividend, value: 1), CorporateAction(day: day, kind: .capitalGain, value: 2),
    ]
    #expect(closes(.all, series(), bars, two) == closes(.all, series(), bars, one))
  }

  @Test func `money that cannot be heeded is told and changes nothing`() throws {
    let acts = [
      CorporateAction(day: try day("2025-06-04"), kind: .dividend, value: 1, currency: "VND"),
      CorporateAction(day: try day("2025-06-05"), kind: .dividend, value: 500),
      CorporateAction(day: try day("2025-05-01"), kind: .dividend, value: 1),
    ]
    let factors = factors(.all, series(), bars, acts)
    #expect(factors.unheeded == [acts[2], acts[0], acts[1]])
    #expect(factors.adjusted(bars) == bars)
  }

  @Test func `what is stored as wanted is multiplied by one`() throws {
    #expect(try factors(.all, series(.adjusted), bars, acts()).steps.allSatisfy { $0.price == 1 && $0.volume == 1 })
    #expect(try factors(.splits, series(.splitAdjusted), bars, acts()).adjusted(bars) == bars)
    #expect(factors(.all, series(), bars, []).isEmpty)
  }

  @Test func `within the day an act counts from midnight in New York`() throws {
    let series = AdjustedSeries(
      basis: .asTraded, interval: .hour1, calendar: .nyse, method: .yahoo, unit: .asDeclared)
    // The hour before the close of the fifth, one after hours, one before the market opens on the sixth.
    let hours = try ["2025-06-05T19:30:00Z", "2025-06-06T00:30:00Z", "2025-06-06T12:00:00Z"].map {
      Bar(openTime: try instant($0), open: 8, high: 8, low: 8, close: 8, volume: 1)
    }
    #expect(try closes(.splits, series, hours, acts()) == [4, 4, 8])
  }

  @Test func `a week with acts counts as after them`() throws {
    let series = AdjustedSeries(
      basis: .asTraded, interval: .week1, calendar: .nyse, method: .yahoo, unit: .asDeclared)
    let weeks = try ["2025-05-26", "2025-06-02"].map {
      Bar(openTime: try day($0).start, open: 100, high: 100, low: 100, close: 100, volume: 1)
    }
    let factors = try factors(.all, series, weeks, acts())
    #expect(factors.steps.count == 1)
    #expect(zip(factors.adjusted(weeks).map(\.close), [49.5, 100]).allSatisfy { isClose($0, $1) })
  }
}
