#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is lost at most in 19 of 20 periods, and on average in the twentieth; a loss is positive.
package struct ValueAtRisk: Hashable, Sendable {
  /// The loss that one return in twenty exceeds.
  package let value: Double
  /// The mean loss of those that do: the conditional value at risk, or expected shortfall.
  package let shortfall: Double

  /// The share of periods that may be worse.
  private static let tail = 0.05
  /// The 95 % quantile of the normal distribution.
  private static let quantile = 1.6448536269514722

  /// From the returns that there were: −q of the 5 % quantile, interpolated linearly (numpy's default), and −mean of the
  /// returns that are not above it, as empyrical's `conditional_value_at_risk` for a cut-off between two returns.
  ///
  /// - Returns: `nil` without a return.
  package static func historical(ofReturns returns: some Collection<Double>) -> ValueAtRisk? {
    let sorted = returns.sorted()
    guard let cut = linearQuantile(tail, ofSorted: sorted), let worst = mean(sorted.prefix { $0 <= cut }) else {
      return nil
    }
    return ValueAtRisk(value: -cut, shortfall: -worst)
  }

  /// As if returns were normal: −(mean − 1.645 σ), and −(mean − σ φ(1.645) ÷ 0.05), σ the sample deviation.
  ///
  /// - Returns: `nil` for fewer than two returns.
  package static func normal(ofReturns returns: some Collection<Double>) -> ValueAtRisk? {
    guard let deviation = sampleStandardDeviation(returns), let mean = mean(returns) else { return nil }
    let density = exp(-quantile * quantile / 2) / (2 * Double.pi).squareRoot()
    return ValueAtRisk(value: quantile * deviation - mean, shortfall: density / tail * deviation - mean)
  }
}

/// The value below which a share of values lies, interpolated linearly between its neighbours: Hyndman and Fan's type 7,
/// numpy's default.
///
/// - Parameter share: from 0 to 1.
/// - Returns: `nil` of nothing.
package func linearQuantile(_ share: Double, ofSorted values: [Double]) -> Double? {
  guard let last = values.indices.last else { return nil }
  let place = min(max(share, 0), 1) * Double(last)
  let index = Int(place)
  guard index < last else { return values[last] }
  return values[index] + (values[index + 1] - values[index]) * (place - Double(index))
}
