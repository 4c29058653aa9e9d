/// The weighted moving average: the last of n prices counts n times, the first once.
///
/// WMA = (1 p₁ + 2 p₂ + … + n pₙ) ÷ (n (n + 1) ÷ 2). Degree: price. Warm-up: n − 1. Source: TA-Lib WMA.
package struct WeightedMovingAverage: PriceMeasure {
  private let period: Int
  private var window: WindowFold<RisingSum>

  /// - Parameter period: how many prices; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The weighted mean of the last prices.
  package mutating func step(_ price: Double) -> Double? {
    window.take(RisingSum(price)).map { $0.weighted / Double(period * (period + 1) / 2) }
  }

  static let form = IndicatorForm(
    "wma", "weighted moving average", formula: "(1 p1 + 2 p2 + … + n pn) / (n (n + 1) / 2)", source: "TA-Lib WMA",
    unit: "price", parameters: [.bars("period", 20)]
  ) { WeightedMovingAverage(period: Int($0[0])) }
}
