import Market
import Store

/// What is missing of a series of bars and may be had from another source, into a series of its own.
package struct GapFill: Sendable {
  /// The series in which it is missing.
  package let series: StoredSeries
  /// Who may have it.
  package let provider: any Provider
  /// The series that is asked for it; perhaps not there yet.
  package let filler: SeriesKey
  /// Runs of keys that the filler has not, and of which no answer proved that it has not.
  package let stretches: [ClosedRange<Instant>]
  /// How many keys they hold.
  package let missing: Int
  /// What is asked for: stretches near each other as one.
  private let spans: [ClosedRange<Instant>]

  /// - Parameter gaps: of the series.
  /// - Returns: `nil` where nothing is missing that the other source could be asked for.
  package init?(
    of series: StoredSeries, _ gaps: [Gap], from provider: any Provider, into filler: SeriesKey, in store: Store,
    at now: Instant
  ) throws {
    let stored = try store.catalogue.series(filler)
    let rhythm = filler.rhythm(
      of: series.assetClass, calendar: series.calendar, closures: series.closures, safety: provider.profile.safety)
    let due = rhythm.newestDue(at: now)
    var stretches: [ClosedRange<Instant>] = []
    for gap in gaps where gap.reason.mayBeElsewhere {
      guard gap.span.lowerBound <= due, let first = rhythm.firstKey(in: gap.span),
        let last = rhythm.lastKey(
          in: first...max(first, min(due, gap.span.upperBound + series.key.interval.seconds - 1)))
      else { continue }
      let absent = try stored.map { try store.facts.absences(of: $0, expectedBy: rhythm, in: first...last) }
      for stretch in absent ?? [first...last] {
        let settled = try stored.map { try store.gaps.all(of: $0.id, in: stretch) } ?? []
        if !settled.contains(where: {
          $0.reason.isProven && $0.span.lowerBound <= stretch.lowerBound
            && $0.span.upperBound >= stretch.upperBound
        }) {
          stretches.append(stretch)
        }
      }
    }
    guard !stretches.isEmpty else { return nil }
    (self.series, self.provider, self.filler, self.stretches) = (series, provider, filler, stretches)
    missing = stretches.reduce(0) { $0 + rhythm.count(in: $1) }
    spans = Window.joined(stretches, rhythm, first: stored?.extent?.lowerBound)
  }

  /// The requests that bring it, at least.
  package func requests(at now: Instant) -> Int {
    spans.reduce(0) { $0 + provider.requests(for: Want(series: filler, span: $1), at: now).count }
  }
}

extension GapReason {
  /// Whether another source may have what is missing for this reason.
  var mayBeElsewhere: Bool {
    switch self {
    case .providerEmpty, .refused, .failed, .notAsked: true
    case .marketClosed, .beforeListing, .afterDelisting: false
    }
  }
}
