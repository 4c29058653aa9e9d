/// The double exponential moving average, which lags less than one of its parts.
///
/// DEMA = 2 EMA − EMA of EMA. Degree: price. Warm-up: 2 (n − 1). Source: P. G. Mulloy, "Smoothing Data with Faster
/// Moving Averages" (1994); TA-Lib DEMA.
package struct DoubleExponentialAverage: PriceMeasure {
  private var first: ExponentialMovingAverage
  private var second: ExponentialMovingAverage
  private let period: Int

  /// - Parameter period: of both averages; at least 1.
  package init(period: Int) {
    self.period = period
    first = ExponentialMovingAverage(period: period)
    second = first
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// Both averages warm up one after the other.
  package var lookBacks: [Int] { [2 * (period - 1)] }

  /// The average with this price.
  package mutating func step(_ price: Double) -> Double? {
    guard let once = first.step(price), let twice = second.step(once) else { return nil }
    return 2 * once - twice
  }

  static let form = IndicatorForm(
    "dema", "double exponential moving average", formula: "2 ema - ema(ema)", source: "Mulloy 1994; TA-Lib DEMA",
    unit: "price", parameters: [.bars("period", 20)]
  ) { DoubleExponentialAverage(period: Int($0[0])) }
}
