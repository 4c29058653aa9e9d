import Market

/// The snapshots of days of which there is one bar each.
///
/// The change compares with the close of the session before, by the calendar: where that one has no bar there is none, and
/// no older one stands in for it. To be exact for its first day, the pass needs the bars of the days before it as well
/// (`snapshotLeadDays`).
///
/// - Parameters:
///   - bars: daily bars of one series by day, each once; bars outside `days` are only compared with.
///   - calendar: whose sessions they are.
///   - days: the days wanted.
///   - now: decides whether the last day is over.
/// - Returns: snapshots by day, oldest first.
package func marketSnapshots(
  ofDailyBars bars: [Bar], on calendar: Calendar, days: ClosedRange<Day>, now: Instant
) -> [MarketSnapshot] {
  bars.indices.filter { days.contains(bars[$0].openTime.day) }.map { index in
    let (bar, day) = (bars[index], bars[index].openTime.day)
    let before = index > bars.startIndex ? bars[index - 1] : nil
    let isSessionBefore = before?.openTime.day == calendar.session(onOrBefore: day - 1)
    return MarketSnapshot(
      day: day, open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume,
      change24h: isSessionBefore ? before.flatMap { simpleReturn(from: $0.close, to: bar.close) } : nil,
      volatility7d: nil, asiaReturn: nil, europeReturn: nil, usReturn: nil, bars: 1, barsExpected: 1,
      isComplete: now >= day.end)
  }
}
