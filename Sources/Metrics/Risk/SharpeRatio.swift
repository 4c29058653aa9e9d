/// The mean return over its deviation, with how sure that is.
///
/// SR = mean ÷ sample deviation of simple returns, a year: × √periods; the risk-free rate is 0. Its error, by E. Mertens,
/// "Comments on variance of the IID estimator in Lo" (2002), allows for skewed and heavy-tailed returns:
/// √((1 + ½ s² − γ s + ¼ κ s²) ÷ n), s the ratio of one period, γ skewness, κ excess kurtosis. Returns that depend on each
/// other make it wider than that.
package struct SharpeRatio: Hashable, Sendable {
  /// A year's.
  package let value: Double
  /// Within which the true ratio lies with 95 %.
  package let interval: ClosedRange<Double>
  /// How many returns it is made of.
  package let observations: Int

  /// The 97.5 % quantile of the normal distribution.
  private static let quantile = 1.959963984540054

  /// - Parameter returns: simple returns of one period each.
  /// - Returns: `nil` for fewer than two returns, or where all are the same.
  package init?(ofReturns returns: some Collection<Double>, periodsPerYear: Double) {
    guard let deviation = sampleStandardDeviation(returns), let mean = mean(returns),
      let skew = skewness(returns), let kurtosis = excessKurtosis(returns)
    else { return nil }
    let ratio = mean / deviation
    let variance = (1 + 0.5 * ratio * ratio - skew * ratio + 0.25 * kurtosis * ratio * ratio) / Double(returns.count)
    let reach = Self.quantile * max(variance, 0).squareRoot()
    let year = periodsPerYear.squareRoot()
    value = ratio * year
    interval = (ratio - reach) * year...(ratio + reach) * year
    observations = returns.count
  }
}
