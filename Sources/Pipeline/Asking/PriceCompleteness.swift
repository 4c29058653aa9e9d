import Market
import SQLite
import Store

/// Whether a series of bars holds all that it should between two keys, so that it can be the price of its asset.
///
/// A key that is not stored counts as absent only where an answer held bars before and after it: an answer that is empty,
/// or ends early, looks the same whether the provider lacks the rows or lost them.
struct PriceCompleteness {
  let store: Store
  let providers: [ProviderName: any Provider]
  let now: Instant

  /// The series to choose among: the first that lacks nothing, and the one that lacks least.
  ///
  /// - Parameter window: from the first key that is wanted to the newest that is due.
  func verdict(on candidates: [StoredSeries], in window: ClosedRange<Instant>) throws -> PriceVerdict {
    var fullest: (id: SeriesID, missing: Int)?
    for series in candidates {
      let missing = try missingKeys(of: series, in: window)
      // Nothing lacks less: the keys of those behind it need not be read.
      if missing == 0 { return PriceVerdict(complete: series.id, fullest: series.id) }
      if fullest.map({ missing < $0.missing }) ?? true { fullest = (series.id, missing) }
    }
    return PriceVerdict(complete: nil, fullest: fullest?.id)
  }

  /// How many keys of the window are neither stored nor proved absent.
  func missingKeys(of series: StoredSeries, in window: ClosedRange<Instant>) throws -> Int {
    let rhythm = rhythm(of: series)
    guard let extent = series.extent else { return max(1, rhythm.count(in: window)) }
    guard rhythm.isExact else { return rhythm.reaches(window.upperBound, newest: extent.upperBound) ? 0 : 1 }
    let inside = window.overlaps(extent) ? window.clamped(to: extent) : nil
    let holes = try inside.map { try store.facts.absences(of: series, expectedBy: rhythm, in: $0) } ?? []
    let around = rhythm.count(in: window) - (inside.map(rhythm.count) ?? 0)
    let missing = holes.reduce(around) { $0 + rhythm.count(in: $1) }
    guard missing > 0 else { return 0 }
    let absent = try store.gaps.all(of: series.id, in: window).reduce(0) { sum, gap in
      let span = gap.span.clamped(to: window)
      let counts = try isAbsent(span, gap.reason, of: series)
      return counts ? sum + rhythm.count(in: span) : sum
    }
    return try max(0, missing - absent - unreachable(of: series, in: window))
  }

  private func rhythm(of series: StoredSeries) -> Rhythm {
    providers[series.key.provider].map { series.rhythm(safety: $0.profile.safety) } ?? series.rhythm()
  }

  /// Whether nobody need wait for the keys of a gap.
  private func isAbsent(_ span: ClosedRange<Instant>, _ reason: GapReason, of series: StoredSeries) throws -> Bool {
    switch reason {
    case .marketClosed, .afterDelisting: true
    // Within what every run looks at, a first page that failed looks like a listing.
    case .beforeListing: span.upperBound < usualStart(of: series)
    case .providerEmpty: try isProved(span, of: series)
    case .refused, .failed, .notAsked: false
    }
  }

  /// Keys before the first row that the provider does not reach back to.
  private func unreachable(of series: StoredSeries, in window: ClosedRange<Instant>) throws -> Int {
    let end = usualStart(of: series)
    guard let provider = providers[series.key.provider], let first = series.extent?.lowerBound,
      window.lowerBound < min(first, end)
    else { return 0 }
    let span = window.lowerBound...min(first, end, window.upperBound + 1) - 1
    guard provider.requests(for: Want(series: series.key, span: span), at: now).isEmpty else { return 0 }
    let listed = try store.gaps.all(of: series.id, in: span).filter { $0.reason == .beforeListing }
    let rhythm = rhythm(of: series)
    return rhythm.count(in: span) - listed.reduce(0) { $0 + rhythm.count(in: $1.span.clamped(to: span)) }
  }

  /// Where a run begins to look that is told nothing else.
  private func usualStart(of series: StoredSeries) -> Instant {
    let rhythm = rhythm(of: series)
    return rhythm.firstKey(ofRunTo: rhythm.newestDue(at: now))
  }

  /// Whether one answer held bars before and after the keys: the one in which they were missed, or the one that brought
  /// the bar behind them. An imported file is believed where it lies.
  private func isProved(_ span: ClosedRange<Instant>, of series: StoredSeries) throws -> Bool {
    guard let extent = series.extent, extent.lowerBound < span.lowerBound, span.upperBound < extent.upperBound else {
      return false
    }
    guard let provider = providers[series.key.provider] else { return true }
    let next = rhythm(of: series).key(after: span.upperBound)
    let answers = [
      try store.judgement.absence(of: series.id, at: span.lowerBound).gap?.fetch,
      try store.past.fact(of: series, under: FactKey([.instant(next)]))?.fetch,
    ]
    return Set(answers.compactMap { $0 }).contains { held($0, of: series.key, around: span, provider) }
  }

  /// An answer whose bytes are gone, or that cannot be read any more, proves nothing.
  private func held(
    _ fetch: FetchID, of key: SeriesKey, around span: ClosedRange<Instant>, _ provider: any Provider
  ) -> Bool {
    guard let kept = try? store.vault.keptAnswer(fetch),
      let reading = try? provider.read(kept.answer, to: kept.request),
      case .bars(let bars)? = reading.parts.first(where: { $0.series == key })?.facts,
      let first = bars.first, let last = bars.last
    else { return false }
    return first.openTime < span.lowerBound && span.upperBound < last.openTime
  }
}
