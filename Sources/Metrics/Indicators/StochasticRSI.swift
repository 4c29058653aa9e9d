/// Where the relative strength index lies in its own range of the last bars.
///
/// K = 100 × (RSI − lowest RSI) ÷ (highest RSI − lowest RSI), 0 where both are the same; D = SMA of K. Both begin together.
/// Degree: ratio. Warm-up: the three periods less 2. Source: T. Chande and S. Kroll, *The New Technical Trader* (1994);
/// TA-Lib STOCHRSI.
package struct StochasticRSI: PriceMeasure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The place in the range, from 0 to 100.
    package let k: Double
    /// The average of that.
    package let d: Double

    /// As columns are called.
    package static var names: [String] { ["stochrsi_k", "stochrsi_d"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(k)
      receive(d)
    }
  }

  private let lookBack: Int
  private var strength: RelativeStrengthIndex
  private var window: WindowFold<Extremes>
  private var average: SimpleMovingAverage

  /// - Parameters:
  ///   - period: of the index; at least 1.
  ///   - range: of how many of its values the range is; at least 1.
  ///   - average: how many of K D is the mean of; at least 1.
  package init(period: Int, range: Int, average: Int) {
    lookBack = period + range + average - 2
    strength = RelativeStrengthIndex(period: period)
    window = WindowFold(range)
    self.average = SimpleMovingAverage(period: average)
  }

  /// A place in a range.
  package static var degree: PriceDegree { .ratio }
  /// The same for both.
  package var lookBacks: [Int] { [lookBack, lookBack] }

  /// Both with this price.
  package mutating func step(_ price: Double) -> Values? {
    guard let strength = strength.step(price),
      let range = window.take(Extremes(high: strength, low: strength))
    else { return nil }
    let k = 100 * range.place(of: strength)
    return average.step(k).map { Values(k: k, d: $0) }
  }

  static let form = IndicatorForm(
    "stochrsi", "stochastic oscillator of the relative strength index",
    formula: "k = 100 (rsi - lowest rsi) / (highest rsi - lowest rsi), d = mean of k",
    source: "Chande and Kroll 1994; TA-Lib STOCHRSI", unit: "0 to 100",
    parameters: [.bars("period", 14), .bars("range", 14), .bars("average", 3, atLeast: 1)]
  ) { StochasticRSI(period: Int($0[0]), range: Int($0[1]), average: Int($0[2])) }
}
