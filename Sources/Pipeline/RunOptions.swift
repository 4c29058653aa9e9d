import Market

/// What was asked of a run.
package struct RunOptions: Sendable {
  /// Steps to run; `nil` for all.
  package var only: Set<StepName>?
  /// Steps to leave out, also of those in `only`.
  package var skip: Set<StepName> = []
  /// Symbols of the assets to which the steps that have assets are narrowed; `nil` for all.
  package var assets: Set<String>?
  /// Sources to whose series it is narrowed; `nil` for all.
  package var sources: Set<ProviderName>?
  /// Intervals to whose series it is narrowed; `nil` for all.
  package var intervals: Set<Interval>?
  /// Series to which it is narrowed, with the stretches that they are asked for, due or not, followed or not; `nil` for
  /// what is due of all.
  package var stretches: [SeriesKey: [ClosedRange<Instant>]]?
  /// Backfill: the first and last instant wanted.
  package var since: Instant?
  /// The last instant wanted; `nil` for as far as anything is due.
  package var until: Instant?
  /// How many days back series that the user added are asked at first; `nil` for as many as others.
  package var addedDays: Int?
  /// Nobody is asked; what was kept is read and derived.
  package var isOffline = false
  /// What is not due is asked all the same.
  package var isForced = false
  /// Whether the bytes of feeds stay for ever.
  package var keepsFeedBodies = false
  /// Only what did not end well the last time.
  package var retriesFailed = false

  /// A run of everything that is due.
  package init() {}

  /// Whether a step is to run.
  package func includes(_ step: StepName) -> Bool {
    (only.map { $0.contains(step) } ?? true) && !skip.contains(step)
  }

  /// Whether a series about this asset is wanted; one about none always is.
  package func includes(asset: String?) -> Bool {
    guard let assets, let asset else { return true }
    return assets.contains(asset)
  }

  /// Whether a series of this source and interval is wanted.
  package func includes(_ series: SeriesKey) -> Bool {
    (stretches.map { $0[series] != nil } ?? true) && includes(series.provider)
      && (intervals.map { $0.contains(series.interval) } ?? true)
  }

  /// Whether it looks for what is due of all prices, so that what is compared among them is of one day.
  var looksAtAllPrices: Bool {
    !skip.contains(.prices) && assets == nil && sources == nil && intervals == nil && stretches == nil && !retriesFailed
  }

  /// Whether the user said how far back is asked.
  var namesBeginning: Bool { since != nil || stretches != nil }

  /// Whether this source is to be asked.
  package func includes(_ source: ProviderName) -> Bool { sources.map { $0.contains(source) } ?? true }
}
