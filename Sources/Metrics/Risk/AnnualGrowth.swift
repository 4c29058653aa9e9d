import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The compound annual growth rate by calendar time: (last ÷ first)^(365 ÷ days) − 1, a fraction.
///
/// By the days that passed and not by the bars that there are, so that holes and holidays change nothing. Libraries that
/// count periods (empyrical: 252 bars are a year) give another number for the same prices.
///
/// - Parameter seconds: from the first price to the last.
/// - Returns: `nil` where no time passed, the first price is not above zero, or the last one is below it.
package func compoundAnnualGrowth(from first: Double, to last: Double, seconds: Int64) -> Double? {
  guard first > 0, last >= 0, seconds > 0 else { return nil }
  let growth = pow(last / first, 365 * 86_400 / Double(seconds)) - 1
  return growth.isFinite ? growth : nil
}
