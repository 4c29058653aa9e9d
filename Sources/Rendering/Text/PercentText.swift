import Metrics

/// A fraction as signed per cent: `0.0123` is `+1.23 %`, `-0.5` is `−50.00 %`; what rounds to zero is `0.00 %`.
package func percentText(_ fraction: Double, decimals: Int = 2) -> String {
  let text = shareText(fraction, decimals: decimals)
  let isPositive = fraction > 0 && text.utf8.contains { $0 >= UInt8(ascii: "1") && $0 <= UInt8(ascii: "9") }
  return (isPositive ? "+" : "") + text
}

/// A fraction that has no direction as per cent: `0.0123` is `1.23 %`.
///
/// - Parameter decimals: 0 to 9.
package func shareText(_ fraction: Double, decimals: Int) -> String {
  fixedText(DecimalText.percent(of: fraction), decimals: decimals) + " %"
}
