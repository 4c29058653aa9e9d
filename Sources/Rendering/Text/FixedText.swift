import Metrics

/// A number with a fixed count of decimals, for people: `1.20`, `−0.5`. A half is rounded away from zero.
///
/// The minus is the real one (U+2212). What rounds to zero has no sign. A number too large for so many decimals, or
/// not finite, is written as `NumberText` writes it.
///
/// - Parameter decimals: 0 to 9.
package func fixedText(_ value: Double, decimals: Int) -> String {
  DecimalText.fixed(value, decimals: decimals) ?? NumberText.text(value)
}

/// A whole number with its thousands apart: `1,234,567`, `−1,000`.
package func groupedText(_ value: Int64) -> String {
  let digits = Array(String(value.magnitude))
  let groups = stride(from: digits.count % 3, through: digits.count, by: 3).map { end in
    String(digits[max(0, end - 3)..<end])
  }
  return (value < 0 ? "−" : "") + groups.filter { !$0.isEmpty }.joined(separator: ",")
}
