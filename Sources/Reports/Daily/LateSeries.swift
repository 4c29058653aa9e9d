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
    // Samples only stand in for bars.
    let rhythm = series.rhythm()
    let due = rhythm.newestLate(at: asOf)
    guard series.key.dataset != .pricePoint, let newest = series.extent?.upperBound,
      !rhythm.reaches(due, newest: newest),
      try !store.gaps(of: series.id, in: due...due).contains(where: \.reason.isProven)
    else { return nil }
    key = series.key
    title = credits.title(of: series.key)
    self.newest = newest
    self.due = due
    age = asOf - (series.key.dataset == .bar ? rhythm.close(of: newest) : newest)
  }
}
