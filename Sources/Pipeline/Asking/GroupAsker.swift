import Market
import SQLite
import Store

/// Brings one group of series up to date: the first by priority, and the next ones only where it fell short.
struct GroupAsker: Sendable {
  let ingest: Ingest
  let run: RunID
  let options: RunOptions
  /// What the user asked for besides the catalogue.
  let added: Set<SeriesKey>

  /// What became of a group: the steps it took, and how many of its series had nothing due.
  struct Outcome: Sendable {
    var reports: [StepReport] = []
    var notDue = 0
  }

  func bringUpToDate(_ group: SeriesGroup) async throws -> Outcome {
    var walk = Walk(group, window: window(of: group))
    while !Task.isCancelled {
      let told = walk.outcome.reports.count
      let (after, asked) = try await ingest.recorder { [walk] store in
        var walk = walk
        let asked = try next(in: &walk, store)
        return (walk, asked)
      }
      walk = after
      walk.outcome.reports.dropFirst(told).forEach { ingest.dependencies.onEvent(.ended($0)) }
      guard let asked else { break }
      let isFallback = !walk.outcome.reports.isEmpty && !walk.isAnswered
      let report = try await ask(asked.series, asked.provider, group, asked.spans, isFallback: isFallback)
      let (key, window) = (asked.series.key, walk.window)
      let isAnswered = try await ingest.recorder { store in
        try report.outcome == .done && isComplete(key, asked.provider, window, in: store)
      }
      walk.note(report, of: key, isAnswered: isAnswered)
    }
    try await choosePrice(of: group)
    var outcome = walk.outcome
    outcome.reports = walk.isAnsweredInFull ? try await excused(outcome.reports) : outcome.reports.map(blamed)
    return outcome
  }

  private func ask(
    _ series: StoredSeries, _ provider: any Provider, _ group: SeriesGroup, _ spans: [ClosedRange<Instant>],
    isFallback: Bool
  ) async throws -> StepReport {
    let tickers = try await tickers(for: series, isFallback: isFallback)
    let step = SeriesStep(
      name: group.step, series: series, provider: provider, transport: ingest.dependencies.transport,
      clock: ingest.dependencies.clock,
      run: run, recorder: ingest.recorder, quotas: ingest.dependencies.quotas, onEvent: ingest.dependencies.onEvent,
      isNamed: options.namesBeginning, clockLead: ingest.clockLead, isKeyed: isKeyed(provider)
    )
    return try await ingest.askingWithKey(
      provider.profile.name, isKeyed: isKeyed(provider), of: run, series: series.id,
      refused: StepReport(name: group.step, series: series.key, asset: series.asset, outcome: .failed)
    ) { try await step.perform(spans, tickers: tickers) }
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
    var walk = Walk(group, window: window(of: group))
    guard try next(in: &walk, store) == nil else { return nil }
    var outcome = walk.outcome
    outcome.reports.forEach { ingest.dependencies.onEvent(.ended($0)) }
    try choosePrice(of: group, in: store)
    if !walk.isAnsweredInFull { outcome.reports = outcome.reports.map(blamed) }
    return outcome
  }

  /// Who of a group will be asked first; `nil` where nobody is.
  func first(of group: SeriesGroup, in store: Store) throws -> Asked? {
    var walk = Walk(group, window: window(of: group))
    return try next(in: &walk, store)
  }

  /// What the requests for a series weigh, in the order in which they are sent; none where they are too many for a run.
  func weights(of asked: Asked, at now: Instant) -> [Int] {
    let weights = asked.spans.flatMap { span in
      asked.provider.requests(for: asked.series.want(span, isKeyed: isKeyed(asked.provider)), at: now).map(\.weight)
    }
    return weights.count > SeriesStep.mostRequests && !options.namesBeginning ? [] : weights
  }

  func isKeyed(_ provider: any Provider) -> Bool { ingest.dependencies.keyed.contains(provider.profile.name) }

  /// Goes on with the candidates of a group up to the first that is to be asked.
  ///
  /// - Returns: who that is; `nil` where there is none any more.
  private func next(in walk: inout Walk, _ store: Store) throws -> Asked? {
    while let series = walk.rest.popFirst() {
      guard let provider = ingest.dependencies.providers[series.key.provider] else { continue }
      // A second source of flows is a cross-check and is always asked; a second source of prices is a fallback.
      if walk.isAnswered, !store.catalogue.isCrossChecked(series.key) { return nil }
      let prospect = try prospect(of: series, provider, window: walk.window, in: store)
      if case .due(let spans) = prospect { return Asked(series: series, provider: provider, spans: spans) }
      let isAnswered = try isAnswered(prospect, series, provider, window: walk.window, in: store)
      switch prospect {
      case .offline, .notConfigured, .restricted, .denied:
        walk.note(untried(prospect, series, provider, walk.group), of: series.key, isAnswered: isAnswered)
      case .notDue:
        walk.outcome.notDue += 1
        walk.note(nil, of: series.key, isAnswered: isAnswered)
      case .endedWell, .due: walk.note(nil, of: series.key, isAnswered: isAnswered)
      }
    }
    return nil
  }

  /// One of a group that is to be asked, and for what.
  struct Asked: Sendable {
    let series: StoredSeries
    let provider: any Provider
    let spans: [ClosedRange<Instant>]
  }

  /// How far one is with the candidates of a group, and what became of those before.
  private struct Walk: Sendable {
    let group: SeriesGroup
    let window: ClosedRange<Instant>?
    var rest: ArraySlice<StoredSeries>
    var outcome = Outcome()
    private(set) var isAnswered = false
    /// Whether what answered are the facts themselves: samples only stand in for bars.
    private(set) var isAnsweredInFull = false

    init(_ group: SeriesGroup, window: ClosedRange<Instant>?) {
      (self.group, self.window, rest) = (group, window, group.candidates[...])
    }

    mutating func note(_ report: StepReport?, of series: SeriesKey, isAnswered answers: Bool) {
      if let report { outcome.reports.append(report) }
      isAnswered = isAnswered || answers
      isAnsweredInFull = isAnsweredInFull || isAnswered && !series.holdsSamples
    }
  }

  /// When the facts of a series come, and how far back it is asked at first.
  func rhythm(of series: StoredSeries, safety: Int64) -> Rhythm {
    let rhythm = series.rhythm(safety: safety)
    guard let days = options.addedDays, added.contains(series.key) else { return rhythm }
    return rhythm.reaching(days: days)
  }

  func choosePrice(of group: SeriesGroup) async throws {
    try await ingest.recorder { store in try choosePrice(of: group, in: store) }
  }

  private func choosePrice(of group: SeriesGroup, in store: Store) throws {
    // Also of what another step asks for: an index beside the figures of the economy has a price as shares have.
    guard let asset = group.asset, let bars = group.candidates.first(where: { $0.key.holdsBars })
    else { return }
    let rhythm = rhythm(of: bars, safety: ingest.dependencies.providers[bars.key.provider]?.profile.safety ?? 0)
    let due = rhythm.newestDue(at: ingest.dependencies.clock.now)
    let first = min(window(of: group)?.lowerBound ?? due, rhythm.firstKey(ofRunTo: due))
    let candidates = try candidates(for: asset, bars.key.interval, in: store)
    let verdict = try completeness.verdict(on: candidates, in: first...max(first, due))
    _ = try store.catalogue.choosePrice(of: asset, interval: bars.key.interval, due: due, verdict: verdict, run: run)
  }

  /// The series that may be chosen: of the basis of the first by priority, so that no choice changes the basis by itself;
  /// where none of those holds a row and none was ever chosen, all that do.
  private func candidates(for asset: String, _ interval: Interval, in store: Store) throws -> [StoredSeries] {
    let candidates = try store.catalogue.priceCandidates(of: asset, interval: interval)
    let first = try store.catalogue.series(of: asset).filter {
      $0.isAsked && $0.key.holdsBars && $0.key.interval == interval
    }.min { $0.priority < $1.priority }
    guard let first else { return candidates }
    let alike = candidates.filter { $0.basis == first.basis }
    let wasChosen = try store.catalogue.lastChosenPrice(of: asset, interval: interval) != nil
    return alike.isEmpty && !wasChosen ? candidates : alike
  }

  /// The report of a series that is not asked, for a reason that is no failure.
  private func untried(
    _ prospect: Prospect, _ series: StoredSeries, _ provider: any Provider, _ group: SeriesGroup
  ) -> StepReport {
    var report = StepReport(name: group.step, series: series.key, asset: series.asset, outcome: .skipped)
    report.title = series.key.holdsThemes ? series.title : nil
    report.reason = prospect.reason
    switch prospect {
    case .notConfigured: report.detail = provider.profile.credential?.need ?? "needs a key"
    case .restricted: report.detail = "was not served from here less than a day ago"
    case .denied: report.detail = denial(of: series, provider)
    case .endedWell, .offline, .notDue, .due: break
    }
    return report
  }

  /// `was not known to Yahoo Finance less than a day ago; …`, with what the user can do about it.
  private func denial(of series: StoredSeries, _ provider: any Provider) -> String {
    let source = provider.profile.name
    let subject = series.asset ?? (series.key.holdsThemes ? "'\(series.title)'" : series.key.providerSymbol)
    let renaming = series.asset.map { "`asset edit \($0) --symbol \(source)=…` names it anew, " } ?? ""
    return "was not known to \(provider.profile.title) less than a day ago; "
      + "\(renaming)`series remove \(subject) --source \(source)` drops it"
  }
}
