import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Volatility from ranges that heeds jumps between bars and drift: √((σ²ₒ + k σ²꜀ + (1 − k) σ²ᵣₛ) × periods).
///
/// σ²ₒ and σ²꜀ are the sample variances of ln(open ÷ close′) and ln(close ÷ open); σ²ᵣₛ the mean of
/// ln(high ÷ close) ln(high ÷ open) + ln(low ÷ close) ln(low ÷ open); k = 0.34 ÷ (1.34 + (n + 1) ÷ (n − 1)). Source: D. Yang
/// and Q. Zhang, "Drift-Independent Volatility Estimation Based on High, Low, Open, and Close Prices" (2000).
///
/// - Parameter bars: oldest first; the first one gives its close only. One with a price that is not above zero is left
///   out, with the jump after it.
/// - Returns: `nil` for fewer than three bars.
package func yangZhangVolatility(of bars: [Bar], periodsPerYear: Double) -> Double? {
  let pairs = zip(bars, bars.dropFirst()).filter { $0.hasLogarithms && $1.hasLogarithms }
  let jumps = pairs.map { log($1.open / $0.close) }
  let changes = pairs.map { log($1.close / $1.open) }
  let ranges = pairs.map { _, bar in
    log(bar.high / bar.close) * log(bar.high / bar.open) + log(bar.low / bar.close) * log(bar.low / bar.open)
  }
  guard let jump = sampleStandardDeviation(jumps), let change = sampleStandardDeviation(changes),
    let range = mean(ranges)
  else { return nil }
  let n = Double(pairs.count)
  let share = 0.34 / (1.34 + (n + 1) / (n - 1))
  return ((jump * jump + share * change * change + (1 - share) * range) * periodsPerYear).squareRoot()
}
