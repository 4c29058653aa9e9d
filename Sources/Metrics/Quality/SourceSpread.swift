import Market

/// How far the closes of an asset's sources lie apart, day by day, over the bars that at least two of them have.
///
/// No source is the right one here: which of them is the asset's price does not change the value.
package struct SourceSpread {
  /// What was found of a day.
  package struct OfDay: Hashable, Sendable {
    /// The largest relative difference of two closes of one bar.
    package var largest: Double
    /// Bars that two sources have.
    package var bars: Int
  }

  /// By day; a day without such a bar is not there.
  package private(set) var days: [Day: OfDay] = [:]

  /// Nothing compared yet.
  package init() {}

  /// Compares the sources of one interval.
  ///
  /// - Parameter sources: the bars of each, of one currency and restated alike.
  package mutating func compare(_ sources: [[Bar]]) {
    guard sources.count > 1 else { return }
    var closes: [Int64: (low: Double, high: Double, count: Int)] = [:]
    for bar in sources.joined() {
      let known = closes[bar.openTime.epochSeconds] ?? (bar.close, bar.close, 0)
      closes[bar.openTime.epochSeconds] = (min(known.low, bar.close), max(known.high, bar.close), known.count + 1)
    }
    for (time, found) in closes where found.count > 1 {
      let day = Instant(epochSeconds: time).day
      let known = days[day] ?? OfDay(largest: 0, bars: 0)
      days[day] = OfDay(
        largest: max(known.largest, relativeDifference(found.low, found.high)), bars: known.bars + 1)
    }
  }
}
