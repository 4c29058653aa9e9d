import Market

/// The parabolic stop and reverse: a stop that follows the price ever faster and changes sides where it is touched.
///
/// SAR = SAR′ + a × (extreme − SAR′), never within the range of this bar and the one before; a grows by `step` at each new
/// extreme, up to `limit`. The first direction is down where the second bar's low fell by more than its high rose.
/// Degree: price. Warm-up: 1. Source: J. W. Wilder, *New Concepts in Technical Trading Systems* (1978); TA-Lib SAR.
package struct ParabolicSAR: Measure {
  private let growth: Double
  private let limit: Double
  private var course: Course?
  private var last: Bar?

  /// - Parameters:
  ///   - step: what the acceleration begins with and grows by.
  ///   - limit: what it never passes; where `step` is larger, that is as large.
  package init(step: Double, limit: Double) {
    growth = min(step, limit)
    self.limit = limit
  }

  /// High and low.
  package static var inputs: BarFields { [.high, .low] }
  /// A price.
  package static var degree: PriceDegree { .price }
  /// The first bar has no direction.
  package var lookBacks: [Int] { [1] }

  /// The stop for this bar.
  package mutating func step(_ bar: Bar) -> Double? {
    defer { last = bar }
    guard let last else { return nil }
    if course != nil { return course?.take(bar, after: last, growth, limit) }
    let (rise, fall) = (bar.high - last.high, last.low - bar.low)
    let isRising = !(fall > 0 && rise < fall)
    course = Course(
      isRising: isRising, stop: isRising ? last.low : last.high, extreme: isRising ? bar.high : bar.low,
      acceleration: growth)
    // Of the first stop TA-Lib has it that the bar before is this one.
    return course?.take(bar, after: bar, growth, limit)
  }

  static let form = IndicatorForm(
    "psar", "parabolic stop and reverse", formula: "s + a (extreme - s), a growing with each new extreme",
    source: "Wilder 1978; TA-Lib SAR", unit: "price",
    parameters: [.factor("step", 0.02, upTo: 1), .factor("limit", 0.2, upTo: 1)]
  ) { ParabolicSAR(step: $0[0], limit: $0[1]) }
}

/// One direction, as long as it lasts.
private struct Course: Sendable {
  var isRising: Bool
  var stop: Double
  var extreme: Double
  var acceleration: Double

  /// - Returns: the stop that holds for this bar.
  mutating func take(_ bar: Bar, after last: Bar, _ growth: Double, _ limit: Double) -> Double {
    if isRising ? bar.low <= stop : bar.high >= stop {
      isRising.toggle()
      stop = kept(extreme, last, bar)
      let now = stop
      acceleration = growth
      extreme = isRising ? bar.high : bar.low
      stop = kept(stop + acceleration * (extreme - stop), last, bar)
      return now
    }
    let now = stop
    if isRising ? bar.high > extreme : bar.low < extreme {
      extreme = isRising ? bar.high : bar.low
      acceleration = min(acceleration + growth, limit)
    }
    stop = kept(stop + acceleration * (extreme - stop), last, bar)
    return now
  }

  /// A stop that lies in neither bar.
  private func kept(_ stop: Double, _ last: Bar, _ bar: Bar) -> Double {
    isRising ? min(stop, last.low, bar.low) : max(stop, last.high, bar.high)
  }
}
