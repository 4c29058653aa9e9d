import Rendering

/// A price as it is stored, its thousands apart and with at least two decimals: `115,632.38`, `4,470.70`, `0.00001234`.
///
/// - Parameter decimals: as many at least, where all prices of a table should have the same.
func priceText(_ price: Double, decimals: Int = 2) -> String {
  let plain = NumberText.text(price)
  guard !plain.contains("e"), price.isFinite else { return plain }
  let sides = plain.split(separator: ".", omittingEmptySubsequences: false)
  guard let whole = Int64(sides[0]) else { return plain }
  let fraction = sides.count == 2 ? String(sides[1]) : ""
  let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
  let sign = price < 0 ? "−" : ""
  return sign + groupedText(whole.magnitude > Int64.max ? .max : Int64(whole.magnitude)) + "." + fraction + zeros
}

/// A price that was computed, or that stands beside others, rounded: `107,014.98`, `−0.50`.
///
/// - Parameter decimals: at least one.
func roundedPriceText(_ price: Double, decimals: Int) -> String {
  let text = fixedText(price.magnitude, decimals: decimals)
  let sides = text.split(separator: ".")
  guard sides.count == 2, let whole = Int64(sides[0]) else { return fixedText(price, decimals: decimals) }
  return (price < 0 ? "−" : "") + groupedText(whole) + "." + sides[1]
}

/// How many decimals the shortest text of a price has, at least two.
func priceDecimals(_ prices: some Sequence<Double>) -> Int {
  prices.reduce(2) { most, price in
    let sides = NumberText.text(price).split(separator: ".")
    return sides.count == 2 && !sides[1].contains("e") ? max(most, sides[1].count) : most
  }
}

/// A traded volume, rounded for people: `12,345`, `123.46`, `0.001235`.
func volumeText(_ volume: Double) -> String {
  switch volume {
  case 1000..<9e15: groupedText(Int64(volume.rounded()))
  case 1..<1000: fixedText(volume, decimals: 2)
  case 0: "0"
  default: fixedText(volume, decimals: 6)
  }
}
