/// Figures in the sentences that rules write.
enum RuleWords {
  /// A price: two decimals from one on, else eight.
  static func price(_ value: Double) -> String {
    guard value.magnitude < 1 else { return fixed(value, 2) }
    return (value < 0 ? "−" : "") + "\((value.magnitude * 1e8).rounded() / 1e8)"
  }

  /// A fraction in per cent with one decimal: `14.2 %`.
  static func share(_ fraction: Double) -> String { fixed(DecimalText.percent(of: fraction), 1) + " %" }

  /// A number with so many decimals; as it is where it is too large for that.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    DecimalText.fixed(value, decimals: decimals) ?? "\(value)"
  }
}
