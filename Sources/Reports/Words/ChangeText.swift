import Metrics
import Rendering

/// A change in words: `up 1.2 %`, `down 0.35 %`, `unchanged`.
///
/// Below one per cent there are two decimals, above it one: more would not be read.
func changeWords(_ fraction: Double) -> String {
  let size = sizeText(fraction)
  if fraction == 0 { return "unchanged" }
  guard let size else { return "almost unchanged" }
  return (fraction > 0 ? "up " : "down ") + size
}

/// A change with its sign: `+1.2 %`, `−0.35 %`, `0.00 %`.
func changeText(_ fraction: Double) -> String {
  percentText(fraction, decimals: decimals(of: fraction))
}

/// `nil` where it rounds to nothing.
private func sizeText(_ fraction: Double) -> String? {
  let text = shareText(fraction.magnitude, decimals: decimals(of: fraction))
  return text.utf8.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) } ? text : nil
}

private func decimals(of fraction: Double) -> Int {
  // What rounds to 1.00 is written 1.0.
  DecimalText.percent(of: fraction.magnitude) < 0.995 ? 2 : 1
}
