/// When facts should be there: the rules by which a run asks, and a screen or a report calls a series late.
package enum Due {
  /// Seconds after a bar is due until it counts as late.
  package static let lateness: Int64 = 15 * 60

  /// The newest key that a series should hold at `now`: an open time, or the start of a day.
  ///
  /// A bar is due at its close and `safety`, sentiment half an hour into its day, flows at noon of the next day.
  ///
  /// - Parameter safety: seconds after the close of a bar before it may be taken as final.
  package static func newestKey(of series: SeriesKey, safety: Int64, at now: Instant) -> Instant {
    let step = series.interval.seconds
    switch series.dataset {
    case .bar, .pricePoint: return (now - safety).floored(to: step) - step
    case .sentiment: return (now - 30 * 60).day.start
    case .etfFlow: return newestFlowDay(at: now).start
    default: return now.day.start
    }
  }

  /// The flows of a day are due at noon of the next; a weekend has none.
  private static func newestFlowDay(at now: Instant) -> Day {
    var day = (now - 12 * 3600).day - 1
    while day.isWeekend { day = day - 1 }
    return day
  }
}
