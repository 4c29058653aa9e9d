/// The simple returns between neighbouring prices, oldest first.
///
/// One from a price that is not above zero is missing and left out, so that there may be fewer than prices less one.
package func simpleReturns(ofPrices prices: [Double]) -> [Double] {
  zip(prices, prices.dropFirst()).compactMap { simpleReturn(from: $0, to: $1) }
}

/// The log returns between neighbouring prices, oldest first.
///
/// One from or to a price that is not above zero is missing and left out.
package func logReturns(ofPrices prices: [Double]) -> [Double] {
  zip(prices, prices.dropFirst()).compactMap { logReturn(from: $0, to: $1) }
}

/// The mean, or `nil` of nothing.
func mean(_ values: some Collection<Double>) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
