import Market
import SQLite
import Store

/// Brings one group of series up to date: the first by priority, and the next ones only where it fell short.
struct GroupAsker: Sendable {
  let ingest: Ingest
  let run: RunID
  let options: RunOptions

  /// What became of a group: the steps it took, and how many of its series had nothing due.
  struct Outcome: Sendable {
    var reports: [StepReport] = []
    var notDue = 0
  }

  func bringUpToDate(_ group: SeriesGroup) async throws -> Outcome {
    var outcome = Outcome()
    var isAnswered = false
    // Whether what answered are the facts themselves: samples only stand in for bars.
    var isAnsweredInFull = false
    let window = window(of: group)
    for series in group.candidates where !Task.isCancelled {
      guard let provider = ingest.dependencies.providers[series.key.provider] else { continue }
      // A second source of flows is a cross-check and is always asked; a second source of prices is a fallback.
      if isAnswered, !ingest.store.catalogue.isCrossChecked(series.key) { break }
      let prospect = try await prospect(of: series, provider, window: window)
      switch prospect {
      case .endedWell: break
      case .notDue: outcome.notDue += 1
      case .offline, .notConfigured, .restricted:
        let report = untried(prospect, series, provider, group)
        ingest.dependencies.onEvent(.ended(report))
        outcome.reports.append(report)
      case .due(let spans):
        let isFallback = !outcome.reports.isEmpty && !isAnswered
        let report = try await ask(series, provider, group, spans, isFallback: isFallback)
        outcome.reports.append(report)
        if report.outcome == .done, try await ingest.recorder({ try isComplete(series.key, provider, window, in: $0) })
        {
          isAnswered = true
        }
      }
      if try await self.isAnswered(prospect, series, provider, window: window) { isAnswered = true }
      isAnsweredInFull = isAnsweredInFull || isAnswered && !series.key.holdsSamples
    }
    try await choosePrice(of: group)
    outcome.reports = isAnsweredInFull ? try await excused(outcome.reports) : outcome.reports.map(blamed)
    return outcome
  }

  private func ask(
    _ series: StoredSeries, _ provider: any Provider, _ group: SeriesGroup, _ spans: [ClosedRange<Instant>],
    isFallback: Bool
  ) async throws -> StepReport {
    let tickers = try await tickers(for: series, isFallback: isFallback)
    return try await SeriesStep(
      name: group.step, series: series, provider: provider, transport: ingest.dependencies.transport,
      clock: ingest.dependencies.clock,
      run: run, recorder: ingest.recorder, quotas: ingest.dependencies.quotas, onEvent: ingest.dependencies.onEvent,
      isNamed: options.since != nil, clockLead: ingest.clockLead
    ).perform(spans, tickers: tickers)
  }

  /// A source that is not asked because it does not serve this place is still why there is nothing, where no other one answered.
  private func blamed(_ report: StepReport) -> StepReport {
    guard report.outcome == .skipped, report.reason == .restricted else { return report }
    var report = report
    report.outcome = .failed
    return report
  }

  /// A source that does not serve this place is no failure where another answered.
  private func excused(_ reports: [StepReport]) async throws -> [StepReport] {
    var reports = reports
    let run = run
    for index in reports.indices where reports[index].outcome == .failed && reports[index].reason == .restricted {
      reports[index].outcome = .skipped
      guard let key = reports[index].series else { continue }
      try await ingest.recorder { store in try store.runs.excuse(key, in: run) }
    }
    return reports
  }

  private func tickers(for series: StoredSeries, isFallback: Bool) async throws -> [String] {
    guard isFallback, ingest.store.catalogue.isCrossChecked(series.key), let asset = series.asset else { return [] }
    return try await ingest.recorder { store in try store.catalogue.tickers(ofFundsHolding: asset) }
  }

  /// What becomes of a group in which nobody is asked, all looked up in one turn; `nil` where somebody is.
  func settled(_ group: SeriesGroup, in store: Store) throws -> Outcome? {
    var outcome = Outcome()
    var (isAnswered, isAnsweredInFull) = (false, false)
    let window = window(of: group)
    for series in group.candidates {
      guard let provider = ingest.dependencies.providers[series.key.provider] else { continue }
      if isAnswered, !store.catalogue.isCrossChecked(series.key) { break }
      let prospect = try prospect(of: series, provider, window: window, in: store)
      switch prospect {
      case .endedWell: break
      case .notDue: outcome.notDue += 1
      case .offline, .notConfigured, .restricted: outcome.reports.append(untried(prospect, series, provider, group))
      case .due: return nil
      }
      if try self.isAnswered(prospect, series, provider, window: window, in: store) { isAnswered = true }
      isAnsweredInFull = isAnsweredInFull || isAnswered && !series.key.holdsSamples
    }
    outcome.reports.forEach { ingest.dependencies.onEvent(.ended($0)) }
    try choosePrice(of: group, in: store)
    if !isAnsweredInFull { outcome.reports = outcome.reports.map(blamed) }
    return outcome
  }

  func choosePrice(of group: SeriesGroup) async throws {
    try await ingest.recorder { store in try choosePrice(of: group, in: store) }
  }

  private func choosePrice(of group: SeriesGroup, in store: Store) throws {
    guard group.step == .prices, let asset = group.asset,
      let bars = group.candidates.first(where: { $0.key.holdsBars })
    else { return }
    let safety = ingest.dependencies.providers[bars.key.provider]?.profile.safety ?? 0
    let rhythm = bars.rhythm(safety: safety)
    let due = rhythm.newestDue(at: ingest.dependencies.clock.now)
    let first = min(window(of: group)?.lowerBound ?? due, rhythm.firstKey(ofRunTo: due))
    let candidates = try store.catalogue.priceCandidates(of: asset, interval: bars.key.interval)
    let verdict = try completeness.verdict(on: candidates, in: first...max(first, due))
    _ = try store.catalogue.choosePrice(of: asset, interval: bars.key.interval, due: due, verdict: verdict, run: run)
  }

  /// The report of a series that is not asked, for a reason that is no failure.
  private func untried(
    _ prospect: Prospect, _ series: StoredSeries, _ provider: any Provider, _ group: SeriesGroup
  ) -> StepReport {
    var report = StepReport(name: group.step, series: series.key, asset: series.asset, outcome: .skipped)
    report.reason = prospect.reason
    switch prospect {
    case .notConfigured: report.detail = "needs \(provider.profile.credential?.setting ?? "a key")"
    case .restricted: report.detail = "was not served from here less than a day ago"
    case .endedWell, .offline, .notDue, .due: break
    }
    return report
  }
}
