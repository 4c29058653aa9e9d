/// The skewness of values: m₃ ÷ m₂^1.5 of central moments divided by n, as of scipy.stats.skew.
///
/// - Returns: `nil` for values that are all the same, or none.
package func skewness(_ values: some Collection<Double>) -> Double? {
  CentralMoments(values).flatMap { $0.second > 0 ? $0.third / ($0.second * $0.second.squareRoot()) : nil }
}

/// The excess kurtosis of values: m₄ ÷ m₂² − 3 of central moments divided by n, as of scipy.stats.kurtosis.
///
/// - Returns: `nil` for values that are all the same, or none.
package func excessKurtosis(_ values: some Collection<Double>) -> Double? {
  CentralMoments(values).flatMap { $0.second > 0 ? $0.fourth / ($0.second * $0.second) - 3 : nil }
}

/// Means of powers of the distances from the mean.
private struct CentralMoments {
  var (second, third, fourth) = (0.0, 0.0, 0.0)

  init?(_ values: some Collection<Double>) {
    guard let mean = mean(values) else { return nil }
    for value in values {
      let distance = value - mean
      let square = distance * distance
      second += square
      third += square * distance
      fourth += square * square
    }
    let count = Double(values.count)
    (second, third, fourth) = (second / count, third / count, fourth / count)
    // What is left of values that are all the same is what their mean rounds off.
    if second.squareRoot() <= 1e-15 * abs(mean) { second = 0 }
  }
}
