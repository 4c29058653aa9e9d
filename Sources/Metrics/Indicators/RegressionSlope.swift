/// The slope of the straight line that fits the last `period` prices best, a bar.
///
/// b = Σ (i − mean i)(p − mean p) ÷ Σ (i − mean i)². Degree: price. Warm-up: n − 1. Source: least squares; TA-Lib
/// LINEARREG_SLOPE.
package struct RegressionSlope: PriceMeasure {
  private let period: Int
  private var window: WindowFold<Line>

  /// - Parameter period: how many prices; at least 2.
  package init(period: Int) {
    precondition(period > 1, "a line goes through two points")
    self.period = period
    window = WindowFold(period)
  }

  /// A distance of prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The slope of the line up to this price.
  package mutating func step(_ price: Double) -> Double? {
    let (n, line) = (Double(period), window.take(Line(price)))
    return line.map { $0.products / (n * (n * n - 1) / 12) }
  }

  static let form = IndicatorForm(
    "slope", "slope of the regression line", formula: "sum of (i - mean i)(p - mean p) / sum of (i - mean i)^2",
    source: "TA-Lib LINEARREG_SLOPE", unit: "price a bar", parameters: [.bars("period", 14)]
  ) { RegressionSlope(period: Int($0[0])) }
}

/// How the prices of a stretch rise with their places, one place a bar. Joined as `JointMoments` are.
private struct Line: WindowSummary {
  let count: Double
  let mean: Double
  /// The sum of the products of the distances of place and price from their means.
  let products: Double

  init(_ price: Double) { self.init(count: 1, mean: price, products: 0) }

  private init(count: Double, mean: Double, products: Double) {
    self.count = count
    self.mean = mean
    self.products = products
  }

  func joined(_ newer: Line) -> Line {
    let total = count + newer.count
    let distance = newer.mean - mean
    return Line(
      count: total, mean: mean + distance * (newer.count / total),
      products: products + newer.products + distance * (count * newer.count / 2))
  }
}
