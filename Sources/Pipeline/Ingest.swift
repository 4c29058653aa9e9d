import Following
import Market
import SQLite
import Store
import Threads

/// A run: what is due is asked, kept, read and stored, group by group side by side; then choices, snapshots, and the
/// steps that other rooms perform.
package struct Ingest: Sendable {
  /// What a run needs from outside.
  package struct Dependencies: Sendable {
    /// Who can be asked, by name; a series whose provider is not here is left out.
    package let providers: [ProviderName: any Provider]
    /// What answers requests: the network, a capture, or nothing when offline.
    package let transport: any Transport
    /// The time of the run; what is due and what is stored as received goes by it.
    package let clock: Clock
    /// What is used of each provider's quota now, to be kept with every answer.
    package let quotas: @Sendable () async -> [QuotaState]
    /// Settings that hold a key, so that a source without one is skipped and not failed.
    package let keyed: Set<ProviderName>
    /// The command line that began the run, for the record.
    package let command: String
    /// Of the appliance, for the record.
    package let version: String
    /// Of the running process, for the record.
    package let processID: Int32
    /// Steps behind the snapshots, performed in this order; those that the options leave out are not.
    package let closing: [any ClosingStep]
    /// Told what happens, from any thread.
    package let onEvent: @Sendable (RunEvent) -> Void

    /// What a run needs; of two providers of one name the first counts.
    package init(
      providers: [any Provider], transport: any Transport, clock: Clock,
      quotas: @escaping @Sendable () async -> [QuotaState],
      keyed: Set<ProviderName>, command: String, version: String, processID: Int32, closing: [any ClosingStep],
      onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
      self.providers = Dictionary(providers.map { ($0.profile.name, $0) }) { first, _ in first }
      self.transport = transport
      self.clock = clock
      self.quotas = quotas
      self.keyed = keyed
      self.command = command
      self.version = version
      self.processID = processID
      self.closing = closing
      self.onEvent = onEvent
    }
  }

  let store: Store
  let dependencies: Dependencies
  let recorder: Recorder
  let clockLead = ClockLead()
  let keys = KeyDoor()

  /// A run that writes into `store`, which must be open for writing unless the run is only planned.
  package init(store: Store, _ dependencies: Dependencies) {
    self.store = store
    self.dependencies = dependencies
    recorder = Recorder(store: store)
  }

  /// Brings the record up to date.
  ///
  /// - Throws: only what ends the run: a fault of the file or the disk. A provider's failure is a report.
  package func run(_ options: RunOptions) async throws -> RunReport {
    let run = try await begin()
    do {
      let leftovers = try await AnswerReader(providers: dependencies.providers, recorder: recorder)
        .readLeftovers()
      if leftovers > 0 { dependencies.onEvent(.note("read \(leftovers) answers that an interrupted run had kept")) }
      async let told = askFeeds(options, run: run)
      let asked = try await ask(options, run: run)
      let news = try await told
      try await letGo(options)
      tellClock()
      var reports = asked.reports + news.reports
      try await derive(options, run: run, &reports)
      return try await finish(run, reports, notDue: asked.notDue + news.notDue)
    } catch {
      // A full disk has room for this line more often than not; if it has none, the next run marks the run instead.
      let now = dependencies.clock.now
      try? await recorder { store in try store.runs.finish(run, outcome: .failed, at: now, quotas: []) }
      throw error
    }
  }

  /// What feeds said long ago stays, their bytes do not.
  private func letGo(_ options: RunOptions) async throws {
    guard !options.keepsFeedBodies, options.includes(.news), options.stretches == nil else { return }
    let now = dependencies.clock.now
    guard let expired = try await recorder({ store in try store.vault.expireFeedBodies(at: now) }),
      expired.answers > 0
    else { return }
    let answers = expired.answers == 1 ? "1 answer" : "\(expired.answers) answers"
    dependencies.onEvent(.note("let go of the bytes of \(answers) of feeds; what they said stays"))
  }

  /// Tells where this machine's clock and those of most providers differ, unless it was set to another time on purpose.
  private func tellClock() {
    guard !dependencies.clock.isSet, let note = clockLead.note else { return }
    dependencies.onEvent(.note(note))
  }

  func begin() async throws -> RunID {
    let dependencies = dependencies
    return try await recorder { store in
      try store.runs.begin(
        command: dependencies.command, at: dependencies.clock.now, processID: dependencies.processID,
        version: dependencies.version)
    }
  }

  /// The groups and the questions side by side; their reports in this order.
  private func ask(_ options: RunOptions, run: RunID) async throws -> GroupAsker.Outcome {
    let (groups, added) = try await recorder { store in
      let added = Set(try store.following.addedSeries())
      return (SeriesGroup.all(of: try store.catalogue.series(), added: added, store.kinds, options), added)
    }
    let asker = GroupAsker(ingest: self, run: run, options: options, added: added)
    let settled = try await recorder { store in try groups.map { try asker.settled($0, in: store) } }
    let open = groups.indices.filter { settled[$0] == nil }.sorted { Urgency(of: groups[$0]) < Urgency(of: groups[$1]) }
    dependencies.onEvent(.planned(try await planned(open.map { groups[$0] }, asker)))
    return try await withThrowingTaskGroup(of: (Int, GroupAsker.Outcome).self) { tasks in
      for index in open {
        let group = groups[index]
        tasks.addTask { (index, try await asker.bringUpToDate(group)) }
      }
      let disabled = try await recorder { store in try store.following.disabledSources() }
      let questions = questions(options, disabled)
      for (index, (question, provider)) in questions.enumerated() {
        tasks.addTask {
          let step = QuestionStep(ingest: self, run: run, question: question, provider: provider)
          let reports = try await step.perform(options)
          return (groups.count + index, GroupAsker.Outcome(reports: reports ?? [], notDue: reports == nil ? 1 : 0))
        }
      }
      var outcomes = Dictionary(
        uniqueKeysWithValues: settled.enumerated().compactMap { index, outcome in outcome.map { (index, $0) } })
      while let (index, outcome) = try await tasks.next() { outcomes[index] = outcome }
      return GroupAsker.Outcome(
        reports: (0..<groups.count + questions.count).flatMap { outcomes[$0]?.reports ?? [] },
        notDue: outcomes.values.reduce(0) { $0 + $1.notDue })
    }
  }

  /// What providers are asked about no series of its own, in the steps that are wanted.
  func questions(_ options: RunOptions, _ disabled: Set<ProviderName>) -> [(Question, any Provider)] {
    guard options.intervals == nil, options.stretches == nil else { return [] }
    let asked = dependencies.providers.values.filter {
      options.includes($0.profile.name) && !disabled.contains($0.profile.name)
    }
    return asked.sorted { $0.profile.name < $1.profile.name }.flatMap { provider in
      provider.questions.filter { options.includes($0.step) }.map { ($0, provider) }
    }
  }

  /// Snapshots and the closing steps, each a step of its own.
  func derive(_ options: RunOptions, run: RunID, _ reports: inout [StepReport]) async throws {
    if options.includes(.snapshot), !Task.isCancelled {
      reports.append(try await snapshot(options, run: run))
    }
    for step in dependencies.closing where options.includes(step.name) && !Task.isCancelled {
      reports.append(try await close(step, run: run, soFar: reports))
    }
  }

  private func snapshot(_ options: RunOptions, run: RunID) async throws -> StepReport {
    let began = ElapsedTime()
    let now = dependencies.clock.now
    let id = try await recorder { store in try store.runs.beginStep(.snapshot, series: nil, of: run, at: now) }
    dependencies.onEvent(.began(StepReport(name: .snapshot, outcome: .done)))
    let report = try await recorder { store in
      let derived = {
        var report = StepReport(name: .snapshot, outcome: .done)
        report.counts = try derive(options, at: now, in: store)
        report.seconds = began.seconds
        try conclude(id, report, in: store)
        return report
      }
      // Every row names assets and series that are read here. Years of days are written in turn.
      return try store.snapshots.areDue(beyond: SnapshotStep.together)
        ? derived() : store.together(unseen: .references, derived)
    }
    dependencies.onEvent(.ended(report))
    return report
  }

  private func derive(_ options: RunOptions, at now: Instant, in store: Store) throws -> StepCounts {
    let assets = try store.catalogue.assets().map(\.symbol).filter { options.includes(asset: $0) }
    let snapshots = try SnapshotStep(store: store, now: now).perform(assets: assets)
    return try snapshots + MeasureStep(store: store, now: now).perform()
      + AnalysisStep(store: store).perform(portfolios: options.looksAtAllPrices)
  }

  private func close(_ step: any ClosingStep, run: RunID, soFar: [StepReport]) async throws -> StepReport {
    let began = ElapsedTime()
    let now = dependencies.clock.now
    let id = try await recorder { store in try store.runs.beginStep(step.name, series: nil, of: run, at: now) }
    dependencies.onEvent(.began(StepReport(name: step.name, outcome: .done)))
    var report = try await step.perform(on: store, at: now, soFar: soFar)
    report.seconds = began.seconds
    let final = report
    try await recorder { store in try conclude(id, final, in: store) }
    dependencies.onEvent(.ended(final))
    return final
  }

  /// A step that had nothing to do leaves no row; while it was under way it had one, so that a death is told.
  private func conclude(_ id: StepID, _ report: StepReport, in store: Store) throws {
    if report.didNothing { try store.runs.withdraw(id) } else { try store.runs.finish(id, report) }
  }

  func finish(_ run: RunID, _ reports: [StepReport], notDue: Int = 0) async throws -> RunReport {
    let outcome = RunOutcome(of: reports, isCancelled: Task.isCancelled)
    let now = dependencies.clock.now
    let quotas = await dependencies.quotas()
    try await recorder { store in try store.runs.finish(run, outcome: outcome, at: now, quotas: quotas) }
    return RunReport(run: run, outcome: outcome, steps: reports, notDue: notDue)
  }
}

extension RunOutcome {
  /// Skipped steps count neither way; a run in which every step that tried failed is a failed one.
  package init(of reports: [StepReport], isCancelled: Bool) {
    let asked = reports.filter { $0.outcome != .skipped && StepName.asking.contains($0.name) }
    let failed = reports.filter(\.isTroubled)
    if isCancelled || reports.contains(where: { $0.outcome == .interrupted }) {
      self = .interrupted
    } else if failed.isEmpty {
      self = .done
    } else {
      self = !asked.isEmpty && asked.allSatisfy { $0.outcome == .failed } ? .failed : .partial
    }
  }
}

extension StepName {
  /// The steps that ask providers.
  package static let asking: Set<StepName> = [.prices, .sentiment, .etfFlows, .macro, .news, .events]
}
