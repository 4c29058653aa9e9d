import Market
import Store

/// What was due of a series at an instant: an hour at its close and a minute, sentiment half an hour into its day,
/// flows at noon of the next.
enum Lateness {
  /// Seconds by which a bar may be behind before it counts as late.
  private static let grace: Int64 = 15 * 60

  /// The newest key that should be there; `nil` for daily bars, whose sessions are the calendar's business.
  static func newestDue(of series: SeriesKey, at instant: Instant) -> Instant? {
    let step = series.interval.seconds
    switch series.dataset {
    case .bar where step < 86_400: return (instant - 60 - grace).floored(to: step) - step
    case .sentiment: return (instant - 30 * 60).day.start
    case .etfFlow: return weekday(upTo: (instant - 12 * 3600).day - 1).start
    case .bar, .pricePoint: return nil
    }
  }

  private static func weekday(upTo day: Day) -> Day {
    day.isWeekend ? weekday(upTo: day - 1) : day
  }
}

/// A series that does not reach as far as it should.
struct LateSeries {
  let key: SeriesKey
  let title: String
  /// Key of the newest row.
  let newest: Instant
  let due: Instant
  /// Seconds from the end of the newest bar, or the start of the newest day, to the report's instant.
  let age: Int64

  /// `nil` where it is not late, or where it is proven that there is nothing to be had.
  init?(_ series: StoredSeries, asOf: Instant, store: Store, _ credits: Credits) throws {
    guard let newest = series.extent?.upperBound, let due = Lateness.newestDue(of: series.key, at: asOf), newest < due,
      try !store.gaps(of: series.id, in: due...due).contains(where: \.reason.isProven)
    else { return nil }
    key = series.key
    title = credits.title(of: series.key)
    self.newest = newest
    self.due = due
    age = asOf - (series.key.dataset == .bar ? newest + series.key.interval.seconds : newest)
  }
}
