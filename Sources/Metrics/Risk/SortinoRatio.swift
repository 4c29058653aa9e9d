/// The mean return over the deviation of losses alone, a year: mean ÷ √(Σ min(r, 0)² ÷ n) × √periods.
///
/// All returns count as observations, gains as a loss of 0; the target is 0. Source: F. A. Sortino and L. N. Price,
/// "Performance Measurement in a Downside Risk Framework" (1994); empyrical's `sortino_ratio`.
///
/// - Parameter returns: simple returns of one period each.
/// - Returns: `nil` without a return, or without a loss.
package func sortinoRatio(ofReturns returns: some Collection<Double>, periodsPerYear: Double) -> Double? {
  let squares = returns.map { min($0, 0) * min($0, 0) }
  guard let mean = mean(returns), let downside = Metrics.mean(squares), downside > 0 else { return nil }
  return mean / downside.squareRoot() * periodsPerYear.squareRoot()
}
