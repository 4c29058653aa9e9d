/// The sample standard deviation: the root of the squared deviations from the mean, divided by n − 1.
///
/// Computed in two passes (mean first), so that values close together lose nothing to cancellation. Source:
/// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.6, "Measures of Scale".
///
/// - Returns: `nil` for fewer than two values.
package func sampleStandardDeviation(_ values: some Collection<Double>) -> Double? {
  guard values.count > 1 else { return nil }
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / Double(values.count - 1)).squareRoot()
}
