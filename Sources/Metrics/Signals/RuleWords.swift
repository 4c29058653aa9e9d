/// Figures in the sentences that rules write.
enum RuleWords {
  /// A price: two decimals from one on, else eight.
  static func price(_ value: Double) -> String {
    guard value.magnitude < 1 else { return fixed(value, 2) }
    return (value < 0 ? "−" : "") + "\((value.magnitude * 1e8).rounded() / 1e8)"
  }

  /// A fraction in per cent with one decimal: `14.2 %`.
  static func share(_ fraction: Double) -> String { fixed(fraction * 100, 1) + " %" }

  /// A number with so many decimals, a half rounded away from zero; as it is where it is too large for that.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    let unit = decimals == 0 ? 1 : decimals == 1 ? 10 : 100
    guard let scaled = Int64(exactly: (value * Double(unit)).rounded()), scaled.magnitude < 1 << 53 else {
      return "\(value)"
    }
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(unit))
    let sign = scaled < 0 ? "−" : ""
    return decimals == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(String(rest + UInt64(unit)).dropFirst())"
  }
}
