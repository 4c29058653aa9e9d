import Market
import Store

/// One series brought up to date: ask, keep, read, store, page by page, each page committed on its own.
struct SeriesStep: Sendable {
  let name: StepName
  let series: StoredSeries
  let provider: any Provider
  let transport: any Transport
  let clock: Clock
  let run: RunID
  let recorder: Recorder
  let quotas: @Sendable () async -> [QuotaState]
  let tell: @Sendable (RunEvent) -> Void

  /// Asks for `spans` and stores what comes.
  ///
  /// - Parameter tickers: funds to ask one by one, where the provider answers by fund.
  /// - Throws: only what ends the run: a fault of the file or the disk.
  func perform(_ spans: [ClosedRange<Instant>], tickers: [String]) async throws -> StepReport {
    let began = ContinuousClock.now
    let now = clock.now
    let id = series.id
    let step = try await recorder { [name, run] store in try store.beginStep(name, series: id, of: run, at: now) }
    var report = StepReport(name: name, series: series.key, asset: series.asset, outcome: .done)
    tell(.began(report))
    let pages = spans.flatMap { span in
      provider.requests(for: Want(series: series.key, span: span, tickers: tickers), at: now).map {
        Page(request: $0, span: span)
      }
    }
    if pages.isEmpty {
      report.outcome = .skipped
      report.reason = spans.isEmpty ? .nothingDue : .noData
      report.detail = spans.isEmpty ? nil : "\(provider.profile.title) does not reach back that far"
    } else {
      try await ask(pages, step: step, &report)
    }
    report.seconds = ContinuousClock.now - began
    let final = report
    try await recorder { store in try store.finish(step, final) }
    tell(.ended(final))
    return final
  }

  private struct Page: Sendable {
    let request: Request
    let span: ClosedRange<Instant>
  }

  /// What the pages of a step came to.
  private struct Tally {
    var failures: [ClosedRange<Instant>] = []
    var lastRead: FetchID?
  }

  /// Keeps a few requests under way and takes their answers in order, so that a page is stored while the next comes.
  private func ask(_ pages: [Page], step: StepID, _ report: inout StepReport) async throws {
    let width = max(1, min(provider.profile.politeness.concurrency, pages.count))
    var tally = Tally()
    try await withThrowingTaskGroup(of: (Int, PackedExchange).self) { group in
      var arrived: [Int: PackedExchange] = [:]
      var launched = 0
      var taken = 0
      var isOver = false
      while true {
        while !isOver, launched < min(pages.count, taken + width) {
          let (index, request) = (launched, pages[launched].request)
          group.addTask { (index, try PackedExchange(await exchange(request))) }
          launched += 1
        }
        guard let (index, exchange) = try await group.next() else { break }
        arrived[index] = exchange
        while !isOver, let exchange = arrived.removeValue(forKey: taken) {
          if let failure = try await take(exchange, step: step, &report, &tally) {
            tally.failures.append(pages[taken].span)
            isOver = failure.endsStep
          }
          taken += 1
          tell(.progressed(report, done: taken, of: pages.count))
        }
        isOver = isOver || Task.isCancelled
        if isOver {
          group.cancelAll()
          try await keepUnread(&arrived)
        }
      }
      tally.failures += pages[taken...].map(\.span)
    }
    try await conclude(&report, tally, pages: pages, step: step)
  }

  /// What came although the step is over is kept all the same; the next run reads it first.
  private func keepUnread(_ arrived: inout [Int: PackedExchange]) async throws {
    for (_, packed) in arrived.sorted(by: { $0.key < $1.key }) {
      guard case .success = packed.exchange.last?.result else { continue }
      let (quotas, run) = (await quotas(), run)
      _ = try await recorder { store in try store.keep(packed, of: run, quotas: quotas) }
    }
    arrived = [:]
  }

  /// Adds the validators of the last answer to the same question, where the provider honours them.
  private func exchange(_ request: Request) async -> Exchange {
    guard provider.profile.answersConditionally, let last = try? recorder.store.lastAnswer(to: request) else {
      // Without the validators the request is merely unconditional.
      return await transport.exchange(request)
    }
    var conditions: [HeaderField] = []
    if let tag = last.headers.first(where: { $0.name == "etag" }) {
      conditions.append(HeaderField("if-none-match", tag.value))
    }
    if let date = last.headers.first(where: { $0.name == "last-modified" }) {
      conditions.append(HeaderField("if-modified-since", date.value))
    }
    return await transport.exchange(request.adding(conditions))
  }

  /// Keeps an exchange, then reads it. Returns why it brought no facts, or `nil`.
  private func take(
    _ packed: PackedExchange, step: StepID, _ report: inout StepReport, _ tally: inout Tally
  ) async throws -> StepFailure? {
    let exchange = packed.exchange
    report.counts.requests += exchange.attempts.count(where: \.wasSent)
    report.counts.bytes += exchange.attempts.reduce(0) { $0 + $1.wireBytes }
    let quotas = await quotas()
    let run = run
    let fetch = try await recorder { store in try store.keep(packed, of: run, quotas: quotas) }
    switch exchange.last?.result {
    case .success(let answer):
      guard let fetch else { return nil }
      if answer.status == 304 {
        guard exchange.request.isConditional else {
          let failure = StepFailure.unchangedSinceNothing
          try await recorder { store in try store.mark(fetch, .unreadable(failure.detail)) }
          return note(failure, &report)
        }
        try await recorder { store in try store.mark(fetch, .unchanged) }
        return nil
      }
      let failure = try await read(
        KeptAnswer(fetch: fetch, request: exchange.request, answer: answer), step: step, &report)
      if failure == nil { tally.lastRead = fetch }
      return failure
    case .failure(let error):
      return note(StepFailure(error), &report)
    case nil:
      return note(StepFailure(reason: .failed, detail: "no attempt was made", endsStep: true), &report)
    }
  }

  private func read(_ kept: KeptAnswer, step: StepID, _ report: inout StepReport) async throws -> StepFailure? {
    do {
      let read = try await AnswerReader(providers: [provider.profile.name: provider], recorder: recorder)
        .read(kept, step: step, at: clock.now)
      report.counts = report.counts + read.counts
      return try await isDubious(read.reading) ? note(.noRows, &report) : nil
    } catch let error as ReadingError {
      return note(StepFailure(error), &report)
    }
  }

  /// An answer without a row is believed where the series had not begun; elsewhere it is taken for a fault.
  private func isDubious(_ reading: Reading) async throws -> Bool {
    guard reading.isBare, let covers = reading.covers else { return false }
    let key = series.key
    guard let first = try await recorder({ store in try store.series(key)?.extent?.lowerBound }) else { return false }
    return covers.upperBound >= first
  }

  /// The first failure names the step's reason.
  private func note(_ failure: StepFailure, _ report: inout StepReport) -> StepFailure {
    if report.reason == nil {
      report.reason = failure.reason
      report.detail = failure.detail
    }
    return failure
  }

  private func conclude(_ report: inout StepReport, _ tally: Tally, pages: [Page], step: StepID) async throws {
    if Task.isCancelled || report.reason == .interrupted {
      report.outcome = .interrupted
      report.reason = .interrupted
    } else if tally.failures.count == pages.count {
      report.outcome = .failed
    } else if !tally.failures.isEmpty {
      report.outcome = .partial
    } else if report.counts.hasNoRows, tally.lastRead != nil {
      report.outcome = .failed
      _ = note(.noRows, &report)
    } else if report.counts.hasOnlyRefusals {
      report.outcome = .failed
      _ = note(.nothingBelieved(rows: report.counts.refused), &report)
    }
    guard report.outcome != .interrupted else { return }
    let key = series.key
    for span in Set(tally.failures) {
      try await recorder { store in try store.noteFailure(of: key, over: span, step: step) }
    }
    if tally.failures.isEmpty, report.outcome == .done, let fetch = tally.lastRead {
      try await noteAbsence(over: Set(pages.map(\.span)), from: fetch)
    }
  }

  /// What was asked for and answered in full without coming is not to be had.
  ///
  /// For bars only what lies before the first one, as every answer speaks for the rest of its own window; the tables of
  /// sentiment and flows come whole and do not say how far back they were asked.
  private func noteAbsence(over spans: Set<ClosedRange<Instant>>, from fetch: FetchID) async throws {
    let key = series.key
    guard let first = try await recorder({ store in try store.series(key)?.extent?.lowerBound }) else { return }
    // Up to what is due: what is not there yet is late, not absent.
    let due = Due.newestKey(of: key, safety: provider.profile.safety, at: clock.now)
    let end = key.dataset == .bar ? min(due, first - 1) : due
    for span in spans where span.lowerBound <= end && key.dataset != .pricePoint {
      let settled = span.lowerBound...min(span.upperBound, end)
      try await recorder { store in try store.noteAbsence(of: key, over: settled, from: fetch) }
    }
  }
}

extension Request {
  fileprivate var isConditional: Bool {
    headers.contains { $0.name == "if-none-match" || $0.name == "if-modified-since" }
  }
}

extension ContinuousClock.Instant {
  /// Seconds from `b` to `a`.
  static func - (a: Self, b: Self) -> Double {
    let elapsed = b.duration(to: a).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }
}
