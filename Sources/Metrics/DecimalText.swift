/// Numbers in decimals for people, rounded in one way wherever they stand.
package enum DecimalText {
  /// A number with a fixed count of decimals, a half rounded away from zero: `1.20`, `−0.5`.
  ///
  /// What decides is the decimal that the number prints as: 1.005 is a half of hundredths although the double lies below it.
  /// The minus is the real one (U+2212); what rounds to zero has no sign.
  ///
  /// - Parameter decimals: 0 to 9; more and fewer count as these.
  /// - Returns: `nil` for a number too large for so many decimals, or not finite.
  package static func fixed(_ value: Double, decimals: Int) -> String? {
    let unit = units[min(max(decimals, 0), 9)]
    let magnitude = value.magnitude
    let scaled = magnitude * Double(unit)
    guard value.isFinite, scaled.rounded() < 0x1p53 else { return nil }
    var digits = UInt64(scaled)
    // IEEE division rounds correctly: the quotient is the very double that the decimal half-way up denotes. Of larger ones
    // doubles know no halves.
    if digits < 1 << 51, magnitude >= Double(2 * digits + 1) / Double(2 * unit) { digits += 1 }
    if digits >= 1 << 51 { digits = UInt64(scaled.rounded()) }
    let (whole, fraction) = digits.quotientAndRemainder(dividingBy: unit)
    let sign = value < 0 && digits > 0 ? "−" : ""
    return unit == 1 ? "\(sign)\(whole)" : "\(sign)\(whole).\(String(fraction + unit).dropFirst())"
  }

  /// A fraction as per cent, without what the arithmetic left behind: 2.61 ÷ 2.40 − 1 is 8.75, as it is on paper.
  ///
  /// A quotient of prices is off by a few units of its last digit, which the subtraction of one moves up; eleven decimals
  /// of a per cent are beyond what any price says and before where that begins.
  package static func percent(of fraction: Double) -> Double {
    let scaled = (fraction * 1e13).rounded(.toNearestOrAwayFromZero)
    return scaled.magnitude < 0x1p53 ? scaled / 1e11 : fraction * 100
  }

  private static let units: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  ]
}
