import Market

/// The Keltner channel: an average with a band of true ranges about it.
///
/// Middle = EMA of closes, upper and lower = middle ± k × ATR; all begin together. Degree: price. Warm-up: the longer one of
/// both. Source: C. Keltner (1960) in the form of L. B. Raschke, EMA 20 and ATR 10.
package struct KeltnerChannel: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The middle and so many ranges.
    package let upper: Double
    /// The average.
    package let middle: Double
    /// The middle less so many ranges.
    package let lower: Double

    /// As columns are called.
    package static var names: [String] { ["keltner_upper", "keltner_middle", "keltner_lower"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(upper)
      receive(middle)
      receive(lower)
    }
  }

  private let lookBack: Int
  private let width: Double
  private var average: ExponentialMovingAverage
  private var range: AverageTrueRange

  /// - Parameters:
  ///   - period: of the average; at least 1.
  ///   - range: of the average true range; at least 1.
  ///   - width: how many of these.
  package init(period: Int, range: Int, width: Double) {
    lookBack = max(period - 1, range)
    self.width = width
    average = ExponentialMovingAverage(period: period)
    self.range = AverageTrueRange(period: range)
  }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// Prices.
  package static var degree: PriceDegree { .price }
  /// The same for all three.
  package var lookBacks: [Int] { [lookBack, lookBack, lookBack] }

  /// The channel with this bar.
  package mutating func step(_ bar: Bar) -> Values? {
    let (average, range) = (average.step(bar.close), range.step(bar))
    guard let average, let range else { return nil }
    return Values(upper: average + width * range, middle: average, lower: average - width * range)
  }

  static let form = IndicatorForm(
    "keltner", "Keltner channel", formula: "ema ± k atr", source: "Keltner 1960, as by Raschke", unit: "price",
    parameters: [.bars("period", 20), .bars("range", 10, atLeast: 1), .factor("ranges", 2)]
  ) { KeltnerChannel(period: Int($0[0]), range: Int($0[1]), width: $0[2]) }
}
