import Dispatch
import Market
import Store
import Synchronization

/// Makes the facts of a file anew: every kept answer is read again and stored on the path of a live run, in the order in
/// which the chronicle tells that it happened, with choices, judgements and snapshots between as they fell.
package struct Rebuild: Sendable {
  /// An answer whose bytes are not what was kept.
  package struct Damage: Hashable, Sendable {
    package let fetch: FetchID?
    package let detail: String
  }

  /// What was done.
  package struct Report: Sendable {
    package fileprivate(set) var answers = 0
    /// Rows of facts that the answers held.
    package fileprivate(set) var rows = 0
    /// Answers that hold no facts: errors, other shapes.
    package fileprivate(set) var unreadable = 0
    package fileprivate(set) var damaged: [Damage] = []
    package fileprivate(set) var seconds = 0.0
  }

  private let providers: [ProviderName: any Provider]
  private let tell: @Sendable (Double) -> Void

  /// - Parameter tell: called with the fraction that is done.
  package init(providers: [any Provider], tell: @escaping @Sendable (Double) -> Void = { _ in }) {
    self.providers = Dictionary(providers.map { ($0.profile.name, $0) }) { first, _ in first }
    self.tell = tell
  }

  /// Fills a file made by `Store.rebuilding` from another one. Blocks, on this thread and one more.
  ///
  /// - Parameter bodies: whether the bytes of the answers go along; without them the file is of use only for comparing.
  /// - Throws: `StoreError`. A damaged answer is in the report instead and costs its own rows.
  package func fill(_ target: Store, from moment: StoreMoment, bodies: Bool) throws -> Report {
    let began = ContinuousClock.now
    try moment.carryEvidence(to: target, bodies: bodies)
    let acts = Handover<Act>(capacity: 48)
    let writing = DispatchGroup()
    let outcome = Mutex<Result<Void, any Error>?>(nil)
    let writer = try RebuildWriter(target)
    DispatchQueue.global().async(group: writing) {
      let result = Result { try writer.performAll(acts) }
      outcome.withLock { $0 = result }
      while acts.take() != nil {}  // After a failure: so that the reading thread does not wait for ever.
    }
    var report = Report()
    do {
      try read(moment, into: acts, &report) { outcome.withLock { $0 != nil } }
    } catch {
      acts.close()
      writing.wait()
      throw error
    }
    acts.close()
    writing.wait()
    try outcome.withLock { $0 }?.get()
    try completeSnapshots(target, moment)
    try moment.carryHistory(to: target)
    report.seconds = ContinuousClock.now - began
    return report
  }

  /// What the writing thread does next.
  enum Act: Sendable {
    case store(Reading, FetchID, receivedAt: Instant)
    case unreadable(FetchID, String)
    case entry(ChronicleEntry)
    case decide(DecisionID, Refusal?)
  }

  private func read(
    _ moment: StoreMoment, into acts: Handover<Act>, _ report: inout Report, isOver: () -> Bool
  ) throws {
    let length = try moment.chronicleLength()
    var done = 0
    try moment.chronicle { entry in
      guard !isOver() else { return }
      switch entry {
      case .read(let fetch): read(fetch, moment, into: acts, &report)
      case .decided(let decision): acts.put(.decide(decision, refusal(of: decision, moment)))
      default: acts.put(.entry(entry))
      }
      done += 1
      if done % 64 == 0 { tell(Double(done) / Double(length)) }
    }
  }

  /// Imported files are answers of a source like any other; the one place where they are told apart is `reading`.
  private func read(_ fetch: FetchID, _ moment: StoreMoment, into acts: Handover<Act>, _ report: inout Report) {
    do {
      let kept = try moment.keptAnswer(fetch)
      report.answers += 1
      do {
        let reading = try reading(of: kept)
        report.rows += reading.facts.count
        acts.put(.store(reading, fetch, receivedAt: kept.answer.receivedAt))
      } catch {
        report.unreadable += 1
        acts.put(.unreadable(fetch, error.description))
      }
    } catch {
      report.damaged.append(Damage(fetch: fetch, detail: "\(error)"))
    }
  }

  private func reading(of kept: KeptAnswer) throws(ReadingError) -> Reading {
    try AnswerReader.reading(of: kept, providers)
  }

  /// The row that was decided about, read again from its answer; `nil` where it is no row any more.
  private func refusal(of decision: DecisionID, _ moment: StoreMoment) -> Refusal? {
    guard let decided = try? moment.decidedRow(decision), let kept = try? moment.keptAnswer(decided.fetch),
      let reading = try? reading(of: kept)
    else { return nil }
    return reading.refusals.first { decided.isAbout($0) }
  }

  /// Days that are due here and were not in the other file: with another reader, answers moved other days.
  private func completeSnapshots(_ target: Store, _ moment: StoreMoment) throws {
    guard let now = try moment.lastRunInstant() else { return }
    let step = SnapshotStep(store: target, now: now)
    for asset in try target.assets().map(\.symbol) {
      let known = try moment.daysDueForSnapshot(of: asset)
      let due = try target.daysDueForSnapshot(of: asset).filter { !known.contains($0) }
      _ = try step.snapshots(of: asset, days: due)
    }
  }
}

/// The writing half of a rebuild.
private struct RebuildWriter: Sendable {
  let target: Store
  let series: [SeriesID: StoredSeries]
  let symbols: [AssetID: String]

  init(_ target: Store) throws {
    self.target = target
    series = Dictionary(try target.series().map { ($0.id, $0) }) { first, _ in first }
    symbols = try target.symbolsOfAssets()
  }

  func performAll(_ acts: Handover<Rebuild.Act>) throws {
    while let act = acts.take() { try perform(act) }
  }

  private func perform(_ act: Rebuild.Act) throws {
    switch act {
    case .store(let reading, let fetch, let receivedAt):
      do throws(StoreError) {
        _ = try target.store(reading, from: fetch, step: nil, at: receivedAt)
      } catch  where error.isAboutOneAnswer {
        try target.mark(fetch, .unreadable(error.description))
      }
    case .unreadable(let fetch, let reason): try target.mark(fetch, .unreadable(reason))
    case .decide(let decision, let refusal): try target.repeatDecision(decision, about: refusal)
    case .entry(let entry): try perform(entry)
    }
  }

  private func perform(_ entry: ChronicleEntry) throws {
    switch entry {
    case .failed(let id, let span, let step):
      if let key = series[id]?.key { try target.noteFailure(of: key, over: span, step: step) }
    case .absent(let id, let span, let fetch):
      if let key = series[id]?.key { try target.noteAbsence(of: key, over: span, from: fetch) }
    case .chosen(let asset, let interval, let chosen, let due?, let run):
      guard let symbol = symbols[asset] else { return }
      // One that finds no series to choose leaves what was chosen then.
      let key = try target.choosePrice(of: symbol, interval: interval, due: due, run: run)
      if key == nil { try target.adoptChoice(of: asset, interval: interval, series: chosen, since: run) }
    case .chosen(let asset, let interval, let chosen, nil, let run):
      try target.adoptChoice(of: asset, interval: interval, series: chosen, since: run)
    case .judged(let id, let now):
      if let series = series[id] { try SnapshotStep(store: target, now: now).judge(series) }
    case .ended(let now): try target.markSnapshotsOfEndedDays(before: now)
    case .snapshot(let asset, let now):
      guard let symbol = symbols[asset] else { return }
      _ = try SnapshotStep(store: target, now: now)
        .snapshots(of: symbol, days: target.daysDueForSnapshot(of: symbol))
    case .read, .decided: break  // Came as acts of their own.
    }
  }
}
