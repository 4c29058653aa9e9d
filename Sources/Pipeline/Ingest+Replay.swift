import Following
import Formats
import Market
import SQLite
import Store
import Threads

extension Ingest {
  /// Plays recorded runs in order: each with its own instant as the clock, and just the answers that it holds, on the
  /// same path as live ones from the first byte on.
  ///
  /// Closing steps follow the last run. A run whose answers were all stored before changes nothing.
  package func replay(_ runs: [CapturedRun], _ options: RunOptions) async throws -> RunReport {
    var reports: [StepReport] = []
    var last: RunID?
    // The first one is begun even when the end was asked for already, so that the record tells of it.
    for captured in runs where last == nil || !Task.isCancelled {
      let isLast = captured.instant == runs.last?.instant
      let part = Ingest(
        store: store, dependencies.at(.standing(at: captured.instant), closing: isLast ? dependencies.closing : []))
      let run = try await part.begin()
      var steps = try await part.play(captured, options, run: run)
      try await part.choosePrices(options, run: run)
      try await part.derive(options, run: run, &steps)
      _ = try await part.finish(run, steps)
      reports = StepReport.added(reports, steps)
      last = run
    }
    guard let last else { throw ReplayError.noRuns }
    return RunReport(run: last, outcome: RunOutcome(of: reports, isCancelled: Task.isCancelled), steps: reports)
  }

  /// Answers grouped by the series they are about, in the order in which the series first appear.
  private func play(_ captured: CapturedRun, _ options: RunOptions, run: RunID) async throws -> [StepReport] {
    let reader = AnswerReader(providers: dependencies.providers, recorder: recorder)
    let series = try await recorder { store in try store.catalogue.series() }
    var reports: [StepReport] = []
    for (request, answer) in captured.roundTrips where !Task.isCancelled {
      guard let provider = dependencies.providers[request.provider],
        let name = step(of: request, provider, series)
      else { continue }
      guard options.includes(name), Ingest.isWanted(answer, to: request, provider, series, options) else { continue }
      let began = ElapsedTime()
      var report = StepReport(name: name, outcome: .done)
      report.counts.requests = 1
      report.counts.bytes = answer.body.count
      var played = [report]
      let known = try await recorder { store in try store.vault.fetch(of: answer, to: request) }
      if let known, known.isRead {
        played = confirmed(answer, to: request, provider, series, report)
      } else if let fetch = try await keep(answer, as: known?.fetch, to: request, provider, run: run) {
        played = try await play(
          KeptAnswer(fetch: fetch, request: request, answer: answer), reader, series, report)
      }
      played[0].seconds = began.seconds
      for report in played { try await record(report, series: series, run: run) }
      reports = StepReport.added(reports, played)
    }
    for report in reports { dependencies.onEvent(.ended(report)) }
    return reports
  }

  /// The step that asks this provider; `nil` for one of which the file knows neither series nor question.
  private func step(of request: Request, _ provider: any Provider, _ series: [StoredSeries]) -> StepName? {
    series.first { $0.key.provider == request.provider }.map { store.kinds.step(bringing: $0.key) }
      ?? provider.questions.first?.step
  }

  /// Whether an answer is about a series that the file follows, of an asset that is asked for or of none; or about no
  /// series, or cannot be read to tell.
  private static func isWanted(
    _ answer: Answer, to request: Request, _ provider: any Provider, _ series: [StoredSeries], _ options: RunOptions
  ) -> Bool {
    guard let reading = try? provider.read(answer, to: request), !reading.parts.isEmpty else { return true }
    return reading.parts.contains { part in
      series.first { $0.key == part.series }.map { options.includes(asset: $0.asset) } ?? false
    }
  }

  /// - Parameter known: the fetch of the same answer, where a run that died kept it and did not read it.
  private func keep(
    _ answer: Answer, as known: FetchID?, to request: Request, _ provider: any Provider, run: RunID
  ) async throws -> FetchID? {
    if let known { return known }
    let attempt = Attempt(
      url: provider.profile.address(of: request), startedAt: answer.receivedAt, elapsed: .zero,
      wireBytes: answer.body.count, result: .success(answer))
    let roundTrip = RoundTrip(request: request, attempts: [attempt])
    return try await recorder { store in try store.vault.keep(roundTrip, of: run, quotas: []) }
  }

  /// The reports of an answer whose facts were stored before. Storing them again would bring back what a later answer
  /// has replaced.
  private func confirmed(
    _ answer: Answer, to request: Request, _ provider: any Provider, _ series: [StoredSeries], _ report: StepReport
  ) -> [StepReport] {
    guard let reading = try? provider.read(answer, to: request) else {
      // It was read before, so that its facts are there, whatever this reader thinks of it.
      return [report]
    }
    return reports(of: reading, reading.parts.map { StepCounts(unchanged: $0.facts.count) }, series, report)
  }

  private func play(
    _ kept: KeptAnswer, _ reader: AnswerReader, _ series: [StoredSeries], _ report: StepReport
  ) async throws -> [StepReport] {
    do {
      let read = try await reader.read(kept, step: nil)
      return reports(of: read.reading, read.counts, series, report)
    } catch let error as ReadingError {
      let failure = StepFailure(error)
      return [
        StepReport(
          name: report.name, series: nil, asset: nil, outcome: .failed, reason: failure.reason, detail: failure.detail,
          counts: report.counts)
      ]
    }
  }

  /// A report for each series that an answer speaks of; the first one bears the request.
  private func reports(
    of reading: Reading, _ counts: [StepCounts], _ series: [StoredSeries], _ asked: StepReport
  ) -> [StepReport] {
    let reports = zip(reading.parts, counts).enumerated().map { index, part in
      StepReport(
        name: store.kinds.step(bringing: part.0.series), series: part.0.series,
        asset: series.first { $0.key == part.0.series }?.asset, outcome: .done,
        counts: index == 0 ? asked.counts + part.1 : part.1)
    }
    return reports.isEmpty ? [asked] : reports
  }

  private func record(_ report: StepReport, series: [StoredSeries], run: RunID) async throws {
    let now = dependencies.clock.now
    try await recorder { store in
      let id = series.first { $0.key == report.series }?.id
      try store.runs.finish(try store.runs.beginStep(report.name, series: id, of: run, at: now), report)
    }
  }

  private func choosePrices(_ options: RunOptions, run: RunID) async throws {
    let (groups, added) = try await recorder { store in
      let added = Set(try store.following.addedSeries())
      return (SeriesGroup.all(of: try store.catalogue.series(), added: added, store.kinds, options), added)
    }
    let asker = GroupAsker(ingest: self, run: run, options: options, added: added)
    for group in groups { try await asker.choosePrice(of: group) }
  }
}

/// What can be wrong with a replay.
package enum ReplayError: Error, CustomStringConvertible {
  case noRuns

  /// What is wrong with the capture, and what to do about it.
  package var description: String {
    "the capture holds no runs, so there is nothing to replay; record one that has some"
  }
}

extension StepReport {
  /// Reports of the same step, series and outcome become one.
  static func added(_ reports: [StepReport], _ more: [StepReport]) -> [StepReport] {
    var reports = reports
    for report in more {
      if let index = reports.firstIndex(where: {
        $0.name == report.name && $0.series == report.series && $0.outcome == report.outcome
          && $0.reason == report.reason
      }) {
        reports[index].counts = reports[index].counts + report.counts
        reports[index].seconds += report.seconds
      } else {
        reports.append(report)
      }
    }
    return reports
  }
}

extension Ingest.Dependencies {
  /// The same with another clock and other closing steps.
  func at(_ clock: Clock, closing: [any ClosingStep]) -> Self {
    Self(
      providers: Array(providers.values), transport: transport, clock: clock, quotas: quotas, keyed: keyed,
      command: command, version: version, processID: processID, closing: closing, onEvent: onEvent)
  }
}
