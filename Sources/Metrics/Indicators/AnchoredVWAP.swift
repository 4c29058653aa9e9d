import Market

/// The average price of the day so far, weighted by volume.
///
/// VWAP = Σ t × volume ÷ Σ volume of the bars of one UTC day up to this one, t = (high + low + close) ÷ 3; it begins anew
/// with each day, and is missing while nothing was traded. Of daily bars it is t. Degree: price. Warm-up: none. Source:
/// Berkowitz, Logue and Noser, "The Total Cost of Transactions on the NYSE" (1988), over bars in place of trades.
package struct AnchoredVWAP: Measure {
  private var day: Day?
  private var money = 0.0
  private var volume = 0.0

  /// One that has seen nothing.
  package init() {}

  /// High, low, close and volume.
  package static var inputs: BarFields { [.high, .low, .close, .volume] }
  /// A price.
  package static var degree: PriceDegree { .price }
  /// None.
  package var lookBacks: [Int] { [0] }

  /// The average with this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    if bar.openTime.day != day { (day, money, volume) = (bar.openTime.day, 0, 0) }
    money += bar.typicalPrice * bar.volume
    volume += bar.volume
    return volume > 0 ? money / volume : nil
  }

  static let form = IndicatorForm(
    "vwap", "volume-weighted average price of the day",
    formula: "sum of (h + l + c) / 3 * v / sum of v, since 00:00 UTC",
    source: "Berkowitz, Logue and Noser 1988", unit: "price"
  ) { _ in AnchoredVWAP() }
}
