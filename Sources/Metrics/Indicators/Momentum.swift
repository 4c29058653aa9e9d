/// How far the price has come in `period` bars.
///
/// MOM = p − p n bars ago. Degree: price. Warm-up: n. Source: TA-Lib MOM.
package struct Momentum: PriceMeasure {
  private let period: Int
  private var earlier: LastElements<Double>

  /// - Parameter period: how many bars; at least 1.
  package init(period: Int) {
    self.period = period
    earlier = LastElements(period)
  }

  /// A distance of prices.
  package static var degree: PriceDegree { .price }
  /// The period.
  package var lookBacks: [Int] { [period] }

  /// The distance to this price.
  package mutating func step(_ price: Double) -> Double? { earlier.take(price).map { price - $0 } }

  static let form = IndicatorForm(
    "momentum", "momentum", formula: "p - p n bars ago", source: "TA-Lib MOM", unit: "price",
    parameters: [.bars("period", 10, atLeast: 1)]
  ) { Momentum(period: Int($0[0])) }
}
