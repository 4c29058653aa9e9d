/// How closely two prices move along with each other, from −1 to 1.
///
/// ρ = Σ (x − mean x)(y − mean y) ÷ √(Σ (x − mean x)² × Σ (y − mean y)²) over the last n pairs; missing where one of both
/// did not move (TA-Lib: 0). Degree: ratio. Warm-up: n − 1. Source: K. Pearson (1895); TA-Lib CORREL, which takes squares
/// from squares and so loses all digits of prices near 6e11.
package struct Correlation: Measure {
  private let period: Int
  private var window: WindowFold<JointMoments>

  /// - Parameter period: how many pairs; at least 2.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// The closes of both.
  package static var inputs: BarFields { .close }
  /// A ratio.
  package static var degree: PriceDegree { .ratio }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The correlation up to this pair.
  package mutating func step(_ pair: PricePair) -> Double? {
    guard let moments = window.take(JointMoments(pair.benchmark, pair.asset)) else { return nil }
    return pearson(covariance: moments.products, moments.squaresX, moments.squaresY)
  }

  static let form = IndicatorForm(
    "correlation", "correlation of prices with a benchmark",
    formula: "sum of (x - mean x)(y - mean y) / root of (sum of (x - mean x)^2 times sum of (y - mean y)^2)",
    source: "Pearson 1895; TA-Lib CORREL", unit: "-1 to 1", parameters: [.bars("period", 30)]
  ) { AgainstBenchmark(Correlation(period: Int($0[0]))) }
}
