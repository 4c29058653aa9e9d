/// Pearson's ρ: how closely two quantities vary with each other, from −1 to 1.
///
/// Source: K. Pearson (1895). Covariance and variances may be sums or means, as long as all three are.
///
/// - Returns: `nil` where one of both never moved.
func pearson(covariance: Double, _ variance: Double, _ other: Double) -> Double? {
  let spread = (variance * other).squareRoot()
  return spread > 0 ? min(max(covariance / spread, -1), 1) : nil
}
