/// The exponential moving average: each price moves it by the share 2 ÷ (n + 1) of the distance.
///
/// EMA = EMA′ + (p − EMA′) × 2 ÷ (n + 1), from the mean of the first n prices. Degree: price. Warm-up: n − 1, and
/// `delay` more. Source: TA-Lib EMA.
package struct ExponentialMovingAverage: PriceMeasure {
  private let period: Int
  private let delay: Int
  private let share: Double
  private var taken = 0
  private var sum = 0.0
  private var average = 0.0

  /// - Parameters:
  ///   - period: at least 1.
  ///   - delay: how many prices at the beginning are left out.
  package init(period: Int, delay: Int = 0) {
    precondition(period > 0 && delay >= 0, "an average is of prices")
    self.period = period
    self.delay = delay
    share = 2 / Double(period + 1)
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period, after the delay.
  package var lookBacks: [Int] { [delay + period - 1] }

  /// The average with this price.
  package mutating func step(_ price: Double) -> Double? {
    guard taken < delay + period else {
      average += (price - average) * share
      return average
    }
    taken += 1
    guard taken > delay else { return nil }
    sum += price
    guard taken == delay + period else { return nil }
    average = sum / Double(period)
    return average
  }

  /// The average, once it is one.
  var settled: Double? { taken < delay + period ? nil : average }

  /// Goes on from an average that had settled.
  mutating func resume(at settled: Double) { (taken, average) = (delay + period, settled) }

  static let form = IndicatorForm(
    "ema", "exponential moving average", formula: "e + (p - e) * 2 / (n + 1), from the mean of the first n",
    source: "TA-Lib EMA", unit: "price", parameters: [.bars("period", 20)]
  ) { ExponentialMovingAverage(period: Int($0[0])) }
}
