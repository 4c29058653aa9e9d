/// The relative strength index: the share of gains in all that prices moved, from 0 to 100.
///
/// RSI = 100 × G ÷ (G + L), gains and losses smoothed by Wilder over n changes; 0 where nothing ever moved, as in TA-Lib.
/// Degree: ratio. Warm-up: n. Source: J. W. Wilder, *New Concepts in Technical Trading Systems* (1978); TA-Lib RSI.
package struct RelativeStrengthIndex: PriceMeasure {
  private let period: Int
  private var gains: WilderAverage
  private var losses: WilderAverage
  private var last: Double?
  private var index = 0.0
  private var hasIndex = false

  /// - Parameter period: how many changes; at least 1.
  package init(period: Int) {
    self.period = period
    gains = WilderAverage(period: period)
    losses = gains
  }

  /// A share.
  package static var degree: PriceDegree { .ratio }
  /// The period, as a change needs two prices.
  package var lookBacks: [Int] { [period] }

  /// The index with this price.
  package mutating func step(_ price: Double) -> Double? {
    defer { last = price }
    guard let last else { return nil }
    let change = price - last
    let (gain, loss) = (gains.take(max(change, 0)), losses.take(max(-change, 0)))
    guard let gain, let loss else { return nil }
    // Where the price stands, both fall by the same share, and what they round off would be the only thing that moves.
    if change != 0 || !hasIndex { index = gain + loss == 0 ? 0 : 100 * (gain / (gain + loss)) }
    hasIndex = true
    return index
  }

  /// The index and the averages that it is made of, once it is there.
  var settled: (index: Double, gains: Double, losses: Double)? {
    guard let gains = gains.settled, let losses = losses.settled else { return nil }
    return (index, gains, losses)
  }

  /// Goes on behind a price at which the index had settled.
  mutating func resume(at price: Double, index: Double, gains: Double, losses: Double) {
    (last, self.index, hasIndex) = (price, index, true)
    self.gains.resume(at: gains)
    self.losses.resume(at: losses)
  }

  static let form = IndicatorForm(
    "rsi", "relative strength index", formula: "100 g / (g + l), gains and losses smoothed by Wilder",
    source: "Wilder 1978; TA-Lib RSI", unit: "0 to 100", parameters: [.bars("period", 14)]
  ) { RelativeStrengthIndex(period: Int($0[0])) }
}
