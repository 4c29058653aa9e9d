/// The standard deviation of the last `period` prices, as of a whole population (divided by n).
///
/// σ = √(Σ (p − mean)² ÷ n). Degree: price. Warm-up: n − 1. Source: TA-Lib STDDEV, which takes one square from another and
/// so loses half of the digits; here distances from the mean of each window are joined (`Moments`).
package struct StandardDeviation: PriceMeasure {
  private let period: Int
  private var window: WindowFold<Moments>

  /// - Parameter period: how many prices; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The deviation of the last prices.
  package mutating func step(_ price: Double) -> Double? { window.take(Moments(price)).map(\.populationDeviation) }

  static let form = IndicatorForm(
    "stddev", "standard deviation of prices", formula: "root of the mean of (p - mean)^2", source: "TA-Lib STDDEV",
    unit: "price", parameters: [.bars("period", 20)]
  ) { StandardDeviation(period: Int($0[0])) }
}
