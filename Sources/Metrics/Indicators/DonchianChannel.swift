import Market

/// The Donchian channel: the highest and the lowest price of the last bars.
///
/// Upper = highest high, lower = lowest low, middle = their mean. Degree: price. Warm-up: n − 1. Source: R. Donchian; TA-Lib
/// MAX and MIN.
package struct DonchianChannel: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The highest high.
    package let upper: Double
    /// Halfway.
    package let middle: Double
    /// The lowest low.
    package let lower: Double

    /// As columns are called.
    package static var names: [String] { ["donchian_upper", "donchian_middle", "donchian_lower"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(upper)
      receive(middle)
      receive(lower)
    }
  }

  private let period: Int
  private var window: WindowFold<Extremes>

  /// - Parameter period: how many bars; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// High and low.
  package static var inputs: BarFields { [.high, .low] }
  /// Prices.
  package static var degree: PriceDegree { .price }
  /// One less than the period, for all three.
  package var lookBacks: [Int] { [period - 1, period - 1, period - 1] }

  /// The channel with this bar.
  package mutating func step(_ bar: Bar) -> Values? {
    window.take(Extremes(high: bar.high, low: bar.low)).map {
      Values(upper: $0.highest, middle: $0.middle, lower: $0.lowest)
    }
  }

  static let form = IndicatorForm(
    "donchian", "Donchian channel", formula: "highest h, lowest l, and the mean of both", source: "Donchian",
    unit: "price", parameters: [.bars("period", 20)]
  ) { DonchianChannel(period: Int($0[0])) }
}
