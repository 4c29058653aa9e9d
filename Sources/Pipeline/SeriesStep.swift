import Market
import SQLite
import Store
import Threads

/// One series brought up to date: ask, keep, read, store, page by page; what has arrived meanwhile goes together.
struct SeriesStep: Sendable {
  let name: StepName
  let series: StoredSeries
  let provider: any Provider
  let transport: any Transport
  let clock: Clock
  let run: RunID
  let recorder: Recorder
  let quotas: @Sendable () async -> [QuotaState]
  let onEvent: @Sendable (RunEvent) -> Void
  /// Whether the user named a beginning, however far back.
  var isNamed = false
  /// Told when each answer says that it was made.
  var clockLead = ClockLead()
  /// Whether a key of the provider goes along.
  var isKeyed = false

  /// So many requests for one series nobody expects who did not say since when: a clock that is wrong asks for them.
  static let mostRequests = 100

  /// Asks for `spans` and stores what comes.
  ///
  /// - Parameter tickers: funds to ask one by one, where the provider answers by fund.
  /// - Throws: only what ends the run: a fault of the file or the disk.
  func perform(_ spans: [ClosedRange<Instant>], tickers: [String]) async throws -> StepReport {
    let began = ElapsedTime()
    let now = clock.now
    let id = series.id
    let step = try await recorder { [name, run] store in try store.runs.beginStep(name, series: id, of: run, at: now) }
    var report = StepReport(name: name, series: series.key, asset: series.asset, outcome: .done)
    report.title = series.key.holdsThemes ? series.title : nil
    onEvent(.began(report))
    let pages = pages(for: spans, tickers: tickers, at: now)
    if pages.count > SeriesStep.mostRequests, !isNamed {
      report.outcome = .failed
      note(tooMany(pages, at: now), &report)
    } else if pages.isEmpty {
      report.outcome = .skipped
      report.reason = spans.isEmpty ? .nothingDue : .noData
      report.detail = spans.isEmpty ? nil : "\(provider.profile.title) does not reach back that far"
    } else {
      try await ask(pages, step: step, &report)
    }
    report.seconds = began.seconds
    let final = report
    try await recorder { store in try store.runs.finish(step, final) }
    onEvent(.ended(final))
    return final
  }

  struct Page: Sendable {
    let request: Request
    let span: ClosedRange<Instant>
  }

  private func pages(for spans: [ClosedRange<Instant>], tickers: [String], at now: Instant) -> [Page] {
    spans.flatMap { span in
      provider.requests(for: series.want(span, tickers: tickers, isKeyed: isKeyed), at: now).map {
        Page(request: $0, span: span)
      }
    }
  }

  private func tooMany(_ pages: [Page], at now: Instant) -> StepFailure {
    let first = pages.map(\.span.lowerBound).min() ?? now
    return StepFailure(
      reason: .failed,
      detail: "\(pages.count) requests would be needed, for all from \(first) to \(now). "
        + "If the machine's clock is right, `--since \(first.day)` asks for them",
      endsStep: true)
  }

  /// What the pages of a step came to.
  struct Tally {
    var failures: [ClosedRange<Instant>] = []
    var lastRead: FetchID?
    /// What answers without a single row spoke for.
    var bare: [ListingProof] = []
    /// The questions that they answered.
    var barelyAnswered: [Request: FetchID] = [:]
    /// Whether an answer restates a part of the series by a split, so that all of it is to be asked for.
    var isRebased = false
    /// Answers that are to be read together, once all are there; `nil` while each is read when it comes.
    var held: [(place: Int, kept: KeptAnswer)]?
    /// Until when our own ration is used up; `nil` where it sufficed.
    var rationedUntil: Instant?
  }

  /// Asks for pages; then, where their answers begin after what was asked, for what they left out before.
  private func ask(_ pages: [Page], step: StepID, _ report: inout StepReport) async throws {
    var tally = Tally()
    try await ask(pages, step: step, &report, &tally)
    var asked = pages
    if tally.isRebased, tally.failures.isEmpty, !Task.isCancelled {
      asked = try await askWhole(pages, step, &report, &tally)
    }
    if tally.failures.isEmpty, !Task.isCancelled, let start = pages.map(\.span.lowerBound).min() {
      let listing = Listing(series: series, recorder: recorder)
      try await listing.note(tally.bare + (tally.lastRead.map { before(pages, $0) } ?? []))
      if let span = try await listing.unproved(from: start) {
        let more = self.pages(for: [span], tickers: [], at: clock.now)
        // Where all there is was just asked for in vain, it is not asked for again.
        let known = more.compactMap { tally.barelyAnswered[$0.request] }
        if known.count < more.count { try await ask(more, step: step, &report, &tally) }
        let proof = known.count < more.count ? tally.lastRead : known.last
        if tally.failures.isEmpty, !more.isEmpty, let fetch = proof {
          try await listing.note([ListingProof(span: span, fetch: fetch)])
        }
        asked += more
      }
    }
    try await conclude(&report, tally, pages: asked, step: step)
  }

  /// Asks for all that is stored of a series and what was asked for besides, once more. Only when all of it is there it is
  /// read, and stored together: half of it would be worse than none.
  private func askWhole(
    _ pages: [Page], _ step: StepID, _ report: inout StepReport, _ tally: inout Tally
  ) async throws -> [Page] {
    guard let first = series.extent?.lowerBound, let last = pages.map(\.span.upperBound).max() else { return pages }
    let whole = self.pages(for: [min(first, last)...last], tickers: [], at: clock.now)
    tally.held = []
    try await ask(whole, step: step, &report, &tally)
    let held = tally.held ?? []
    tally.held = nil
    guard tally.failures.isEmpty, !Task.isCancelled else { return whole }
    var failures: [Int: StepFailure] = [:]
    try await read(held, step: step, isLastWord: true, &report, &tally, &failures)
    for (_, failure) in failures.sorted(by: { $0.key < $1.key }) { note(failure, &report) }
    tally.failures += failures.keys.sorted().map { whole[$0].span }
    return whole
  }

  /// What was asked for knowing that it lies before the first row, where a table comes with all its rows whatever is asked.
  private func before(_ pages: [Page], _ fetch: FetchID) -> [ListingProof] {
    guard let first = series.extent?.lowerBound else { return [] }
    return Set(pages.map(\.span)).filter { $0.upperBound < first }.map { ListingProof(span: $0, fetch: fetch) }
  }

  /// Keeps requests under way and takes their answers in order, so that pages are stored while the next ones come.
  ///
  /// Whatever has arrived meanwhile is stored together. How many requests are on the wire is the transport's business.
  private func ask(
    _ pages: [Page], step: StepID, _ report: inout StepReport, _ tally: inout Tally
  ) async throws {
    let ahead = 4 * max(1, provider.profile.politeness.concurrency)
    try await withThrowingTaskGroup(of: (Int, PackedRoundTrip).self) { group in
      var arrived: [Int: PackedRoundTrip] = [:]
      var launched = 0
      var taken = 0
      var isOver = false
      var tookLate: Set<Int> = []
      while true {
        while !isOver, launched < min(pages.count, taken + ahead) {
          let (index, request, now) = (launched, pages[launched].request, clock.now)
          group.addTask {
            let asked = recorder.validating(request, of: provider, at: now)
            return (index, try PackedRoundTrip(await transport.roundTrip(asked)))
          }
          launched += 1
        }
        guard let (index, roundTrip) = try await group.next() else { break }
        arrived[index] = roundTrip
        var ready: [PackedRoundTrip] = []
        while !isOver, let next = arrived.removeValue(forKey: taken + ready.count) { ready.append(next) }
        if !ready.isEmpty {
          let failures = try await take(ready, from: taken, step: step, &report, &tally)
          for (offset, failure) in failures {
            tally.failures.append(pages[taken + offset].span)
            isOver = isOver || failure.endsStep
          }
          taken += ready.count
          onEvent(.progressed(report, done: taken, of: pages.count))
        }
        isOver = isOver || Task.isCancelled
        if isOver {
          group.cancelAll()
          let late = arrived.filter { $0.value.isAnswered }.sorted { $0.key < $1.key }.map {
            (place: $0.key, packed: $0.value)
          }
          tookLate.formUnion(try await takeLate(late, step: step, &report, &tally))
          arrived = [:]
        }
      }
      tally.failures += pages.indices[taken...].filter { !tookLate.contains($0) }.map { pages[$0].span }
    }
  }

  /// What came although the step is over is kept all the same, and read, unless somebody waits for the end or it is to be
  /// read with what is missing; the next run then reads it first. Returns the places of what was read without a failure.
  private func takeLate(
    _ late: [(place: Int, packed: PackedRoundTrip)], step: StepID, _ report: inout StepReport, _ tally: inout Tally
  ) async throws -> [Int] {
    var read: [Int] = []
    for (place, packed) in late {
      if Task.isCancelled || tally.held != nil {
        let (quotas, run) = (await quotas(), run)
        _ = try await recorder.keep([packed], of: run, quotas: quotas)
      } else if try await take([packed], from: place, step: step, &report, &tally).isEmpty {
        read.append(place)
      }
    }
    return read
  }

  /// Keeps exchanges, then reads them, unless they are to be read together with others. Returns which of them brought no
  /// facts, by their place, and why.
  ///
  /// - Parameter first: the place of the first of them among all pages.
  private func take(
    _ packed: [PackedRoundTrip], from first: Int, step: StepID, _ report: inout StepReport, _ tally: inout Tally
  ) async throws -> [Int: StepFailure] {
    for one in packed { report.counts.add(one.roundTrip) }
    let (quotas, run) = (await quotas(), run)
    let fetches = try await recorder.keep(packed, of: run, quotas: quotas)
    var failures: [Int: StepFailure] = [:]
    var answers: [(place: Int, kept: KeptAnswer)] = []
    for (place, (roundTrip, fetch)) in zip(packed.map(\.roundTrip), fetches).enumerated() {
      switch roundTrip.last?.result {
      case .success(let answer):
        clockLead.look(at: answer, of: provider.profile.name)
        guard let fetch else { continue }
        if answer.status == 304 {
          failures[place] = try await recorder.unchanged(fetch, roundTrip.request)
        } else {
          answers.append((place, KeptAnswer(fetch: fetch, request: roundTrip.request, answer: answer)))
        }
      case .failure(let error):
        failures[place] = StepFailure(error, roundTrip.last?.failure)
        if case .rationed(let seconds) = error { tally.rationedUntil = clock.now + seconds }
      case nil:
        failures[place] = StepFailure(reason: .failed, detail: "no attempt was made", endsStep: true)
      }
    }
    if tally.held != nil {
      tally.held?.append(contentsOf: answers.map { (first + $0.place, $0.kept) })
    } else {
      try await read(answers, step: step, &report, &tally, &failures)
    }
    for (_, failure) in failures.sorted(by: { $0.key < $1.key }) { note(failure, &report) }
    return failures
  }

  private func read(
    _ answers: [(place: Int, kept: KeptAnswer)], step: StepID, isLastWord: Bool = false, _ report: inout StepReport,
    _ tally: inout Tally, _ failures: inout [Int: StepFailure]
  ) async throws {
    let outcomes = try await AnswerReader(providers: [provider.profile.name: provider], recorder: recorder)
      .read(answers.map(\.kept), step: step, isLastWord: isLastWord)
    for ((place, kept), outcome) in zip(answers, outcomes) {
      switch outcome {
      case .success(let (reading, counts)):
        report.counts = counts.reduce(report.counts, +)
        if counts.isEmpty, !reading.isBare {
          tally.isRebased = true
        } else if try await isDubious(reading) {
          failures[place] = .noRows
        } else {
          tally.lastRead = kept.fetch
          if reading.isBare, let span = reading.parts.first?.covers {
            tally.bare.append(ListingProof(span: span, fetch: kept.fetch))
            tally.barelyAnswered[kept.request] = kept.fetch
          }
        }
      case .failure(let error):
        failures[place] = StepFailure(error)
      }
    }
  }

  /// An answer without a row is believed where the series had not begun; elsewhere it is taken for a fault.
  private func isDubious(_ reading: Reading) async throws -> Bool {
    guard reading.isBare, let covers = reading.parts.first?.covers else { return false }
    let key = series.key
    guard let first = try await recorder({ store in try store.catalogue.series(key)?.extent?.lowerBound }) else {
      return false
    }
    return covers.upperBound >= first
  }

  /// The first failure names the step's reason.
  func note(_ failure: StepFailure, _ report: inout StepReport) {
    guard report.reason == nil else { return }
    report.reason = failure.reason
    report.detail = failure.detail
  }
}

extension PackedRoundTrip {
  /// Whether its last attempt brought an answer.
  fileprivate var isAnswered: Bool {
    if case .success = roundTrip.last?.result { true } else { false }
  }
}
