import Market

/// Wilder's directional movement: how much of the true range went up or down, and how one-sided that was.
///
/// Up moves are high − high′ where that is above zero and above low′ − low, down moves the other way round; both, and the
/// true range, as sums S = S′ − S′ ÷ n + x that begin with the sum of the first n − 1. ±DI = 100 × S± ÷ S of ranges;
/// DX = 100 × |+DI − −DI| ÷ (+DI + −DI), ADX = DX smoothed by Wilder. Where nothing moves, DI is 0 and ADX stays, as in
/// TA-Lib. Degree: ratio. Warm-up: 2 n − 1 for ADX, n for DI. Source: J. W. Wilder, *New Concepts in Technical Trading
/// Systems* (1978); TA-Lib ADX, PLUS_DI, MINUS_DI.
package struct DirectionalMovement: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// How one-sided prices move, from 0 to 100; `nil` while only the others are there.
    package let adx: Double?
    /// The share of up moves.
    package let plusDI: Double
    /// The share of down moves.
    package let minusDI: Double

    /// As columns are called.
    package static var names: [String] { ["adx", "plus_di", "minus_di"] }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(adx)
      receive(plusDI)
      receive(minusDI)
    }
  }

  private let period: Int
  /// What of a sum is kept at each bar.
  private let kept: Double
  private var range = TrueRange()
  private var last: Bar?
  private var (up, down, ranges) = (0.0, 0.0, 0.0)
  private var moves = 0
  private var index: WilderAverage
  private var adx: Double?
  private var indexes = 0

  /// - Parameter period: at least 2.
  package init(period: Int) {
    precondition(period > 1, "the first sums are of a bar less")
    self.period = period
    kept = 1 - 1 / Double(period)
    index = WilderAverage(period: period)
  }

  /// High, low and close.
  package static var inputs: BarFields { [.high, .low, .close] }
  /// Shares.
  package static var degree: PriceDegree { .ratio }
  /// ADX averages what the others give.
  package var lookBacks: [Int] { [2 * period - 1, period, period] }

  /// All three with this bar.
  package mutating func step(_ bar: Bar) -> Values? {
    defer { last = bar }
    guard let range = range.take(bar), let last else { return nil }
    let (rise, fall) = (bar.high - last.high, last.low - bar.low)
    add(up: rise > 0 && rise > fall ? rise : 0, down: fall > 0 && fall > rise ? fall : 0, range)
    guard moves == period else { return nil }
    let plus = ranges == 0 ? 0 : 100 * (up / ranges)
    let minus = ranges == 0 ? 0 : 100 * (down / ranges)
    note(plus, minus)
    return Values(adx: adx, plusDI: plus, minusDI: minus)
  }

  private mutating func add(up rise: Double, down fall: Double, _ range: Double) {
    if moves == period - 1 || moves == period {
      moves = period
      (up, down, ranges) = (up * kept, down * kept, ranges * kept)
    } else {
      moves += 1
    }
    (up, down, ranges) = (up + rise, down + fall, ranges + range)
  }

  private mutating func note(_ plus: Double, _ minus: Double) {
    indexes += 1
    if plus + minus > 0 {
      adx = index.take(100 * (abs(plus - minus) / (plus + minus))) ?? adx
    } else if indexes <= period {
      adx = index.take(0) ?? adx
    }
  }

  static let form = IndicatorForm(
    "adx", "average directional index, with +DI and -DI",
    formula: "100 |+di - -di| / (+di + -di) smoothed by Wilder; di = 100 times smoothed moves / smoothed true range",
    source: "Wilder 1978; TA-Lib ADX, PLUS_DI, MINUS_DI", unit: "0 to 100", parameters: [.bars("period", 14)]
  ) { DirectionalMovement(period: Int($0[0])) }
}
