import Market
import SQLite
import Store
import Threads

/// Asks a question that is about no series of its own, and stores what its answer says of each series that it names.
struct QuestionStep: Sendable {
  let ingest: Ingest
  let run: RunID
  let question: Question
  let provider: any Provider

  /// - Returns: the report of the step; `nil` where none of its requests is due, nothing where nobody is to be asked.
  /// - Throws: only what ends the run: a fault of the file or the disk.
  func perform(_ options: RunOptions) async throws -> [StepReport]? {
    let now = ingest.dependencies.clock.now
    guard let requests = try await ingest.recorder({ store in try due(options, at: now, in: store)?.requests }) else {
      let told = try await tellUnlisted(options, at: now)
      return told.isEmpty ? nil : told
    }
    if requests.isEmpty { return try await untried(options) }
    let report = try await ingest.askingWithKey(
      question.provider, isKeyed: ingest.dependencies.keyed.contains(question.provider), of: run, series: nil,
      refused: StepReport(name: question.step, source: question.provider, outcome: .failed)
    ) { try await ask(requests, options, at: now) }
    return try await [report] + tellUnlisted(options, at: now)
  }

  /// Asks what is due, and what can be asked once that is answered.
  private func ask(_ requests: [Request], _ options: RunOptions, at now: Instant) async throws -> StepReport {
    let began = ElapsedTime()
    let step = try await ingest.recorder { [question, run] store in
      try store.runs.beginStep(question.step, series: nil, of: run, at: now)
    }
    var report = StepReport(name: question.step, source: question.provider, outcome: .done)
    ingest.dependencies.onEvent(.began(report))
    try await ask(requests, step, &report)
    if requests == question.lookup.map({ [$0.request] }), report.outcome == .done,
      let next = try await ingest.recorder({ store in try due(options, at: now, in: store)?.requests })
    {
      try await ask(next.filter { $0 != question.lookup?.request }, step, &report)
    }
    report.seconds = began.seconds
    let final = report
    try await ingest.recorder { store in try store.runs.finish(step, final) }
    ingest.dependencies.onEvent(.ended(final))
    return final
  }

  /// Tells of each series once, that its provider does not list it and so cannot be asked about it.
  private func tellUnlisted(_ options: RunOptions, at now: Instant) async throws -> [StepReport] {
    guard question.lookup != nil, !options.isOffline, !isKeyless else { return [] }
    let reports = try await ingest.recorder { [run] store in
      guard let known = try lookedUp(at: now, in: store) else { return [] as [StepReport] }
      let followed = try series(options, in: store)
      let want = Want(
        question: question, span: now...now, tickers: followed.map(\.key.providerSymbol), lookedUp: known)
      let unlisted = Set(provider.unlisted(want))
      return try followed.compactMap { series -> StepReport? in
        guard unlisted.contains(series.key.providerSymbol),
          try store.runs.lastStep(of: series.id)?.reason != .unknownSymbol
        else { return nil }
        var report = StepReport(name: question.step, series: series.key, asset: series.asset, outcome: .skipped)
        report.reason = .unknownSymbol
        report.detail = "is not listed by \(provider.profile.title), and is not asked for"
        try store.runs.finish(store.runs.beginStep(question.step, series: series.id, of: run, at: now), report)
        return report
      }
    }
    reports.forEach { ingest.dependencies.onEvent(.ended($0)) }
    return reports
  }

  /// What would be sent now, and about how many series: no request where nobody is to be asked. Of its requests those are
  /// due whose last good answer is too old, or that have none.
  ///
  /// - Returns: `nil` where none is due.
  func due(_ options: RunOptions, at now: Instant, in store: Store) throws -> (requests: [Request], series: Int)? {
    if options.isOffline || isKeyless { return ([], 0) }
    let symbols = try symbols(options, in: store)
    if question.subject != nil, symbols.isEmpty { return ([], 0) }
    let known = try lookedUp(at: now, in: store)
    if let lookup = question.lookup, known == nil { return ([lookup.request], symbols.count) }
    let want = Want(question: question, span: now - question.every...now, tickers: symbols, lookedUp: known)
    let requests = try provider.requests(for: want, at: now).filter { request in
      try options.isForced
        || store.vault.lastGoodAnswer(to: request).map { question.isDue(at: now, after: $0) } ?? true
    }
    return requests.isEmpty ? nil : (requests, symbols.count)
  }

  /// The report of what is followed and cannot be asked for without a key; nothing where that is not why.
  private func untried(_ options: RunOptions) async throws -> [StepReport] {
    guard isKeyless, !options.isOffline, !options.retriesFailed, let credential = provider.profile.credential,
      question.subject != nil, try await !ingest.recorder({ store in try symbols(options, in: store) }).isEmpty
    else { return [] }
    var report = StepReport(name: question.step, source: question.provider, outcome: .skipped)
    (report.reason, report.detail) = (.notConfigured, credential.need)
    ingest.dependencies.onEvent(.ended(report))
    return [report]
  }

  /// What it looks up, as it was answered last; `nil` where it is to be looked up again, and where it looks nothing up.
  private func lookedUp(at now: Instant, in store: Store) throws -> Answer? {
    guard let lookup = question.lookup, let last = try store.vault.lastGoodAnswer(to: lookup.request),
      abs(now - last) < lookup.every, let kept = try store.vault.lastAnswer(to: lookup.request)
    else { return nil }
    return try store.vault.keptAnswer(kept.fetch).answer
  }

  /// Whether it wants a key and has none: of its series the run says so.
  private var isKeyless: Bool {
    (question.needsKey || provider.profile.credential?.isRequired == true)
      && !ingest.dependencies.keyed.contains(question.provider)
  }

  /// Asks one after the other. What fails for a reason of its own, as one symbol that is not known, stops none of the others.
  private func ask(_ requests: [Request], _ step: StepID, _ report: inout StepReport) async throws {
    var failures: [StepFailure] = []
    var answered = 0
    var rationedUntil: Instant?
    let single = SingleRequest(ingest: ingest, run: run, provider: provider, repeatsItself: question.repeatsItself)
    for request in requests where !Task.isCancelled {
      let outcome = try await single.ask(request, step, &report)
      rationedUntil = outcome.rationedUntil ?? rationedUntil
      guard let failure = outcome.failure.map(withNextStep) else {
        answered += 1
        continue
      }
      failures.append(failure)
      if failure.endsStep, failure.reason != .unknownSymbol { break }
    }
    if Task.isCancelled {
      (report.outcome, report.reason) = (.interrupted, .interrupted)
    } else if let first = failures.first {
      (report.reason, report.detail) = (first.reason, first.detail)
      let isRationed = failures.allSatisfy { $0.reason == .rationed }
      report.outcome = answered > 0 ? .partial : isRationed ? .skipped : .failed
      if isRationed {
        report.detail =
          first.detail
          + StepFailure.left(requests.count - answered, until: rationedUntil, at: ingest.dependencies.clock.now)
      }
    }
  }

  /// Where a key was not taken, which setting holds it.
  private func withNextStep(_ failure: StepFailure) -> StepFailure {
    guard failure.reason == .keyRefused, let setting = provider.profile.credential?.setting,
      !failure.detail.contains(setting)
    else { return failure }
    return StepFailure(
      reason: failure.reason, detail: "\(failure.detail); put the right one into .env as \(setting)=…",
      endsStep: failure.endsStep)
  }

  /// The provider's symbols of the series that it is about.
  private func symbols(_ options: RunOptions, in store: Store) throws -> [String] {
    try series(options, in: store).map(\.key.providerSymbol)
  }

  /// The series that it is about.
  private func series(_ options: RunOptions, in store: Store) throws -> [StoredSeries] {
    guard let subject = question.subject else { return [] }
    if let filled = question.fills, try store.catalogue.series(filled)?.isAsked != true { return [] }
    return try store.catalogue.series().filter {
      $0.isAsked && $0.key.dataset == subject && $0.key.provider == question.provider
        && options.includes(asset: $0.asset)
    }
  }
}
