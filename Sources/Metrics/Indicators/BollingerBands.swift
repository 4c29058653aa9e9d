import Market

/// Bollinger bands: an average with a band of deviations about it.
///
/// Middle = SMA, upper and lower = middle ± k × population deviation of the same prices. Degree: price. Warm-up: n − 1.
/// Source: J. Bollinger, *Bollinger on Bollinger Bands* (2001); TA-Lib BBANDS. Deviations are from the mean of each
/// window (`Moments`), where TA-Lib takes one square from another.
package struct BollingerBands: PriceMeasure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The middle and so many deviations.
    package let upper: Double
    /// The average.
    package let middle: Double
    /// The middle less so many deviations.
    package let lower: Double

    /// As columns are called.
    package static var names: [String] { ["bollinger_upper", "bollinger_middle", "bollinger_lower"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(upper)
      receive(middle)
      receive(lower)
    }
  }

  private let period: Int
  private let width: Double
  private var window: WindowFold<Moments>

  /// - Parameters:
  ///   - period: how many prices; at least 1.
  ///   - width: how many deviations.
  package init(period: Int, width: Double) {
    self.period = period
    self.width = width
    window = WindowFold(period)
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period, for all three.
  package var lookBacks: [Int] { [period - 1, period - 1, period - 1] }

  /// The bands with this price.
  package mutating func step(_ price: Double) -> Values? {
    guard let moments = window.take(Moments(price)) else { return nil }
    let distance = width * moments.populationDeviation
    return Values(upper: moments.mean + distance, middle: moments.mean, lower: moments.mean - distance)
  }

  /// `take` of each.
  package mutating func take(
    _ inputs: UnsafeBufferPointer<Bar>, into cells: UnsafeMutablePointer<Double>, apart: Int
  ) {
    let width = width
    window.take(inputs.count) { index in
      inputs[index].close.isFinite ? Moments(inputs[index].close) : nil
    } receive: { index, moments in
      let distance = moments.map { width * $0.populationDeviation } ?? .nan
      let mean = moments?.mean ?? .nan
      (cells + index).initialize(to: mean + distance)
      (cells + index + apart).initialize(to: mean)
      (cells + index + 2 * apart).initialize(to: mean - distance)
    }
  }

  static let form = IndicatorForm(
    "bollinger", "Bollinger bands", formula: "sma ± k times the population deviation of the same n prices",
    source: "Bollinger 2001; TA-Lib BBANDS", unit: "price",
    parameters: [.bars("period", 20), .factor("deviations", 2)]
  ) { BollingerBands(period: Int($0[0]), width: $0[1]) }
}
