import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The volatility of a window: the sample deviation (n − 1) of log returns × √periods, a fraction a year.
///
/// Source: Hull, *Options, Futures, and Other Derivatives*, "Estimating volatility from historical data".
///
/// - Returns: `nil` for fewer than two returns.
package func volatility(ofLogReturns returns: [Double], periodsPerYear: Double) -> Double? {
  sampleStandardDeviation(returns).map { $0 * periodsPerYear.squareRoot() }
}

/// The exponentially weighted volatility: v = λ v′ + (1 − λ) r², from the first squared return; √(v × periods).
///
/// Source: J. P. Morgan, *RiskMetrics Technical Document* (1996), λ = 0.94 for days; the mean is taken for 0.
///
/// - Parameters:
///   - returns: log returns, oldest first.
///   - decay: λ, between 0 and 1.
/// - Returns: `nil` without a return.
package func exponentialVolatility(
  ofLogReturns returns: some Collection<Double>, decay: Double = 0.94, periodsPerYear: Double
) -> Double? {
  guard let first = returns.first else { return nil }
  let variance = returns.dropFirst().reduce(first * first) { decay * $0 + (1 - decay) * $1 * $1 }
  return (variance * periodsPerYear).squareRoot()
}

/// Volatility from the ranges of bars: √(Σ ln(high ÷ low)² ÷ (4 n ln 2) × periods).
///
/// Source: M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return" (1980). It supposes
/// that prices move all the time: what they jump between bars is not in it.
///
/// - Parameter bars: of which those with a price that is not above zero are left out.
/// - Returns: `nil` without a bar.
package func parkinsonVolatility(of bars: [Bar], periodsPerYear: Double) -> Double? {
  let squares = bars.filter(\.hasLogarithms).map { bar in
    let range = log(bar.high / bar.low)
    return range * range
  }
  return mean(squares).map { ($0 / (4 * log(2.0)) * periodsPerYear).squareRoot() }
}

/// Volatility from ranges and from what came of them: √(Σ (½ ln(high ÷ low)² − (2 ln 2 − 1) ln(close ÷ open)²) ÷ n × periods).
///
/// Source: M. B. Garman and M. J. Klass, "On the Estimation of Security Price Volatilities from Historical Data" (1980).
/// Jumps between bars are not in it.
///
/// - Parameter bars: of which those with a price that is not above zero are left out.
/// - Returns: `nil` without a bar, or where the sum is negative, which no possible bars bring about.
package func garmanKlassVolatility(of bars: [Bar], periodsPerYear: Double) -> Double? {
  let squares = bars.filter(\.hasLogarithms).map { bar in
    let (range, change) = (log(bar.high / bar.low), log(bar.close / bar.open))
    return 0.5 * range * range - (2 * log(2.0) - 1) * change * change
  }
  return mean(squares).flatMap { $0 >= 0 ? ($0 * periodsPerYear).squareRoot() : nil }
}

extension Bar {
  /// Whether all of its prices are above zero.
  var hasLogarithms: Bool { low > 0 && open > 0 && close > 0 && high > 0 && high.isFinite }
}
