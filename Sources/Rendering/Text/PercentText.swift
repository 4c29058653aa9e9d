/// A fraction as signed per cent: `0.0123` is `+1.23 %`, `-0.5` is `−50.00 %`; what rounds to zero is `0.00 %`.
package func percentText(_ fraction: Double, decimals: Int = 2) -> String {
  let text = fixedText(fraction * 100, decimals: decimals)
  let isPositive = fraction > 0 && text.utf8.contains { $0 >= UInt8(ascii: "1") && $0 <= UInt8(ascii: "9") }
  return (isPositive ? "+" : "") + text + " %"
}
