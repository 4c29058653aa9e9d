import Market
import SQLite
import Store

/// What the pages of a step come to when all have been asked for.
extension SeriesStep {
  /// Says how the step ended, and notes for what it asked in vain and what is not to be had.
  func conclude(_ report: inout StepReport, _ tally: Tally, pages: [Page], step: StepID) async throws {
    // What was whole when the end was asked for is not asked for again.
    if report.reason == .interrupted || Task.isCancelled && !tally.failures.isEmpty {
      report.outcome = .interrupted
      report.reason = .interrupted
    } else if report.reason == .rationed {
      report.outcome = tally.failures.count == pages.count ? .skipped : .partial
      report.detail = report.detail.map {
        $0 + StepFailure.left(tally.failures.count, until: tally.rationedUntil, at: clock.now)
      }
    } else if tally.failures.count == pages.count {
      report.outcome = .failed
    } else if !tally.failures.isEmpty {
      report.outcome = .partial
    } else if report.counts.hasNoRows, tally.lastRead != nil {
      report.outcome = .failed
      note(.noRows, &report)
    } else if report.counts.hasOnlyRefusals {
      report.outcome = .failed
      note(.nothingBelieved(rows: report.counts.refused), &report)
    }
    guard report.outcome != .interrupted, report.reason != .rationed else { return }
    let key = series.key
    for span in Set(tally.failures) {
      try await recorder { store in try store.gaps.noteFailure(of: key, over: span, step: step) }
    }
    if tally.failures.isEmpty, report.outcome == .done, let fetch = tally.lastRead {
      try await noteAbsence(over: Set(pages.map(\.span)), from: fetch)
    }
  }

  /// What was asked for and answered in full without coming is not to be had: in the tables of sentiment and flows, which do
  /// not say how far they were asked. An answer of bars speaks for its own window.
  private func noteAbsence(over spans: Set<ClosedRange<Instant>>, from fetch: FetchID) async throws {
    let key = series.key
    guard !key.holdsBars, !key.holdsSamples,
      let first = try await recorder({ store in try store.catalogue.series(key)?.extent?.lowerBound })
    else { return }
    // Up to what is due: what is not there yet is late, not absent.
    let rhythm = series.rhythm(safety: provider.profile.safety)
    let due = rhythm.newestDue(at: clock.now)
    for span in spans {
      let start = rhythm.comesWhole ? span.lowerBound : max(span.lowerBound, first)
      let end = min(span.upperBound, due)
      guard start <= end else { continue }
      try await recorder { store in try store.gaps.noteAbsence(of: key, over: start...end, from: fetch) }
    }
  }
}
