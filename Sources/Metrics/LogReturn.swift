#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm of `later ÷ earlier`: the continuously compounded return.
///
/// Log returns add up over time, which simple returns do not.
///
/// - Returns: `nil` unless both prices are positive and finite; oil has closed below zero.
package func logReturn(from earlier: Double, to later: Double) -> Double? {
  guard earlier > 0, later > 0, earlier.isFinite, later.isFinite else { return nil }
  let change = log(later / earlier)
  return change.isFinite ? change : nil
}
