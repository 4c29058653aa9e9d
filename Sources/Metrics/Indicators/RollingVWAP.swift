import Market

/// The average price of the last `period` bars, weighted by volume.
///
/// VWAP = Σ t × volume ÷ Σ volume, t = (high + low + close) ÷ 3; missing where nothing was traded. Degree: price.
/// Warm-up: n − 1. Source: as `AnchoredVWAP`, over a window that moves.
package struct RollingVWAP: Measure {
  private let period: Int
  private var window: WindowFold<SumPair>

  /// - Parameter period: how many bars; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// High, low, close and volume.
  package static var inputs: BarFields { [.high, .low, .close, .volume] }
  /// A price.
  package static var degree: PriceDegree { .price }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The average up to this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    guard let sums = window.take(SumPair(bar.typicalPrice * bar.volume, bar.volume)), sums.second > 0
    else { return nil }
    return sums.first / sums.second
  }

  static let form = IndicatorForm(
    "rolling_vwap", "volume-weighted average price of n bars", formula: "sum of (h + l + c) / 3 * v / sum of v",
    source: "Berkowitz, Logue and Noser 1988, over a window", unit: "price", parameters: [.bars("period", 20)]
  ) { RollingVWAP(period: Int($0[0])) }
}
