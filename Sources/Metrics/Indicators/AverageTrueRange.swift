import Market

/// The average true range: how far prices go in a bar, with what they jump between bars.
///
/// ATR = true range smoothed by Wilder. Degree: price. Warm-up: n. Source: J. W. Wilder, *New Concepts in Technical
/// Trading Systems* (1978); TA-Lib ATR.
package struct AverageTrueRange: Measure {
  private let period: Int
  private var range = TrueRange()
  private var average: WilderAverage

  /// - Parameter period: how many ranges; at least 1.
  package init(period: Int) {
    self.period = period
    average = WilderAverage(period: period)
  }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// A distance of prices.
  package static var degree: PriceDegree { .price }
  /// The period, as a range needs the close before.
  package var lookBacks: [Int] { [period] }

  /// The average with this bar.
  package mutating func step(_ bar: Bar) -> Double? { range.take(bar).flatMap { average.take($0) } }

  static let form = IndicatorForm(
    "atr", "average true range", formula: "max(h - l, |h - c before|, |l - c before|), smoothed by Wilder",
    source: "Wilder 1978; TA-Lib ATR", unit: "price", parameters: [.bars("period", 14, atLeast: 1)]
  ) { AverageTrueRange(period: Int($0[0])) }
}
