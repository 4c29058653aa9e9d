/// How much an asset moves for what its benchmark moves.
///
/// β = Σ (x − mean x)(y − mean y) ÷ Σ (x − mean x)², x and y the simple returns of benchmark and asset over the last n
/// steps; missing where the benchmark did not move, or where one of n steps led from a price that is not above zero.
/// Degree: ratio. Warm-up: n. Source: least squares; TA-Lib BETA, whose first series is the benchmark.
package struct Beta: Measure {
  private let period: Int
  private var window: WindowFold<JointMoments>
  private var last: PricePair?

  /// - Parameter period: how many returns; at least 2.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// The closes of both.
  package static var inputs: BarFields { .close }
  /// A ratio.
  package static var degree: PriceDegree { .ratio }
  /// The period, as a return needs two prices.
  package var lookBacks: [Int] { [period] }

  /// The slope up to this pair.
  package mutating func step(_ pair: PricePair) -> Double? {
    defer { last = pair }
    guard let last else { return nil }
    let x = simpleReturn(from: last.benchmark, to: pair.benchmark) ?? .nan
    let y = simpleReturn(from: last.asset, to: pair.asset) ?? .nan
    guard let moments = window.take(JointMoments(x, y)), moments.squaresX > 0 else { return nil }
    let slope = moments.products / moments.squaresX
    return slope.isFinite ? slope : nil
  }

  static let form = IndicatorForm(
    "beta", "beta of returns to those of a benchmark",
    formula: "sum of (x - mean x)(y - mean y) / sum of (x - mean x)^2, x and y simple returns",
    source: "TA-Lib BETA", unit: "ratio", parameters: [.bars("period", 30)]
  ) { AgainstBenchmark(Beta(period: Int($0[0]))) }
}
