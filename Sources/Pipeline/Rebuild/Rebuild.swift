import Dispatch
import Market
import SQLite
import Store
import Synchronization
import Threads

/// Makes the facts of a file anew: every kept answer is read again and stored on the path of a live run, in the order in
/// which the chronicle tells that it happened, with choices, judgements and snapshots between as they fell.
package struct Rebuild: Sendable {
  /// An answer whose bytes are not what was kept.
  package struct Damage: Hashable, Sendable {
    /// The answer, or the file, that is damaged; `nil` where a decision's row cannot be read again.
    package let fetch: FetchID?
    /// What is wrong, in words.
    package let detail: String

    /// What is wrong with an answer, or with something that was made from it.
    package init(fetch: FetchID?, detail: String) {
      self.fetch = fetch
      self.detail = detail
    }
  }

  /// A file kept by reference that is not to be had; the rows that it brought are missing.
  package struct GoneFile: Hashable, Sendable {
    /// The import that kept it by reference.
    package let fetch: FetchID
    /// The series whose rows are missing.
    package let series: StoredSeries
    /// Where it should be and what is wrong there, in words.
    package let detail: String
  }

  /// What was done.
  package struct Report: Sendable {
    /// Files that were imported, among the answers.
    package fileprivate(set) var files = 0
    /// Answers read again, with or without facts, and imported files, also those that are damaged or gone.
    package fileprivate(set) var answers = 0
    /// Answers whose bytes were let go; their rows are taken over as they are.
    package fileprivate(set) var expired = 0
    /// Rows of facts that the answers held.
    package fileprivate(set) var rows = 0
    /// Answers that hold no facts: errors, other shapes.
    package fileprivate(set) var unreadable = 0
    /// In the order of the chronicle.
    package fileprivate(set) var damaged: [Damage] = []
    /// In the order of the chronicle, each file once.
    package fileprivate(set) var gone: [GoneFile] = []
    /// Files that an older edition imported and today's rules refuse; the rows that they brought were taken over as the
    /// record has them.
    package fileprivate(set) var outdated: [GoneFile] = []
    /// Whether everything that was kept could be read again.
    package var isWhole: Bool { damaged.isEmpty && gone.isEmpty }
    /// Wall time that it took.
    package fileprivate(set) var seconds = 0.0
  }

  private let providers: [ProviderName: any Provider]
  private let opener: any FactFileOpener
  private let parts: [any RebuildPart]
  private let onProgress: @Sendable (Double) -> Void

  /// - Parameters:
  ///   - opener: reads imported files.
  ///   - parts: what other rooms make from answers that hold no facts.
  ///   - onProgress: called with the fraction that is done.
  package init(
    providers: [any Provider], opener: any FactFileOpener, parts: [any RebuildPart] = [],
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.opener = opener
    self.parts = parts
    self.providers = Dictionary(providers.map { ($0.profile.name, $0) }) { first, _ in first }
    self.onProgress = onProgress
  }

  /// Fills a file made by `Store.rebuilding` from another one. Blocks, on this thread and one more.
  ///
  /// - Parameter bodies: whether the bytes of the answers go along; without them the file is of use only for comparing.
  /// - Throws: `StoreError`. A damaged answer is in the report instead and costs its own rows.
  package func fill(_ target: Store, from moment: StoreMoment, bodies: Bool) throws -> Report {
    let began = ElapsedTime()
    try moment.carryEvidence(to: target, bodies: bodies)
    try target.following.repeatDecisions()
    let acts = Handover<Act>(ahead: 48)
    let writing = DispatchGroup()
    let outcome = Mutex<Result<Void, any Error>?>(nil)
    DispatchQueue.global().async(group: writing) {
      let result = Result { try RebuildWriter(target).performAll(acts) }
      outcome.withLock { $0 = result }
      acts.abandon()  // After a failure: so that the reading thread does not wait for ever.
    }
    var report = Report()
    do {
      try read(moment, into: acts, &report) { outcome.withLock { $0 != nil } }
    } catch {
      acts.end()
      writing.wait()
      throw error
    }
    acts.end()
    writing.wait()
    try outcome.withLock { $0 }?.get()
    try completeDerived(target, moment)
    try moment.carryHistory(to: target)
    if let now = try moment.lastRunInstant() {
      try QualityMeasures(target, gates: try target.following.qualityGates(), now: now).repeatAll()
    }
    for part in parts { report.damaged += try part.makeAgain(in: target, from: moment) }
    if bodies { try moment.carryUsersObjects(to: target) }
    try target.chronicle.raiseEditions(but: report.outdated.map(\.fetch))
    report.seconds = began.seconds
    return report
  }

  /// What the writing thread does next.
  enum Act: Sendable {
    case store(Reading, FetchID, receivedAt: Instant)
    case unreadable(FetchID, String)
    case storePart(FilePart, Int, KeptImport)
    case endImport(KeptImport, refusedByReading: Int)
    case keepRows(SeriesReading, KeptImport)
    case entry(ChronicleEntry)
    case decide(DecisionID, Refusal?)
    case remake(StoredSeries, DecisionID)
    case retell(SeriesRetelling.Step)
    case endRemake
  }

  private func read(
    _ moment: StoreMoment, into acts: Handover<Act>, _ report: inout Report, isOver: () -> Bool
  ) throws {
    let length = try moment.chronicleLength()
    let files = FilesReadAgain(try moment.imports(), moment, opener)
    let expired = try ExpiredAnswers(moment, .standard)
    var done = 0
    var imports = ImportActs()
    try moment.chronicle { entry in
      guard !isOver() else { return }
      imports.add(entry)
      switch entry {
      case .read(let fetch) where files.has(fetch): end(fetch, files, into: acts, &report)
      case .part(let fetch, let number): try read(number, of: fetch, moment, files, into: acts, &report)
      case .read(let fetch):
        if let receivedAt = expired.receivedAt(fetch) {
          try repeatRows(of: fetch, expired, receivedAt, into: acts, &report)
        } else {
          read(fetch, moment, into: acts, &report)
        }
      case .decided(let decision):
        if let undone = try moment.undoneImport(decision) {
          try undo(undone, by: decision, &imports, moment, files, into: acts)
        } else {
          decide(decision, moment, files, into: acts, &report)
        }
      default: acts.put(.entry(entry))
      }
      done += 1
      if done % 64 == 0 { onProgress(Double(done) / Double(length)) }
    }
  }

  private func read(_ fetch: FetchID, _ moment: StoreMoment, into acts: Handover<Act>, _ report: inout Report) {
    do {
      let kept = try moment.keptAnswer(fetch)
      report.answers += 1
      do {
        let reading = try reading(of: kept)
        report.rows += reading.count
        acts.put(.store(reading, fetch, receivedAt: kept.answer.receivedAt))
      } catch {
        report.unreadable += 1
        acts.put(.unreadable(fetch, error.description))
      }
    } catch {
      report.damaged.append(Damage(fetch: fetch, detail: "\(error)"))
    }
  }

  /// The rows of an answer whose bytes were let go are taken over from where they are; one without rows stays what it was.
  private func repeatRows(
    of fetch: FetchID, _ expired: ExpiredAnswers, _ receivedAt: Instant, into acts: Handover<Act>,
    _ report: inout Report
  ) throws {
    report.expired += 1
    guard let reading = try expired.reading(of: fetch) else { return }
    report.rows += reading.count
    acts.put(.store(reading, fetch, receivedAt: receivedAt))
  }

  /// A file of which one part cannot be read is told of once, and costs its own rows from there on. What an older edition
  /// imported and today's rules refuse keeps the rows that it has: nothing else stands for what was decided about it then.
  private func read(
    _ number: Int, of fetch: FetchID, _ moment: StoreMoment, _ files: FilesReadAgain, into acts: Handover<Act>,
    _ report: inout Report
  ) throws {
    if number == 0 {
      report.answers += 1
      report.files += 1
    }
    do {
      guard let (part, kept) = try files.next(number, of: fetch) else { return }
      report.rows += part.reading.facts.count
      acts.put(.storePart(part, number, kept))
    } catch let fault as ImportReplay.Fault {
      guard let kept = files.kept(fetch) else {
        return report.damaged.append(Damage(fetch: fetch, detail: "\(fault)"))
      }
      let file = GoneFile(fetch: fetch, series: kept.series, detail: "\(fault)")
      switch fault {
      case .gone: report.gone.append(file)
      case .unreadable where kept.order.edition < Reading.edition:
        report.outdated.append(file)
        acts.put(.keepRows(try moment.keptRows(of: kept, .standard), kept))
      case .unreadable: report.damaged.append(Damage(fetch: fetch, detail: "\(fault)"))
      }
    } catch {
      report.damaged.append(Damage(fetch: fetch, detail: "\(error)"))
    }
  }

  /// Why an import ended before its file did is taken over with the answer.
  private func end(_ fetch: FetchID, _ files: FilesReadAgain, into acts: Handover<Act>, _ report: inout Report) {
    guard let kept = files.kept(fetch), kept.fingerprint != nil else { return report.unreadable += 1 }
    guard let tally = files.tally(of: fetch) else { return }
    acts.put(.endImport(kept, refusedByReading: tally.refusedInAll))
  }

  private func reading(of kept: KeptAnswer) throws(ReadingError) -> Reading {
    try AnswerReader.reading(of: kept, providers)
  }

  /// The parts of imports and the decisions that came so far, and the imports that were undone.
  private struct ImportActs {
    var acts: [ChronicleEntry] = []
    var undone: Set<FetchID> = []

    mutating func add(_ entry: ChronicleEntry) {
      switch entry {
      case .part, .decided: acts.append(entry)
      default: break
      }
    }
  }

  /// A file that cannot be read again was told of when its part was to be stored.
  private func undo(
    _ fetch: FetchID, by decision: DecisionID, _ imports: inout ImportActs, _ moment: StoreMoment,
    _ files: FilesReadAgain, into acts: Handover<Act>
  ) throws {
    imports.undone.insert(fetch)
    guard let series = files.kept(fetch)?.series else { return }
    acts.put(.remake(series, decision))
    try SeriesRetelling(series: series, moment: moment, opener: opener, undone: imports.undone)
      .tell(imports.acts, fault: { _ in }) { acts.put(.retell($0)) }
    acts.put(.endRemake)
  }

  /// A decision whose row cannot be read again is told of: what the user said must not vanish.
  private func decide(
    _ decision: DecisionID, _ moment: StoreMoment, _ files: FilesReadAgain, into acts: Handover<Act>,
    _ report: inout Report
  ) {
    do {
      acts.put(.decide(decision, try refusal(of: decision, moment, files, outdated: Set(report.outdated.map(\.fetch)))))
    } catch {
      acts.put(.decide(decision, nil))
      report.damaged.append(
        Damage(fetch: nil, detail: "decision \(decision.rawValue) is about a row that cannot be read again: \(error)"))
    }
  }

  /// The row that was decided about, read again from its answer; `nil` where it is no row any more.
  private func refusal(
    of decision: DecisionID, _ moment: StoreMoment, _ files: FilesReadAgain, outdated: Set<FetchID>
  ) throws -> Refusal? {
    guard let decided = try moment.decidedRow(decision) else { return nil }
    if let kept = files.kept(decided.fetch) {
      guard !outdated.contains(kept.fetch) else { return try moment.keptRows(of: kept, .standard).refusal(of: decided) }
      return try files.refusal(of: decided)
    }
    if try moment.isExpired(decided.fetch) { return try moment.refusal(of: decided, .standard) }
    let kept = try moment.keptAnswer(decided.fetch)
    do {
      return try reading(of: kept).refusal(decided)
    } catch {
      return nil  // Unreadable now, which the answer's own act has said: then it holds no such row.
    }
  }

  /// Days that are due here and were not in the other file: with another reader, answers moved other days. And what is kept of
  /// whole series, which follows from the bars alone.
  private func completeDerived(_ target: Store, _ moment: StoreMoment) throws {
    guard let now = try moment.lastRunInstant() else { return }
    let step = SnapshotStep(store: target, now: now)
    for asset in try target.catalogue.assets().map(\.symbol) {
      let known = try moment.daysDueForSnapshot(of: asset)
      let due = try target.snapshots.daysDueForSnapshot(of: asset).filter { !known.contains($0) }
      _ = try step.snapshots(of: asset, days: due)
    }
    try MeasureStep(store: target, now: now).perform()
  }
}

extension StoreMoment {
  /// A refused row of an answer whose bytes were let go, with the fact that it became where it was released.
  fileprivate func refusal(of decided: DecidedRow, _ kinds: Kinds) throws -> Refusal? {
    try ExpiredAnswers(self, kinds).reading(of: decided.fetch)?.parts.first { $0.series == decided.series }?
      .refusal(of: decided)
  }
}

extension SeriesReading {
  /// A refused row of a file that keeps its rows, with the fact that it became where it was released.
  fileprivate func refusal(of decided: DecidedRow) -> Refusal? {
    guard let refusal = refusals.first(where: { decided.isAbout($0) }) else { return nil }
    let index = (0..<facts.count).first { facts.key(at: $0).at == decided.at }
    return Refusal(
      reason: refusal.reason, at: refusal.at, detail: refusal.detail, excerpt: refusal.excerpt,
      row: index.map { Facts([FactRow(key: facts.key(at: $0), values: facts.figures(at: $0))], of: facts.dataset) })
  }
}
