import Market

/// The commodity channel index: how far the price is from its mean, in mean distances.
///
/// CCI = (t − mean t) ÷ (0.015 × mean |t − mean t|) of the last n typical prices t = (high + low + close) ÷ 3; 0 where all
/// are the same. Degree: ratio. Warm-up: n − 1. Source: D. Lambert, "Commodity Channel Index", *Commodities* (1980);
/// TA-Lib CCI, whose mean of prices that are all the same is off by a rounding, which the ratio makes 66.7.
package struct CommodityChannelIndex: Measure {
  private let period: Int
  private var window: WindowFold<Moments>
  private var prices: LastElements<Double>

  /// - Parameter period: how many bars; at least 2.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
    prices = LastElements(period)
  }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// A ratio of distances.
  package static var degree: PriceDegree { .ratio }
  /// One less than the period.
  package var lookBacks: [Int] { [period - 1] }

  /// The index with this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    let price = bar.typicalPrice
    _ = prices.take(price)
    guard let mean = window.take(Moments(price))?.mean else { return nil }
    var distances = 0.0
    for price in prices.elements { distances += abs(price - mean) }
    return distances == 0 ? 0 : (price - mean) / (0.015 * (distances / Double(period)))
  }

  static let form = IndicatorForm(
    "cci", "commodity channel index",
    formula: "(t - mean t) / (0.015 times the mean of |t - mean t|) with t = (h + l + c) / 3",
    source: "Lambert 1980; TA-Lib CCI", unit: "ratio", parameters: [.bars("period", 14)]
  ) { CommodityChannelIndex(period: Int($0[0])) }
}
