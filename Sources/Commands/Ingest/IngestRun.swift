import Following
import Formats
import Market
import Narrative
import Pipeline
import Rendering
import Reports
import Store
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One `ingest`, from the lock to the summary that a person or a program reads.
package struct IngestRun: Sendable {
  let context: CommandContext
  let options: RunOptions
  /// What is decided about what is followed, before anything is asked.
  var decisions: [CatalogueDecision] = []
  /// A capture to take answers from, or `demo`.
  var replay: String?

  /// A run.
  ///
  /// - Parameters:
  ///   - decisions: about what is followed, before anything is asked.
  ///   - replay: a capture to take answers from, or `demo`.
  package init(
    context: CommandContext, options: RunOptions, decisions: [CatalogueDecision] = [], replay: String? = nil
  ) {
    (self.context, self.options) = (context, options)
    (self.decisions, self.replay) = (decisions, replay)
  }

  /// Asks, stores, and tells how it ended; what did not end well is thrown as the exit code.
  package func perform() async throws {
    let capture = try replay.map(capture)
    let store = try context.writer(command: "ingest")
    try store.claim(capture.map { $0.origin == .demo ? .demo : .live } ?? .live)
    try context.bringFollowed(store, by: capture)
    if !decisions.isEmpty { try store.following.decide(decisions, at: try context.clock(of: store).now) }
    let progress = ProgressLines(console: context.console)
    let log = try RunLog(context: context)
    let transport = try context.network(quotas: try store.runs.quotas())
    defer { transport.shutDown() }
    let backup = BackupStep(
      try context.backups(at: context.clock), every: try context.backupInterval(),
      verifyingEvery: try context.verificationInterval())
    let texts = TextsStep(
      by: SummaryMaker.maker, { try writeSummaries(in: $0, now: $1) }, model: modelWriter(try limited(transport)))
    let ingest = Ingest(
      store: store,
      try dependencies(transport, closing: [QualityStep(context: context), texts, backup]) { event in
        log.note(event)
        if case .planned(let sources) = event { progress.show(patience(with: sources)) }
        progress.show(event)
      })
    let report = try await Interruption.cancelling {
      if let capture { try await ingest.replay(capture.runs, options) } else { try await ingest.run(options) }
    }
    progress.finish()
    try store.checkFooting()
    store.close()
    do {
      try IngestSummary(report: report, context: context, replay: replay, backup: backup.result?.json ?? .null).print()
    } catch FileError.closedPipe {
      // Whoever closed the pipe has seen enough; how the run ended is told by the exit code all the same.
    }
    let status = IngestSummary.status(of: report)
    if status != .done { throw Failure(status) }
  }

  /// Whoever has a model write; `nil` where none is set up, or not so that it could be asked, or nobody is to be asked.
  private func modelWriter(_ transport: any Market.Transport) -> (@Sendable (Store) throws -> ModelClient)? {
    guard replay == nil, !options.isOffline else { return nil }
    do {
      guard let model = try context.model() else { return nil }
      return { [context] store in try context.modelClient(model, over: transport, store) }
    } catch {
      let fault = (error as? Failure)?.message ?? "\(error)"
      context.console.say("\(fault); the rules write alone until it is put right")
      return nil
    }
  }

  /// The network for as long as a run may ask.
  private func limited(_ transport: any Network) throws -> any Market.Transport {
    guard options.since == nil, options.stretches == nil, let limit = try context.timeLimit() else { return transport }
    return TimeLimitedTransport(transport, limit: limit, clock: context.clock)
  }

  /// What is to be waited for, said before it begins.
  private func patience(with sources: [PlannedSource]) -> RunEvent? {
    let waits = (try? context.leastSeconds(asking: sources)) ?? []
    guard let longest = waits.max(by: { $0.seconds < $1.seconds }), longest.seconds >= 20 else { return nil }
    let (title, count) = (longest.source.profile.title, longest.source.requestsToday)
    return .note(
      "\(title) wants time between requests: \(count) of them take about "
        + "\(humanDuration(seconds: longest.seconds < 60 ? longest.seconds : (longest.seconds + 30) / 60 * 60)); Ctrl-C keeps what came"
    )
  }

  private func dependencies(
    _ transport: any Network, closing: [any ClosingStep], _ onEvent: @escaping @Sendable (RunEvent) -> Void
  ) throws -> Ingest.Dependencies {
    Ingest.Dependencies(
      providers: context.providers, transport: try limited(transport), clock: context.clock,
      quotas: { await transport.quotas() },
      keyed: Set(try context.keys().keys), command: Program.commandLine,
      version: context.version, processID: getpid(), closing: closing, onEvent: onEvent)
  }

  private func capture(_ name: String) throws -> Capture {
    do throws(CaptureError) {
      return name == "demo" ? try context.wiring.demoCapture() : try Capture(readingFrom: name)
    } catch {
      throw Failure(.failed, "\(error)")
    }
  }
}
