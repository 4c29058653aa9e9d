import Market

/// Where an asset is heading, by two averages.
package enum Trend: String, CaseIterable, Hashable, Sendable {
  /// The close is above its average of 50, and that above the one of 200.
  case bullish = "Bullish"
  /// The close is below its average of 50, and that below the one of 200.
  case bearish = "Bearish"
  /// Neither.
  case neutral = "Neutral"
}

extension Trend: MeasureOutput {
  /// It has no other name.
  package static var names: [String] { [] }
  /// As a number: 1, −1 or 0.
  package func hand(to receive: (Double?) -> Void) { receive(self == .bullish ? 1 : self == .bearish ? -1 : 0) }
}

/// Tells the trend at each bar.
///
/// Rule: close > SMA 50 > SMA 200 is Bullish, close < SMA 50 < SMA 200 is Bearish, everything else Neutral. Degree: ratio.
/// Warm-up: 199.
package struct TrendRule: Measure {
  private var short = SimpleMovingAverage(period: 50)
  private var long = SimpleMovingAverage(period: 200)

  /// One that has seen nothing.
  package init() {}

  /// The close.
  package static var inputs: BarFields { .close }
  /// It compares prices.
  package static var degree: PriceDegree { .ratio }
  /// That of the longer average.
  package var lookBacks: [Int] { long.lookBacks }

  /// The trend at this bar.
  package mutating func step(_ bar: Bar) -> Trend? {
    let (short, long) = (short.step(bar.close), long.step(bar.close))
    guard let short, let long else { return nil }
    if bar.close > short, short > long { return .bullish }
    return bar.close < short && short < long ? .bearish : .neutral
  }
}
