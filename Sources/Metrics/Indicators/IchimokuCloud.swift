import Market

/// Ichimoku: middles of three ranges, two of them drawn ahead as a cloud.
///
/// Conversion and base = (highest high + lowest low) ÷ 2 of the short and the middle period. What the cloud is at a bar was
/// known `middle` bars before: span A = (conversion + base) ÷ 2 of then, span B = the middle of the long range of then. The
/// lagging line is a later close drawn at this bar, which nobody knows at it, so that it is left out. Degree: price.
/// Warm-up: each period less 1, and `middle` bars more for the cloud. Source: G. Hosoda (1969); 9, 26 and 52 by N. Elliott,
/// *Ichimoku Charts* (2007).
package struct IchimokuCloud: Measure {
  /// What one bar gives.
  package struct Values: MeasureOutput {
    /// The middle of the short range.
    package let conversion: Double
    /// The middle of the middle one.
    package let base: Double?
    /// One edge of the cloud at this bar.
    package let spanA: Double?
    /// The other edge.
    package let spanB: Double?

    /// As columns are called.
    package static var names: [String] {
      ["ichimoku_conversion", "ichimoku_base", "ichimoku_span_a", "ichimoku_span_b"]
    }
    /// In the order of the names.
    package func hand(to receive: (Double?) -> Void) {
      receive(conversion)
      receive(base)
      receive(spanA)
      receive(spanB)
    }
  }

  private let periods: [Int]
  private var (short, middle, long): (WindowFold<Extremes>, WindowFold<Extremes>, WindowFold<Extremes>)
  private var ahead: (a: LastElements<Double>, b: LastElements<Double>)

  /// Each period is longer than the one before it; the cloud is drawn `middle` bars ahead.
  package init(short: Int, middle: Int, long: Int) {
    periods = [short, middle, long]
    (self.short, self.middle, self.long) = (WindowFold(short), WindowFold(middle), WindowFold(long))
    ahead = (LastElements(middle), LastElements(middle))
  }

  /// High and low.
  package static var inputs: BarFields { [.high, .low] }
  /// Prices.
  package static var degree: PriceDegree { .price }
  /// The cloud comes later.
  package var lookBacks: [Int] {
    [periods[0] - 1, periods[1] - 1, 2 * periods[1] - 1, periods[2] + periods[1] - 1]
  }

  /// All four with this bar.
  package mutating func step(_ bar: Bar) -> Values? {
    let range = Extremes(high: bar.high, low: bar.low)
    let (conversion, base, far) = (short.take(range)?.middle, middle.take(range)?.middle, long.take(range)?.middle)
    guard let conversion else { return nil }
    let spanA = base.flatMap { ahead.a.take((conversion + $0) / 2) }
    return Values(conversion: conversion, base: base, spanA: spanA, spanB: far.flatMap { ahead.b.take($0) })
  }

  static let form = IndicatorForm(
    "ichimoku", "Ichimoku cloud",
    formula: "(highest h + lowest l) / 2 of three periods; the cloud as of the middle ago",
    source: "Hosoda 1969; Elliott 2007", unit: "price",
    parameters: [.bars("fast", 9), .bars("slow", 26), .bars("long", 52)]
  ) { IchimokuCloud(short: Int($0[0]), middle: Int($0[1]), long: Int($0[2])) }
}
