import Market
import Testing

@testable import Metrics

/// Measures that TA-Lib does not have, by examples that can be followed by hand.
@Suite struct WorkedExampleTests {
  /// Bars an hour apart: high, low, close, volume.
  private func bars(_ rows: [(Double, Double, Double, Double)]) -> [Bar] {
    rows.enumerated().map { index, row in
      Bar(
        openTime: GoldenSeries.start + Int64(index) * 3600, open: row.2, high: row.0, low: row.1, close: row.2,
        volume: row.3)
    }
  }

  private var five: [Bar] {
    bars([(12, 9, 10, 100), (14, 11, 13, 300), (13, 10, 11, 0), (18, 12, 17, 200), (17, 15, 16, 400)])
  }

  @Test func `Donchian's channel is the highest high and the lowest low`() {
    let values = DonchianChannel(period: 3).values(over: five)
    #expect(values[1] == nil)
    #expect(values[2] == .init(upper: 14, middle: 11.5, lower: 9))
    #expect(values[3] == .init(upper: 18, middle: 14, lower: 10))
    #expect(values[4] == .init(upper: 18, middle: 14, lower: 10))
  }

  @Test func `Keltner's channel is an average and ranges about it`() throws {
    // True ranges 4, 3, 7, 2 (bar by bar: 14 − 10, 13 − 10, 18 − 11, 17 − 15). ATR 2: 3.5, 5.25, 3.625.
    // EMA 3 from the mean of 10, 13, 11: 34/3, then (34/3 + 17) / 2 = 85/6, then (85/6 + 16) / 2 = 181/12.
    let values = KeltnerChannel(period: 3, range: 2, width: 2).values(over: five)
    #expect(values[1] == nil)
    let third = try #require(values[2])
    #expect(isClose(third.middle, 34.0 / 3) && isClose(third.upper, 34.0 / 3 + 7) && isClose(third.lower, 34.0 / 3 - 7))
    let last = try #require(values[4])
    #expect(isClose(last.middle, 181.0 / 12) && isClose(last.upper, 181.0 / 12 + 7.25))
  }

  @Test func `Ichimoku's cloud at a bar is what was known the middle period before`() throws {
    // Middles over 2: –, 11.5, 12, 14, 15; over 3: –, –, 11.5, 14, 14; over 4: –, –, –, 13.5, 14.
    let rows = five + bars([(16, 14, 15, 1), (20, 14, 19, 1)])
    let values = IchimokuCloud(short: 2, middle: 3, long: 4).values(over: rows)
    #expect(values[0] == nil)
    #expect(values[1] == .init(conversion: 11.5, base: nil, spanA: nil, spanB: nil))
    #expect(values[4] == .init(conversion: 15, base: 14, spanA: nil, spanB: nil))
    // Of bar 2: (12 + 11.5) / 2.
    #expect(values[5] == .init(conversion: 15.5, base: 15, spanA: 11.75, spanB: nil))
    // Of bar 3: (14 + 14) / 2 and 13.5.
    #expect(values[6] == .init(conversion: 17, base: 17, spanA: 14, spanB: 13.5))
  }

  @Test func `the average price of a day weighs each bar by its volume and begins anew at midnight`() throws {
    // Typical prices 31/3, 38/3, 34/3, 47/3, 16.
    let start = try instant("2025-09-19T21:00:00Z")
    let moved = five.enumerated().map { index, bar in
      Bar(
        openTime: start + Int64(index) * 3600, open: bar.open, high: bar.high, low: bar.low, close: bar.close,
        volume: bar.volume)
    }
    let values = AnchoredVWAP().values(over: moved)
    #expect(isClose(values[1], 145.0 / 12))
    #expect(values[2] == values[1])
    #expect(isClose(values[3], 47.0 / 3))
    #expect(isClose(values[4], 143.0 / 9))
  }

  @Test func `an average price of bars without volume is missing`() {
    let still = bars([(12, 9, 10, 0), (14, 11, 13, 0), (13, 10, 11, 5)])
    #expect(AnchoredVWAP().values(over: still).map { $0 == nil } == [true, true, false])
    let rolling = RollingVWAP(period: 2).values(over: still)
    #expect(rolling.map { $0 == nil } == [true, true, false])
    #expect(isClose(rolling[2], 34.0 / 3))
  }

  @Test func `a rate of change from a price that is not above zero is missing`() {
    let values = RateOfChange(period: 1).values(over: [4, 5, 0, 3, -2, 4])
    let lost: Double = (-2.0 / 3 - 1) * 100
    #expect(values == [nil, 25, -100, nil, lost, nil])
  }

  @Test func `a range in per cent of a price that is not above zero is missing`() {
    let values = NormalisedTrueRange(period: 1).values(over: bars([(2, 1, 1, 0), (1, -1, -1, 0), (3, -1, 2, 0)]))
    #expect(values == [nil, nil, 200])
  }

  @Test func `two prices of which one stands still have no correlation, and nothing moves for it`() {
    let pairs = (0..<6).map { PricePair(asset: Double($0 + 1), benchmark: 5) }
    #expect(Correlation(period: 3).values(over: pairs).allSatisfy { $0 == nil })
    #expect(Beta(period: 3).values(over: pairs).allSatisfy { $0 == nil })
  }

  @Test func `an asset that moves twice as much as its benchmark has a beta of two`() throws {
    let returns = [0.01, -0.02, 0.03, 0.005, -0.01]
    var pair = PricePair(asset: 50, benchmark: 100)
    let pairs =
      [pair]
      + returns.map { step in
        pair = PricePair(asset: pair.asset * (1 + 2 * step), benchmark: pair.benchmark * (1 + step))
        return pair
      }
    let beta = Beta(period: 5).values(over: pairs)
    #expect(beta.dropLast().allSatisfy { $0 == nil })
    #expect(isClose(try #require(beta.last), 2, within: 1e-9))
    let correlation = Correlation(period: 3).values(over: [1, 2, 3].map { PricePair(asset: -$0, benchmark: $0) })
    #expect(correlation == [nil, nil, -1])
  }

  @Test func `a beta does not know steps from prices that are not above zero`() {
    let prices: [Double] = [1, 2, 0, 1, 2, 3, 5]
    let pairs = prices.map { PricePair(asset: $0, benchmark: $0 + 1) }
    // The step from 0 is the third; windows of two steps are whole again from the sixth price on.
    #expect(Beta(period: 2).values(over: pairs).map { $0 != nil } == [false, false, true, false, false, true, true])
  }
}
