/// The triple exponential moving average, which lags less still than the double one.
///
/// TEMA = 3 EMA − 3 EMA of EMA + EMA of EMA of EMA. Degree: price. Warm-up: 3 (n − 1). Source: P. G. Mulloy, "Smoothing
/// Data with Faster Moving Averages" (1994); TA-Lib TEMA.
package struct TripleExponentialAverage: PriceMeasure {
  private var first: ExponentialMovingAverage
  private var second: ExponentialMovingAverage
  private var third: ExponentialMovingAverage
  private let period: Int

  /// - Parameter period: of all three averages; at least 1.
  package init(period: Int) {
    self.period = period
    first = ExponentialMovingAverage(period: period)
    second = first
    third = first
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// The averages warm up one after the other.
  package var lookBacks: [Int] { [3 * (period - 1)] }

  /// The average with this price.
  package mutating func step(_ price: Double) -> Double? {
    guard let once = first.step(price), let twice = second.step(once), let thrice = third.step(twice)
    else { return nil }
    return 3 * once - 3 * twice + thrice
  }

  static let form = IndicatorForm(
    "tema", "triple exponential moving average", formula: "3 ema - 3 ema(ema) + ema(ema(ema))",
    source: "Mulloy 1994; TA-Lib TEMA", unit: "price", parameters: [.bars("period", 20)]
  ) { TripleExponentialAverage(period: Int($0[0])) }
}
