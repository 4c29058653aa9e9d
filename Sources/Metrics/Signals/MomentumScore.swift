import Market

/// How strongly an asset rises, from 0 to 100; 50 is neither.
///
/// Rule: the mean of RSI 14 and of where the close lies between the lowest low (0) and the highest high (100) of the last 50
/// bars, 50 where both are the same. Degree: ratio. Warm-up: 49.
package struct MomentumScore: Measure {
  private var strength = RelativeStrengthIndex(period: 14)
  private var range = WindowFold<Extremes>(50)

  /// One that has seen nothing.
  package init() {}

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// A place.
  package static var degree: PriceDegree { .ratio }
  /// That of the range.
  package var lookBacks: [Int] { [49] }

  /// The score at this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    let (strength, range) = (strength.step(bar.close), range.take(Extremes(high: bar.high, low: bar.low)))
    guard let strength, let range else { return nil }
    guard range.highest > range.lowest else { return 50 }
    return (strength + 100 * range.place(of: bar.close)) / 2
  }
}
