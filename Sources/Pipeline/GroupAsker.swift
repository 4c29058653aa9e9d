import Market
import Store

/// Brings one group of series up to date: the first by priority, and the next ones only where it fell short.
struct GroupAsker: Sendable {
  let ingest: Ingest
  let run: RunID
  let options: RunOptions

  /// A provider that does not serve this place is not asked again for a day.
  private static let restrictedFor: Int64 = 86_400

  func bringUpToDate(_ group: SeriesGroup) async throws -> [StepReport] {
    var reports: [StepReport] = []
    var isAnswered = false
    for series in group.candidates where !Task.isCancelled {
      guard let provider = ingest.dependencies.providers[series.key.provider] else { continue }
      // A second source of flows is a cross-check and is always asked; a second source of prices is a fallback.
      if isAnswered, !ingest.store.isCrossChecked(series.key) { break }
      guard try await isWanted(series) else {
        isAnswered = true
        continue
      }
      let report = try await bringUpToDate(series, provider, group, isFallback: !reports.isEmpty && !isAnswered)
      if let report { reports.append(report) }
      let isServed = report?.outcome == .done || report?.reason == .nothingDue
      if isServed, try await isComplete(series.key, provider) { isAnswered = true }
    }
    try await choosePrice(of: group)
    return isAnswered ? try await excused(reports) : reports.map(blamed)
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
      try await ingest.recorder { store in try store.excuse(key, in: run) }
    }
    return reports
  }

  private func isWanted(_ series: StoredSeries) async throws -> Bool {
    guard options.retriesFailed else { return true }
    // A source without its key is not asked, so that nothing of it can have failed.
    if series.needsKey, !ingest.dependencies.keyed.contains(series.key.provider) { return false }
    let last = try await ingest.recorder { store in try store.lastStep(of: series.id) }
    return last.map { [.failed, .partial, .interrupted].contains($0.outcome) } ?? true
  }

  private func bringUpToDate(
    _ series: StoredSeries, _ provider: any Provider, _ group: SeriesGroup, isFallback: Bool
  ) async throws -> StepReport? {
    if options.isOffline { return report(group.step, series, .skipped, .offline) }
    if series.needsKey, !ingest.dependencies.keyed.contains(series.key.provider) {
      return report(
        group.step, series, .skipped, .notConfigured, "needs \(provider.profile.credential?.setting ?? "a key")")
    }
    let now = ingest.dependencies.clock.now
    if let last = try await ingest.recorder({ store in try store.lastStep(of: series.id) }), last.reason == .restricted,
      (0..<GroupAsker.restrictedFor).contains(now - last.startedAt)
    {
      return report(group.step, series, .skipped, .restricted, "was not served from here less than a day ago")
    }
    let window = try await window(of: series, provider)
    let tickers = try await tickers(for: series, isFallback: isFallback)
    return try await SeriesStep(
      name: group.step, series: series, provider: provider, transport: ingest.dependencies.transport,
      clock: ingest.dependencies.clock,
      run: run, recorder: ingest.recorder, quotas: ingest.dependencies.quotas, onEvent: ingest.dependencies.onEvent
    ).perform(window.spans, tickers: tickers)
  }

  /// What to ask of a series now.
  func window(of series: StoredSeries, _ provider: any Provider) async throws -> Window {
    let newest = Due.newestToAsk(of: series.key, safety: provider.profile.safety, at: ingest.dependencies.clock.now)
    let options = options
    return try await ingest.recorder { store in
      try Window(
        of: series, in: store, newest: newest, since: options.since ?? fallbackDepth(of: series, in: store, options),
        until: options.until, settledBefore: Due.firstKey(of: series.key, newest: newest))
    }
  }

  /// While a series of lower priority stands in, the one it stands in for is filled as deep, so that nothing is lost
  /// from view when it is chosen again.
  private func fallbackDepth(of series: StoredSeries, in store: Store, _ options: RunOptions) throws -> Instant? {
    guard options.until == nil, series.key.dataset == .bar, let asset = series.asset,
      let chosen = try store.chosenPrice(of: asset, interval: series.key.interval), chosen.priority > series.priority,
      ingest.dependencies.providers[chosen.key.provider] != nil  // An imported history stands in for nobody.
    else { return nil }
    return chosen.extent?.lowerBound
  }

  private func tickers(for series: StoredSeries, isFallback: Bool) async throws -> [String] {
    guard isFallback, ingest.store.isCrossChecked(series.key), let asset = series.asset else { return [] }
    return try await ingest.recorder { store in try store.tickers(ofFundsHolding: asset) }
  }

  private func isComplete(_ key: SeriesKey, _ provider: any Provider) async throws -> Bool {
    let due = min(
      Due.newestKey(of: key, safety: provider.profile.safety, at: ingest.dependencies.clock.now),
      options.until ?? Instant.representable.upperBound)
    let stored = try await ingest.recorder { store in try store.series(key) }
    return (stored?.extent?.upperBound).map { $0 >= due.floored(to: key.interval.seconds) } ?? false
  }

  func choosePrice(of group: SeriesGroup) async throws {
    guard group.step == .prices, let asset = group.asset,
      let bars = group.candidates.first(where: { $0.key.dataset == .bar })
    else { return }
    let safety = ingest.dependencies.providers[bars.key.provider]?.profile.safety ?? 0
    let due = Due.newestKey(of: bars.key, safety: safety, at: ingest.dependencies.clock.now)
    let run = run
    _ = try await ingest.recorder { store in
      try store.choosePrice(of: asset, interval: bars.key.interval, due: due, run: run)
    }
  }

  private func report(
    _ name: StepName, _ series: StoredSeries, _ outcome: StepOutcome, _ reason: StepReason, _ detail: String? = nil
  ) -> StepReport {
    let report = StepReport(
      name: name, series: series.key, asset: series.asset, outcome: outcome, reason: reason, detail: detail)
    ingest.dependencies.onEvent(.ended(report))
    return report
  }
}

extension Window {
  /// The window of a series as the file stands now.
  ///
  /// - Parameter settledBefore: what is proven to be missing is believed before this instant; after it a hole is asked
  ///   for again, since it costs no request of its own and the answer that proved it may have been a faulty one.
  init(
    of series: StoredSeries, in store: Store, newest: Instant, since: Instant?, until: Instant?, settledBefore: Instant
  ) throws {
    guard let looked = Window.looked(at: series, newest: newest, since: since, until: until) else {
      self.init(
        of: series, newest: newest, since: since, until: until, provisional: nil, present: [], proven: [])
      return
    }
    let isSampled = series.key.dataset == .pricePoint
    let gaps = try store.gaps(of: series.id)
    let proven = gaps.filter(\.reason.isProven).compactMap { gap in
      series.key.dataset == .etfFlow ? gap.span : gap.span.before(settledBefore)
    }
    let failed = since == nil && until == nil ? gaps.filter { $0.reason == .failed }.map(\.span) : []
    let provisional =
      series.key.dataset == .etfFlow ? try store.firstProvisionalFlowDay(of: series.id)?.start : nil
    // Samples sit on no grid: what lies between the first and the last of them is not asked for again.
    let sampled = isSampled ? series.extent.map { [$0] } ?? [] : []
    self.init(
      of: series, newest: newest, since: since, until: until, provisional: provisional,
      present: isSampled ? [] : try store.keys(of: series, in: looked), proven: proven + sampled, failed: failed)
  }
}

extension ClosedRange<Instant> {
  /// The part of it that lies before an instant.
  fileprivate func before(_ end: Instant) -> ClosedRange<Instant>? {
    lowerBound < end ? lowerBound...Swift.min(upperBound, end - 1) : nil
  }
}
