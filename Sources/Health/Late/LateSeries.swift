import Market
import Store

/// A series that does not reach as far as it should, as a report about a day judges it.
package struct LateSeries {
  /// Which one is late.
  package let key: SeriesKey
  /// Key of the newest row.
  package let newest: Instant
  /// The newest key that should be there.
  package let due: Instant
  /// Seconds from the end of the newest bar, or the start of the newest day, to the report's instant.
  package let age: Int64

  /// `nil` where it is not late, or where it is proven that there is nothing to be had.
  package init?(_ series: StoredSeries, asOf: Instant, store: Store) throws {
    // Samples only stand in for bars.
    let rhythm = series.rhythm()
    let due = rhythm.newestLate(at: asOf)
    guard series.isAsked, store.kinds[series.key.dataset]?.hasGaps ?? false, let newest = series.extent?.upperBound,
      !rhythm.reaches(due, newest: newest),
      try !store.gaps.all(of: series.id, in: due...due).contains(where: \.reason.isProven)
    else { return nil }
    key = series.key
    self.newest = newest
    self.due = due
    age = asOf - (series.key.holdsBars ? rhythm.close(of: newest) : newest)
  }
}

extension LateSeries {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "dataset": .string(key.dataset.rawValue), "source": .string(key.provider.description),
      "symbol": .string(key.providerSymbol), "interval": .string(key.interval.rawValue),
      "newest": .string(newest.description), "due": .string(due.description), "age_seconds": .integer(age),
    ]
  }
}
