import Market

/// A measure of prices: of bars it reads the closes. Others are made of it that have prices of their own.
package protocol PriceMeasure: Measure where Input == Bar {
  /// Takes the next price, which is a finite number.
  ///
  /// - Returns: `nil` during the warm-up, and where the formula has no value.
  mutating func step(_ price: Double) -> Output?
}

extension PriceMeasure {
  /// The close.
  package static var inputs: BarFields { .close }

  /// Takes the close.
  @inline(__always)
  package mutating func step(_ bar: Bar) -> Output? { step(bar.close) }

  /// The values over a series of prices, one for each; one that is no number is passed over.
  package func values(over prices: [Double]) -> [Output?] {
    var operation = self
    return prices.map { $0.isFinite ? operation.step($0) : nil }
  }
}
