import Market

/// The simple moving average: the mean of the last `period` prices.
///
/// SMA = (p₁ + … + pₙ) ÷ n. Degree: price. Warm-up: n − 1. Source: TA-Lib SMA. Each window is summed for itself
/// (`WindowFold`), so that nothing is carried on from higher prices long gone.
package struct SimpleMovingAverage: PriceMeasure {
  private let period: Int
  private var window: WindowFold<Sum>

  /// - Parameter period: how many prices; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The mean of the last prices.
  package mutating func step(_ price: Double) -> Double? { window.take(Sum(price)).map { $0.value / Double(period) } }

  /// `take` of each.
  package mutating func take(
    _ inputs: UnsafeBufferPointer<Bar>, into cells: UnsafeMutablePointer<Double>, apart: Int
  ) {
    let count = Double(period)
    window.take(inputs.count) { index in
      inputs[index].close.isFinite ? Sum(inputs[index].close) : nil
    } receive: { index, sum in
      (cells + index).initialize(to: sum.map { $0.value / count } ?? .nan)
    }
  }

  static let form = IndicatorForm(
    "sma", "simple moving average", formula: "(p1 + … + pn) / n", source: "TA-Lib SMA", unit: "price",
    parameters: [.bars("period", 20)]
  ) { SimpleMovingAverage(period: Int($0[0])) }
}
