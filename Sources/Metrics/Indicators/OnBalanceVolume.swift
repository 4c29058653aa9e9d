import Market

/// The on-balance volume: what was traded in rising bars less what was traded in falling ones.
///
/// OBV = OBV′ ± volume, from the first volume on. Degree: none, as it counts units of the asset. Warm-up: none. Source:
/// J. Granville, *New Key to Stock Market Profits* (1963); TA-Lib OBV. The sum keeps what it rounds off (`RunningSum`).
package struct OnBalanceVolume: Measure {
  private var sum = RunningSum()
  private var last: Double?

  /// One that has seen nothing.
  package init() {}

  /// Close and volume.
  package static var inputs: BarFields { [.close, .volume] }
  /// Units of the asset.
  package static var degree: PriceDegree { .volume }
  /// None.
  package var lookBacks: [Int] { [0] }

  /// The balance with this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    defer { last = bar.close }
    let before = last ?? -.infinity
    sum.add(bar.close > before ? bar.volume : bar.close < before ? -bar.volume : 0)
    return sum.value
  }

  static let form = IndicatorForm(
    "obv", "on-balance volume", formula: "o + v where c rose, o - v where it fell",
    source: "Granville 1963; TA-Lib OBV",
    unit: "units of the asset"
  ) { _ in OnBalanceVolume() }
}
