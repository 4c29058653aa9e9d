import Market

/// When facts should be there: the rules by which a run asks and a screen calls a series late.
package enum Due {
  /// Bars that a first run brings.
  package static let firstBars = 336
  /// Days of sentiment and of flows that a first run brings.
  package static let firstDays = 30
  /// Seconds that every run reads again, so that restatements are seen.
  package static let overlap: Int64 = 48 * 3600
  /// Days of fund flows that every run reads again: five rows of the table, weekends between them.
  package static let flowOverlapDays = 7
  /// Seconds after a bar is due until it counts as late.
  package static let lateness: Int64 = 15 * 60

  /// The newest key that a series should hold at `now`: an open time, or the start of a day.
  ///
  /// - Parameter safety: seconds after the close of a bar before it may be taken as final.
  package static func newestKey(of series: SeriesKey, safety: Int64, at now: Instant) -> Instant {
    let step = series.interval.seconds
    switch series.dataset {
    case .bar, .pricePoint: return (now - safety).floored(to: step) - step
    case .sentiment: return (now - 30 * 60).day.start
    case .etfFlow: return newestFlowDay(at: now).start
    }
  }

  /// The flows of a day are due at noon of the next; a weekend has none.
  private static func newestFlowDay(at now: Instant) -> Day {
    var day = (now - 12 * 3600).day - 1
    while day.isWeekend { day = day - 1 }
    return day
  }

  /// The newest key worth asking for. Fund tables show a day before it is due, provisionally.
  package static func newestToAsk(of series: SeriesKey, safety: Int64, at now: Instant) -> Instant {
    series.dataset == .etfFlow ? now.day.start : newestKey(of: series, safety: safety, at: now)
  }

  /// How far back a first run goes from `newest`.
  package static func firstKey(of series: SeriesKey, newest: Instant) -> Instant {
    switch series.dataset {
    case .bar, .pricePoint: newest - Int64(firstBars - 1) * series.interval.seconds
    case .sentiment: newest - Int64(firstDays - 1) * 86_400
    case .etfFlow: newest - Int64(firstDays) * 86_400
    }
  }
}
