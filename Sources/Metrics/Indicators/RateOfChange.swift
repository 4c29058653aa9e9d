/// By how many per cent the price has changed in `period` bars.
///
/// ROC = (p ÷ p n bars ago − 1) × 100; missing where the earlier price is not above zero (TA-Lib gives 0 for a price of
/// 0, and per cent of negative prices, which mean nothing). Degree: ratio. Warm-up: n. Source: TA-Lib ROC.
package struct RateOfChange: PriceMeasure {
  private let period: Int
  private var earlier: LastElements<Double>

  /// - Parameter period: how many bars; at least 1.
  package init(period: Int) {
    self.period = period
    earlier = LastElements(period)
  }

  /// A ratio of prices.
  package static var degree: PriceDegree { .ratio }
  /// The period.
  package var lookBacks: [Int] { [period] }

  /// The change to this price.
  package mutating func step(_ price: Double) -> Double? {
    earlier.take(price).flatMap { simpleReturn(from: $0, to: price) }.map { $0 * 100 }
  }

  static let form = IndicatorForm(
    "roc", "rate of change", formula: "(p / p n bars ago - 1) * 100", source: "TA-Lib ROC", unit: "per cent",
    parameters: [.bars("period", 10, atLeast: 1)]
  ) { RateOfChange(period: Int($0[0])) }
}
