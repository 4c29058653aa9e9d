import Market
import Store

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
    guard let newest = series.extent?.upperBound, let due = LateSeries.newestDue(of: series.key, at: asOf),
      newest < due,
      try !store.gaps(of: series.id, in: due...due).contains(where: \.reason.isProven)
    else { return nil }
    key = series.key
    title = credits.title(of: series.key)
    self.newest = newest
    self.due = due
    age = asOf - (series.key.dataset == .bar ? newest + series.key.interval.seconds : newest)
  }

  /// The newest key that should be there; `nil` for daily bars, whose sessions are the calendar's business, and for
  /// samples, which only stand in.
  static func newestDue(of series: SeriesKey, at instant: Instant) -> Instant? {
    switch series.dataset {
    case .bar where series.interval.seconds < 86_400: Due.newestKey(of: series, safety: 60, at: instant - Due.lateness)
    case .sentiment, .etfFlow: Due.newestKey(of: series, safety: 0, at: instant)
    default: nil
    }
  }
}
