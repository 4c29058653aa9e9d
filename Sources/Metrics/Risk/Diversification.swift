/// How little the parts of a portfolio move together: 1 − w′ρw.
///
/// 0 where all of it moves as one, near 1 for many parts that have nothing to do with each other. One part alone scores 0.
///
/// - Parameters:
///   - weights: one for each asset of the matrix; they should sum to 1.
///   - matrix: correlations of the same assets.
/// - Returns: `nil` where there are not as many weights as assets, or a correlation between two assets with weight is
///   missing.
package func diversificationScore(weights: [Double], _ matrix: CorrelationMatrix) -> Double? {
  guard weights.count == matrix.values.count else { return nil }
  var together = 0.0
  for (one, row) in zip(weights, matrix.values) {
    for (other, correlation) in zip(weights, row) where one != 0 && other != 0 {
      guard let correlation else { return nil }
      together += one * other * correlation
    }
  }
  return 1 - together
}
