import Market
import SQLite
import Store

/// What the file knows of a series where a run looks.
struct KnownKeys: Sendable {
  /// Stretches of expected keys between the first and the last row that are not stored, in order.
  var absent: [ClosedRange<Instant>] = []
  /// Where an absence is settled, in order: an answer proved it, or what was sent there was refused.
  var settled: [ClosedRange<Instant>] = []
  /// When the absence before the first row was proved for the first time; `nil` where it was not.
  var listed: Instant?
  /// What was asked for in vain, however long ago.
  var failed: [ClosedRange<Instant>] = []
  /// Days whose facts may still change, oldest first.
  var provisional: [Instant] = []
  /// When the series was last asked, and whether that failed, in part or altogether, or our ration ended before it was
  /// done.
  var lastAsked: (at: Instant, hasFailed: Bool)?
}

extension KnownKeys {
  /// - Parameters:
  ///   - window: what the run looks at.
  ///   - lastStep: how the series was last asked.
  init(
    of series: StoredSeries, in window: Window, lastStep: LastStep?, _ store: Store
  ) throws(StoreError) {
    let rhythm = window.rhythm
    if let looked = window.looked, let extent = window.extent, looked.overlaps(extent) {
      absent = try store.facts.absences(of: series, expectedBy: rhythm, in: looked.clamped(to: extent))
    }
    let gaps = try store.gaps.all(of: series.id)
    settled = gaps.compactMap { KnownKeys.settled($0, window.extent) }
    if gaps.contains(where: { $0.reason == .beforeListing }) {
      listed = try store.gaps.listingProved(of: series.id)
    }
    failed = gaps.filter { $0.reason == .failed }.map(\.span)
    if rhythm.revisits != nil {
      provisional = try store.flows.provisionalFlowDays(of: series.id).map(\.start).filter(rhythm.expects)
    }
    lastAsked = lastStep.map { ($0.startedAt, $0.outcome.hasFailed || $0.reason == .rationed) }
  }

  /// The part of a gap that nobody need ask for again.
  ///
  /// After the last row an answer proves nothing: what is not there yet is late, not absent.
  private static func settled(_ gap: Gap, _ extent: ClosedRange<Instant>?) -> ClosedRange<Instant>? {
    if gap.reason == .refused { return gap.span }
    guard gap.reason.isProven, let last = extent?.upperBound, gap.span.lowerBound < last else { return nil }
    return gap.span.lowerBound...min(gap.span.upperBound, last)
  }
}

extension StepOutcome {
  /// Whether something that was asked for did not come, in part or altogether, so that it is asked for again.
  var hasFailed: Bool {
    switch self {
    case .failed, .partial, .interrupted: true
    case .done, .skipped: false
    }
  }
}
