/// The distance of a fast average from a slow one, with its own average.
///
/// MACD = EMA fast − EMA slow, signal = EMA of MACD, histogram = MACD − signal. Both averages begin at the same bar, the
/// fast one from the mean of the last prices before it: with 12 and 26 at bar 26, from the mean of bars 15 to 26. All
/// values begin together. Degree: price. Warm-up: slow − 1 + signal − 1. Source: G. Appel; TA-Lib MACD.
package struct MACD: PriceMeasure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// Fast less slow.
    package let macd: Double
    /// The average of that.
    package let signal: Double
    /// The one less the other.
    package let histogram: Double

    /// As columns are called.
    package static var names: [String] { ["macd", "macd_signal", "macd_histogram"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(macd)
      receive(signal)
      receive(histogram)
    }
  }

  private let lookBack: Int
  private var fast: ExponentialMovingAverage
  private var slow: ExponentialMovingAverage
  private var signal: ExponentialMovingAverage

  /// - Parameters:
  ///   - fast: fewer bars than `slow`.
  ///   - signal: at least 1.
  package init(fast: Int, slow: Int, signal: Int) {
    lookBack = slow - 1 + signal - 1
    self.fast = ExponentialMovingAverage(period: fast, delay: slow - fast)
    self.slow = ExponentialMovingAverage(period: slow)
    self.signal = ExponentialMovingAverage(period: signal)
  }

  /// A distance of prices.
  package static var degree: PriceDegree { .price }
  /// The same for all three.
  package var lookBacks: [Int] { [lookBack, lookBack, lookBack] }

  /// All three with this price.
  package mutating func step(_ price: Double) -> Values? {
    let (quick, calm) = (fast.step(price), slow.step(price))
    guard let quick, let calm, let average = signal.step(quick - calm) else { return nil }
    return Values(macd: quick - calm, signal: average, histogram: quick - calm - average)
  }

  /// The averages, once all are there.
  var settled: (fast: Double, slow: Double, signal: Double)? {
    guard let fast = fast.settled, let slow = slow.settled, let signal = signal.settled else { return nil }
    return (fast, slow, signal)
  }

  /// Goes on from averages that had settled.
  mutating func resume(fast: Double, slow: Double, signal: Double) {
    self.fast.resume(at: fast)
    self.slow.resume(at: slow)
    self.signal.resume(at: signal)
  }

  static let form = IndicatorForm(
    "macd", "moving average convergence and divergence",
    formula: "ema fast - ema slow, its ema, and the one less the other",
    source: "Appel; TA-Lib MACD", unit: "price",
    parameters: [.bars("fast", 12), .bars("slow", 26), .bars("signal", 9, atLeast: 1)]
  ) { MACD(fast: Int($0[0]), slow: Int($0[1]), signal: Int($0[2])) }
}
