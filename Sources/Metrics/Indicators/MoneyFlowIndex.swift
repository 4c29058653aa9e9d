import Market

/// The money flow index: the share of money that came at rising prices, from 0 to 100.
///
/// MFI = 100 × M⁺ ÷ (M⁺ + M⁻), where each of the last n bars adds typical price × volume to M⁺ where its typical price rose,
/// to M⁻ where it fell; 0 where nothing flowed. Prices whose sums differ by no more than their doubles leave open are equal:
/// 26.41 + 25.84 + 26.29 is 26.43 + 25.86 + 26.25, and in doubles it is not. Degree: ratio. Warm-up: n. Source: G. Quong and A. Soudack (1989); TA-Lib
/// MFI, which gives 0 as well where less than 1 unit of money flowed.
package struct MoneyFlowIndex: Measure {
  private let period: Int
  private var window: WindowFold<SumPair>
  private var last: Double?

  /// - Parameter period: how many bars; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period)
  }

  /// High, low, close and volume.
  package static var inputs: BarFields { [.high, .low, .close, .volume] }
  /// A share.
  package static var degree: PriceDegree { .ratio }
  /// The period, as a flow needs the price before.
  package var lookBacks: [Int] { [period] }

  /// The index with this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    let price = bar.typicalPrice
    defer { last = price }
    guard let last else { return nil }
    let money = price * bar.volume
    let isEqual = abs(price - last) <= 8 * max(abs(price), abs(last)).ulp
    guard let flows = window.take(SumPair(!isEqual && price > last ? money : 0, !isEqual && price < last ? money : 0))
    else { return nil }
    let all = flows.first + flows.second
    return all == 0 ? 0 : 100 * (flows.first / all)
  }

  static let form = IndicatorForm(
    "mfi", "money flow index", formula: "100 m+ / (m+ + m-), sums of (h + l + c) / 3 * v of rising and falling bars",
    source: "Quong and Soudack 1989; TA-Lib MFI", unit: "0 to 100", parameters: [.bars("period", 14)]
  ) { MoneyFlowIndex(period: Int($0[0])) }
}
