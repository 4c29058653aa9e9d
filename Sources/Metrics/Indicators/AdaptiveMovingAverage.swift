/// Kaufman's adaptive moving average: fast where prices go one way, slow where they only waver.
///
/// E = |p − pₙ bars ago| ÷ Σ |change| over n bars, s = (E × (2/3 − 2/31) + 2/31)², KAMA = KAMA′ + (p − KAMA′) × s, from
/// the price before the first value. E is 1 where nothing moved. Degree: price. Warm-up: n. Source: P. J. Kaufman,
/// *Smarter Trading* (1995); TA-Lib KAMA.
package struct AdaptiveMovingAverage: PriceMeasure {
  private let period: Int
  private var changes: WindowFold<Sum>
  private var earlier: LastElements<Double>
  private var last: Double?
  private var average: Double?

  private static let slow = 2.0 / 31
  private static let fast = 2.0 / 3

  /// - Parameter period: over how many changes the efficiency is taken; at least 1.
  package init(period: Int) {
    self.period = period
    changes = WindowFold(period)
    earlier = LastElements(period)
  }

  /// That of prices.
  package static var degree: PriceDegree { .price }
  /// The period, as a change needs two prices.
  package var lookBacks: [Int] { [period] }

  /// The average with this price.
  package mutating func step(_ price: Double) -> Double? {
    defer { last = price }
    let beginning = earlier.take(price)
    guard let last, let path = changes.take(Sum(abs(price - last))), let beginning else { return nil }
    let way = abs(price - beginning)
    let efficiency = path.value <= way ? 1 : way / path.value
    let root = efficiency * (Self.fast - Self.slow) + Self.slow
    let start = average ?? last
    let next = start + (price - start) * (root * root)
    average = next
    return next
  }

  static let form = IndicatorForm(
    "kama", "Kaufman's adaptive moving average",
    formula: "k + (p - k) * (e * (2/3 - 2/31) + 2/31)^2 with e = |p - p n bars ago| / sum of |change|",
    source: "Kaufman 1995; TA-Lib KAMA", unit: "price", parameters: [.bars("period", 20)]
  ) { AdaptiveMovingAverage(period: Int($0[0])) }
}
