import Market

/// The stochastic oscillator: where the close lies in the range of the last bars, smoothed.
///
/// Raw K = 100 × (close − lowest low) ÷ (highest high − lowest low), 0 where both are the same; K = SMA of raw K, D = SMA
/// of K. All values begin together. Degree: ratio. Warm-up: the three periods less 3. Source: G. C. Lane; TA-Lib STOCH.
package struct StochasticOscillator: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The place in the range, from 0 to 100.
    package let k: Double
    /// The average of that.
    package let d: Double

    /// As columns are called.
    package static var names: [String] { ["stochastic_k", "stochastic_d"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(k)
      receive(d)
    }
  }

  private let lookBack: Int
  private var window: WindowFold<Extremes>
  private var slow: SimpleMovingAverage
  private var average: SimpleMovingAverage

  /// - Parameters:
  ///   - period: of the range; at least 1.
  ///   - slowing: how many raw values K is the mean of; at least 1.
  ///   - average: how many of K D is the mean of; at least 1.
  package init(period: Int, slowing: Int, average: Int) {
    lookBack = period + slowing + average - 3
    window = WindowFold(period)
    slow = SimpleMovingAverage(period: slowing)
    self.average = SimpleMovingAverage(period: average)
  }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// A place in a range.
  package static var degree: PriceDegree { .ratio }
  /// The same for both.
  package var lookBacks: [Int] { [lookBack, lookBack] }

  /// Both with this bar.
  package mutating func step(_ bar: Bar) -> Values? {
    guard let range = window.take(Extremes(high: bar.high, low: bar.low)),
      let k = slow.step(100 * range.place(of: bar.close)), let d = average.step(k)
    else { return nil }
    return Values(k: k, d: d)
  }

  static let form = IndicatorForm(
    "stochastic", "stochastic oscillator",
    formula: "k = mean of 100 (c - lowest l) / (highest h - lowest l), d = mean of k", source: "Lane; TA-Lib STOCH",
    unit: "0 to 100",
    parameters: [.bars("period", 14), .bars("slowing", 3, atLeast: 1), .bars("average", 3, atLeast: 1)]
  ) { StochasticOscillator(period: Int($0[0]), slowing: Int($0[1]), average: Int($0[2])) }
}
