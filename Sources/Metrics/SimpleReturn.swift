/// `later ÷ earlier − 1`, a fraction: `0.05` is a gain of five per cent.
///
/// - Returns: `nil` unless the earlier price is positive and the result finite. The later price may be negative; the
///   fall is then more than the whole.
package func simpleReturn(from earlier: Double, to later: Double) -> Double? {
  guard earlier > 0 else { return nil }
  let change = later / earlier - 1
  return change.isFinite ? change : nil
}
