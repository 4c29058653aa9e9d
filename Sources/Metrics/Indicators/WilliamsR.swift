import Market

/// Williams %R: how far below the highest price of the last bars the close lies, from −100 to 0.
///
/// %R = −100 × (highest high − close) ÷ (highest high − lowest low); 0 where both are the same. Degree: ratio. Warm-up:
/// n − 1. Source: L. Williams, *How I Made One Million Dollars* (1973); TA-Lib WILLR.
package struct WilliamsR: Measure {
  private let period: Int
  private var window: WindowFold<Extremes>

  /// - Parameter period: how many bars; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// A place in a range.
  package static var degree: PriceDegree { .ratio }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The place of this bar's close.
  package mutating func step(_ bar: Bar) -> Double? {
    window.take(Extremes(high: bar.high, low: bar.low)).map { range in
      range.highest == range.lowest ? 0 : (bar.close - range.highest) / (range.highest - range.lowest) * 100
    }
  }

  static let form = IndicatorForm(
    "williams", "Williams %R", formula: "-100 (highest h - c) / (highest h - lowest l)",
    source: "Williams 1973; TA-Lib WILLR", unit: "-100 to 0", parameters: [.bars("period", 14)]
  ) { WilliamsR(period: Int($0[0])) }
}
