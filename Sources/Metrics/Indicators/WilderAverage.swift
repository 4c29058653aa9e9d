/// Wilder's smoothing: each value counts 1 ÷ n, and the mean of the first n values begins.
///
/// A = (A′ × (n − 1) + x) ÷ n, computed as A′ + (x − A′) × 1/n, which takes half as long. Warm-up: n − 1. Source: J. W. Wilder, *New Concepts in Technical Trading Systems*
/// (1978). RSI, ATR and ADX are smoothed by it.
struct WilderAverage {
  private let period: Double
  private let share: Double
  private var taken = 0.0
  private var average = 0.0

  /// - Parameter period: at least 1.
  init(period: Int) {
    self.period = Double(period)
    share = 1 / self.period
  }

  /// The average, once it is one of `period` values or more.
  var settled: Double? { taken < period ? nil : average }

  /// Goes on from an average that had settled.
  mutating func resume(at settled: Double) { (taken, average) = (period, settled) }

  /// - Returns: `nil` for the first `period − 1` values.
  mutating func take(_ value: Double) -> Double? {
    guard taken < period else {
      average += (value - average) * share
      return average
    }
    taken += 1
    average += value
    guard taken == period else { return nil }
    average /= period
    return average
  }
}
