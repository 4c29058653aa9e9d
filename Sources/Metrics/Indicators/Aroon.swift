import Market

/// Aroon: how long ago the highest and the lowest price of the last bars were.
///
/// Up = 100 × (n − bars since the highest high) ÷ n, down the same of the lowest low, over n + 1 bars; of equal ones the
/// last counts. Degree: ratio. Warm-up: n. Source: T. Chande (1995); TA-Lib AROON.
package struct Aroon: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// 100 at a new high, 0 where that is a period ago.
    package let up: Double
    /// 100 at a new low, 0 where that is a period ago.
    package let down: Double

    /// As columns are called.
    package static var names: [String] { ["aroon_up", "aroon_down"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(up)
      receive(down)
    }
  }

  private let period: Int
  private var window: WindowFold<PlacedExtremes>
  private var index = 0

  /// - Parameter period: how many bars back; at least 1.
  package init(period: Int) {
    self.period = period
    window = WindowFold(period + 1)
  }

  /// High and low.
  package static var inputs: BarFields { [.high, .low] }
  /// It counts bars.
  package static var degree: PriceDegree { .ratio }
  /// The period, for both.
  package var lookBacks: [Int] { [period, period] }

  /// Both with this bar.
  package mutating func step(_ bar: Bar) -> Values? {
    defer { index += 1 }
    return window.take(PlacedExtremes(high: bar.high, low: bar.low, at: index)).map { range in
      Values(up: share(since: range.highestAt), down: share(since: range.lowestAt))
    }
  }

  private func share(since place: Int) -> Double { 100 * (Double(period - (index - place)) / Double(period)) }

  static let form = IndicatorForm(
    "aroon", "Aroon", formula: "100 (n - bars since the highest h) / n, and of the lowest l",
    source: "Chande 1995; TA-Lib AROON", unit: "0 to 100", parameters: [.bars("period", 14)]
  ) { Aroon(period: Int($0[0])) }
}
