import Market

/// The average true range as per cent of the close.
///
/// NATR = 100 × ATR ÷ close; missing where the close is not above zero. Degree: ratio. Warm-up: n. Source: J. Forman,
/// "Cross-Market Evaluations With Normalized Average True Range" (2006); TA-Lib NATR.
package struct NormalisedTrueRange: Measure {
  private var range: AverageTrueRange

  /// - Parameter period: how many ranges; at least 1.
  package init(period: Int) { range = AverageTrueRange(period: period) }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// A ratio of prices.
  package static var degree: PriceDegree { .ratio }
  /// That of the average true range.
  package var lookBacks: [Int] { range.lookBacks }

  /// The share at this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    guard let range = range.step(bar), bar.close > 0 else { return nil }
    return range / bar.close * 100
  }

  static let form = IndicatorForm(
    "natr", "normalised average true range", formula: "100 atr / c", source: "Forman 2006; TA-Lib NATR",
    unit: "per cent", parameters: [.bars("period", 14, atLeast: 1)]
  ) { NormalisedTrueRange(period: Int($0[0])) }
}
