import Market
import Testing

@testable import Metrics

@Suite struct SignalTests {
  private func bars(_ closes: [Double], spread: Double = 1) -> [Bar] {
    closes.enumerated().map { index, close in
      Bar(
        openTime: GoldenSeries.start + Int64(index) * 86_400, open: close, high: close + spread, low: close - spread,
        close: close, volume: 1)
    }
  }

  @Test func `a price that rises for long is bullish, one that falls bearish, one that stands neither`() {
    let rising = (0..<220).map { 100 + Double($0) }
    #expect(AssetSignals(bars(rising)).trend == .bullish)
    #expect(AssetSignals(bars(rising.reversed())).trend == .bearish)
    #expect(AssetSignals(bars(Array(repeating: 100, count: 220))).trend == .neutral)
    // High above both averages, of which the short one is still the lower one.
    let turned = rising.reversed() + Array(repeating: 400, count: 5)
    #expect(AssetSignals(bars(turned)).trend == .neutral)
  }

  @Test func `before two hundred bars there is no trend`() {
    let trends = TrendRule().values(over: bars((0..<201).map { 100 + Double($0) }))
    #expect(trends[198] == nil && trends[199] == .bullish)
  }

  @Test func `support and resistance are the nearest turns about the close`() {
    // Turns at 120 (up), 90 (down), 110 (up), then 100.
    let legs: [Double] =
      stride(from: 100, through: 120, by: 2).map { $0 } + stride(from: 117, through: 90, by: -3).map { $0 }
      + stride(from: 92, through: 110, by: 2).map { $0 } + stride(from: 109, through: 100, by: -1).map { $0 }
    let signals = AssetSignals(bars(legs))
    #expect(signals.support == 89)
    #expect(signals.resistance == 111)
  }

  @Test func `a turn is known five bars later, and forgotten after a hundred and twenty`() {
    let hill: [Double] = [100, 101, 102, 103, 104, 109, 104, 103, 102, 101, 100]
    let flat = Array(repeating: 100.5, count: 130)
    let values = PivotLevels().values(over: bars(hill + flat, spread: 0))
    #expect(values[9] == nil)
    #expect(values[10]?.resistance == 109)
    // The turn was the sixth bar.
    #expect(values[124]?.resistance == 109)
    #expect(values[125]?.resistance == nil)
  }

  @Test func `momentum is high at the top of a rise, low at the bottom of a fall`() throws {
    let rising = (0..<60).map { 100 + Double($0) }
    let top = try #require(AssetSignals(bars(rising)).momentum)
    let bottom = try #require(AssetSignals(bars(rising.reversed())).momentum)
    #expect(top > 95 && top <= 100)
    #expect(bottom < 5 && bottom >= 0)
    #expect(AssetSignals(bars(Array(repeating: 7, count: 60), spread: 0)).momentum == 50)
    #expect(AssetSignals(bars(Array(rising.prefix(49)))).momentum == nil)
  }

  @Test func `the regime is told by ranges first, then by direction`() {
    let trending = (0..<150).map { 100 + Double($0) * 3 }
    let ranging = (0..<150).map { 100 + Double($0 % 2) }
    #expect(AssetSignals(bars(trending)).regime == .trending)
    #expect(AssetSignals(bars(ranging)).regime == .ranging)
    let turbulent = bars(ranging) + bars((0..<20).map { 100 + Double($0 % 2) * 9 })
    #expect(AssetSignals(turbulent).regime == .turbulent)
    #expect(AssetSignals(bars(Array(ranging.prefix(113)))).regime == nil)
  }

  @Test func `of no bars nothing is said`() {
    let signals = AssetSignals([])
    #expect(signals.trend == nil && signals.momentum == nil && signals.regime == nil && signals.support == nil)
  }

  @Test(arguments: [-8, 5])
  func `the unit of the price changes no signal but the levels`(power: Int) throws {
    let factor = Double(sign: .plus, exponent: power, significand: 1)
    let bars = try GoldenSeries.bars("wander")
    let scaled = bars.map {
      Bar(
        openTime: $0.openTime, open: $0.open * factor, high: $0.high * factor, low: $0.low * factor,
        close: $0.close * factor, volume: $0.volume)
    }
    let (plain, other) = (AssetSignals(bars), AssetSignals(scaled))
    #expect(other.trend == plain.trend && other.regime == plain.regime && other.momentum == plain.momentum)
    #expect(other.support == plain.support.map { $0 * factor })
    #expect(other.resistance == plain.resistance.map { $0 * factor })
  }
}
