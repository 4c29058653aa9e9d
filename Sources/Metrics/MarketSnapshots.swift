import Market

/// The snapshots of many days in one pass over hourly bars.
///
/// A day without a bar has no snapshot. To be exact for its first day, the pass needs the bars of the eight days
/// before it (`snapshotLeadDays`) as well; without them `change24h` and `volatility7d` begin as `nil`.
///
/// - Parameters:
///   - bars: closed hourly bars of one series by open time, each once; bars after `days` are ignored.
///   - days: the UTC days wanted.
///   - now: decides whether the last day is over.
/// - Returns: snapshots by day, oldest first.
/// - Complexity: O(bars + 168 × days).
package func marketSnapshots(ofHourlyBars bars: [Bar], days: ClosedRange<Day>, now: Instant) -> [MarketSnapshot] {
  var history = HourlyHistory(bars)
  var snapshots: [MarketSnapshot] = []
  var next = bars.firstIndex { $0.openTime >= days.lowerBound.start } ?? bars.endIndex
  while next < bars.endIndex, bars[next].openTime < days.upperBound.end {
    let day = bars[next].openTime.day
    let end = bars[next...].firstIndex { $0.openTime >= day.end } ?? bars.endIndex
    snapshots.append(history.snapshot(of: day, at: next..<end, now: now))
    next = end
  }
  return snapshots
}

/// How many hourly bars a whole UTC day of a market that never closes has.
package func hoursExpected(on day: Day) -> Int { hourly.count(in: day.start...day.end - 1) }

private let hourly = Rhythm(of: .bar, every: .hour1, assetClass: .crypto)

/// How many days before the first wanted day `marketSnapshots(ofHourlyBars:days:now:)` needs bars from.
package let snapshotLeadDays = 8

/// Hourly bars with the return that led to each, and two cursors that only ever move on.
private struct HourlyHistory {
  private let bars: [Bar]
  /// The return from the bar one hour earlier, where there is one.
  private let returns: [Double?]
  /// The first bar whose return lies in the volatility window.
  private var windowStart = 0
  /// The first bar not older than 24 h.
  private var dayEarlier = 0

  init(_ bars: [Bar]) {
    self.bars = bars
    returns = bars.indices.map { $0 == 0 ? nil : hourlyLogReturn(from: bars[$0 - 1], to: bars[$0]) }
  }

  /// `range` is where the day's bars lie: not empty, and after the range of the call before.
  mutating func snapshot(of day: Day, at range: Range<Int>, now: Instant) -> MarketSnapshot {
    let today = bars[range]
    let first = today[range.lowerBound]
    let last = today[range.upperBound - 1]
    let expected = hoursExpected(on: day)
    return MarketSnapshot(
      day: day, open: first.open, high: today.reduce(first.high) { max($0, $1.high) },
      low: today.reduce(first.low) { min($0, $1.low) }, close: last.close, volume: today.reduce(0) { $0 + $1.volume },
      change24h: Metrics.change24h(closeNow: last.close, close24hEarlier: close(at: last.openTime - 86_400)),
      volatility7d: volatility(endingAt: range.upperBound - 1),
      asiaReturn: dayPartReturn(of: .asia, in: today), europeReturn: dayPartReturn(of: .europe, in: today),
      usReturn: dayPartReturn(of: .us, in: today), bars: range.count, barsExpected: expected,
      isComplete: now >= day.end && range.count == expected)
  }

  private mutating func close(at time: Instant) -> Double? {
    while bars[dayEarlier].openTime < time { dayEarlier += 1 }
    return bars[dayEarlier].openTime == time ? bars[dayEarlier].close : nil
  }

  private mutating func volatility(endingAt last: Int) -> Double? {
    let start = bars[last].openTime - VolatilityWindow.hours * 3600
    while bars[windowStart].openTime <= start { windowStart += 1 }
    return annualisedVolatility(ofHourlyReturns: returns[windowStart...last].compactMap { $0 })
  }

  private func dayPartReturn(of part: DayPart, in day: ArraySlice<Bar>) -> Double? {
    Metrics.dayPartReturn(of: day.filter { DayPart(ofBarOpeningAt: $0.openTime) == part })
  }
}
