import Market

/// In what kind of market an asset is.
package enum Regime: String, CaseIterable, Hashable, Sendable {
  /// Prices move far more than they use to.
  case turbulent = "Turbulent"
  /// Prices go one way.
  case trending = "Trending"
  /// Prices go to and fro.
  case ranging = "Ranging"
}

extension Regime: MeasureOutput {
  /// It has no other name.
  package static var names: [String] { [] }
  /// As a number: 2, 1 or 0.
  package func hand(to receive: (Double?) -> Void) { receive(self == .turbulent ? 2 : self == .trending ? 1 : 0) }
}

/// Tells the regime at each bar.
///
/// Rule: Turbulent where NATR 14 is at least one and a half times its mean of the last 100 bars; else Trending where ADX 14 is
/// at least 25 (Wilder's bound); else Ranging. Degree: ratio. Warm-up: 113.
package struct RegimeRule: Measure {
  private var range = NormalisedTrueRange(period: 14)
  private var usual = SimpleMovingAverage(period: 100)
  private var movement = DirectionalMovement(period: 14)

  /// One that has seen nothing.
  package init() {}

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// It compares ratios.
  package static var degree: PriceDegree { .ratio }
  /// Those of the range and of its mean.
  package var lookBacks: [Int] { [113] }

  /// The regime at this bar.
  package mutating func step(_ bar: Bar) -> Regime? {
    let (range, movement) = (range.step(bar), movement.step(bar))
    guard let range, let usual = usual.step(range), let index = movement?.adx else { return nil }
    if range >= 1.5 * usual, usual > 0 { return .turbulent }
    return index >= 25 ? .trending : .ranging
  }
}
