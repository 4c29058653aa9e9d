import Formats
import Market
import SQLite
import Store
import Threads

/// A file brought into the record: part by part kept and stored, while the next parts are made ready on other threads.
package struct FileImport: Sendable {
  /// Where the rows and the bytes go; must be open for writing.
  package let store: Store
  /// When the run and its steps begin and end; bars are measured by when the file was opened.
  package let clock: Clock
  /// The command line, for the record.
  package let command: String
  /// Of the appliance, for the record.
  package let version: String
  /// Of the running process, for the record.
  package let processID: Int32
  /// Called after each part that was stored, from the thread that imports.
  package let onProgress: @Sendable (ImportProgress) -> Void
  /// Whether bytes that were imported before may come again under another reading.
  package let takesAgain: Bool
  /// Asked between parts: whether the user wants it to end.
  package let isCancelled: @Sendable () -> Bool

  /// An import into `store`; nothing is written before `perform`.
  package init(
    store: Store, clock: Clock, command: String, version: String, processID: Int32, takesAgain: Bool = true,
    isCancelled: @escaping @Sendable () -> Bool, onProgress: @escaping @Sendable (ImportProgress) -> Void
  ) {
    self.store = store
    self.clock = clock
    self.command = command
    self.version = version
    self.processID = processID
    self.takesAgain = takesAgain
    self.isCancelled = isCancelled
    self.onProgress = onProgress
  }

  /// Where the bytes of a file stay.
  package struct Place: Sendable {
    /// The file's own name, without folders.
    package let name: String
    /// A regular file, which can be looked at before it is read; `nil` for a pipe.
    package let path: String?
    /// Whether only path, length and hash are kept, and no bytes.
    package let isReference: Bool

    /// A place; a reference must have a path.
    package init(name: String, path: String?, isReference: Bool) {
      self.name = name
      self.path = path
      self.isReference = isReference
    }
  }

  /// Imports an opened file.
  ///
  /// - Parameters:
  ///   - definition: the series that it fills; made if it is not there.
  ///   - asset: made if it is not there; `nil` for an index of a whole market.
  ///   - title: of its source, for people.
  /// - Throws: what is wrong with the database or the disk; `FileRefusal` where the same bytes were imported under
  ///   another reading. What is wrong with the file is in the report.
  package func perform(
    _ opened: OpenedImport, _ place: Place, definition: SeriesDefinition, asset: Asset?, title: String
  ) throws -> ImportReport {
    let began = ElapsedTime()
    let found = try fingerprint(ofFileOf: opened, place)
    if let refusal = try found.flatMap({ try readBefore(opened, $0) }) { throw refusal }
    let before = try store.imports.remember(definition.key)
    try store.imports.register(definition, asset: asset, title: title)
    let run = try store.runs.begin(command: command, at: clock.now, processID: processID, version: version)
    var report = ImportReport(
      series: definition.key, asset: definition.asset, run: run, layout: opened.facts.layout)
    report.remarks = opened.facts.remarks
    do {
      let step = try store.runs.beginStep(
        store.kinds.step(bringing: definition.key), series: try store.catalogue.series(definition.key)?.id, of: run,
        at: clock.now
      )
      let known = try found.flatMap {
        try store.imports.unchanged(of: $0, by: opened.settled, into: opened.series)
      }
      if let known {
        report.isKnown = true
        report.layout = known.layout
        report.counts.unchanged = known.rows
        report.fingerprint = known.fingerprint
      } else {
        try bringIn(opened, place, run: run, step: step, began, &report)
      }
      if report.outcome == .failed {
        try takeBack(to: before, run, &report)
      } else {
        try derive(run: run, &report)
      }
      report.seconds = began.seconds
      try finish(run: run, step: step, report)
      return report
    } catch {
      // As in every run: a full disk has room for this line more often than not.
      try? store.runs.finish(run, outcome: .failed, at: clock.now, quotas: [])
      throw error
    }
  }

  /// What a file that can be looked at before it is read is known by, where one of its length was imported before.
  private func fingerprint(ofFileOf opened: OpenedImport, _ place: Place) throws -> FileFingerprint? {
    guard let path = place.path, let size = opened.size, try store.imports.mayHaveImported(size: size) else {
      return nil
    }
    return FileFingerprint(size: size, sha256: try Fingerprint(ofFile: path).bytes)
  }

  /// Why bytes that were imported under another reading are not taken.
  private func readBefore(_ opened: OpenedImport, _ fingerprint: FileFingerprint) throws -> FileRefusal? {
    guard !takesAgain else { return nil }
    return try SameBytes(opened: opened, store: store).refusal(of: fingerprint, command: command)
  }

  /// A failed import leaves only its run and its step.
  private func takeBack(to before: BeforeImport, _ run: RunID, _ report: inout ImportReport) throws {
    try store.imports.takeBack(to: before, of: run)
    report.counts = StepCounts(refused: report.counts.refused, bytes: report.counts.bytes)
  }

  // MARK: Reading and storing

  private func bringIn(
    _ opened: OpenedImport, _ place: Place, run: RunID, step: StepID, _ began: ElapsedTime,
    _ report: inout ImportReport
  ) throws {
    // Also where a pipe was slow: a replay must leave out the same bars.
    let now = opened.openedAt
    var standing = try standingParts(of: opened)
    let fetch = try store.imports.begin(
      opened.settled, into: opened.series, name: place.name, path: place.isReference ? place.path : nil,
      layout: opened.facts.layout, partSize: opened.partSize, of: run, at: now)
    let parts =
      try opened.takeAhead()
      ?? ReadyParts(
        of: opened, unless: place.isReference ? nil : try store.imports.hashesOfParts(importedInto: opened.series))
    do {
      // A power cut loses no more than a kill a moment earlier: an import without its end is not believed to be whole.
      try store.withoutWaitingForTheDisk {
        try store.withoutLooking(at: opened.series.holdsBars ? [.references, .constraints] : []) {
          try take(parts, &report) { part in
            let isFinal =
              standing.map { part.rows.reading.isFinal(at: $0.openedAt, by: opened.settled.rhythm) } ?? false
            return try store.imports.store(
              part.rows, number: part.number, from: fetch, step: step, at: now, keeping: part.packed.map { ($0, run) },
              isStanding: standing?.next(is: part.packed, isFinal) ?? false)
          }
        }
      }
    } catch let fault as PartFault {
      report.outcome = fault.isRefusal || report.counts.hasNoRows ? .failed : .partial
      report.reason = fault.words
    } catch {
      parts.abandon()
      throw error
    }
    report.counts.refused = report.tally.refusedInAll
    try conclude(opened, fetch, began, &report)
  }

  /// What need not be looked at again of a file that begins as the last one did.
  private func standingParts(of opened: OpenedImport) throws -> StandingParts? {
    guard opened.series.holdsBars else { return nil }
    return try store.imports.standingParts(
      readBy: opened.settled, into: opened.series, partSize: opened.partSize)
  }

  /// Stores part after part, to the end or until the user wants no more.
  private func take(
    _ parts: ReadyParts, _ report: inout ImportReport,
    _ store: (ReadyParts.Part) throws -> (counts: StepCounts, folded: Int)
  ) throws {
    var folded = 0
    var contradicting = 0
    // What was counted holds also where the file breaks off.
    defer {
      report.tally.folded += folded
      if contradicting > 0 { report.tally.refused[.contradictory, default: 0] += contradicting }
    }
    while let part = try next(parts) {
      if isCancelled() {
        report.outcome = .interrupted
        return parts.abandon()
      }
      let stored = try store(part)
      report.counts = report.counts + stored.counts
      folded += stored.folded
      report.tally = part.tally
      contradicting += part.rows.repeats.count - stored.folded
      onProgress(
        ImportProgress(
          read: part.progress.read, of: part.progress.of,
          rows: report.counts.new + report.counts.changed + report.counts.unchanged))
    }
    // Funds that do not sum to their total contradict no other row.
    if report.series.holdsFlows { return }
    try checkContradictions(contradicting + (report.tally.refused[.contradictory] ?? 0), report.counts)
  }

  /// A file most of whose rows contradict each other is of several assets or sources. The beginning of a long one may
  /// not show it.
  private func checkContradictions(_ refused: Int, _ counts: StepCounts) throws {
    let believed = counts.new + counts.changed + counts.unchanged
    // Each contradicts a row that was believed.
    guard refused > 2, refused * 4 > refused + believed else { return }
    throw PartFault(
      isRefusal: true,
      words:
        "\(refused) of its rows contradict \(refused) of the \(believed) before them, so that either may be wrong; "
        + "they may be of several assets or sources, of which --where-column COLUMN=VALUE takes one")
  }

  private func conclude(
    _ opened: OpenedImport, _ fetch: FetchID, _ began: ElapsedTime, _ report: inout ImportReport
  ) throws {
    guard report.outcome == .done else {
      return try store.imports.abandon(fetch, because: report.reason ?? "interrupted")
    }
    let fingerprint = try opened.fingerprint()
    report.fingerprint = fingerprint
    report.counts.bytes = fingerprint.size
    if let refusal = try readBefore(opened, fingerprint) {
      report.outcome = .failed
      report.reason = refusal.description
    } else if report.tally.extent == nil {
      report.outcome = .failed
      report.reason = "not one of its \(report.tally.lines) lines is a row that can be believed"
    }
    try store.imports.finish(
      fetch, fingerprint, refused: report.counts.refused, seconds: began.seconds, at: clock.now)
  }

  /// A fault of the file, told apart from one of the database.
  private struct PartFault: Error {
    /// Whether the file is refused, so that nothing of it is believed; else it breaks off.
    let isRefusal: Bool
    let words: String
  }

  private func next(_ parts: ReadyParts) throws -> ReadyParts.Part? {
    do { return try parts.next() } catch { throw PartFault(isRefusal: error is FileRefusal, words: "\(error)") }
  }

  // MARK: What follows

  private func derive(run: RunID, _ report: inout ImportReport) throws {
    let now = clock.now
    if let asset = report.asset, report.series.holdsBars, let series = try store.catalogue.series(report.series) {
      let due = series.rhythm().newestDue(at: now)
      _ = try store.catalogue.choosePrice(of: asset, interval: report.series.interval, due: due, run: run)
    }
    if let series = try store.catalogue.series(report.series), let extent = series.extent {
      report.missing = try store.gaps.all(of: series.id, in: extent).reduce(0) { $0 + $1.missing }
    }
    guard report.outcome != .interrupted else { return }
    // What is about no asset is about the day of each.
    let assets = try report.asset.map { [$0] } ?? store.catalogue.assets().map(\.symbol)
    let counts = try SnapshotStep(store: store, now: now).perform(assets: assets)
    report.snapshots = counts.new + counts.changed
    try MeasureStep(store: store, now: now).perform()
  }

  private func finish(run: RunID, step: StepID, _ report: ImportReport) throws {
    let stepOutcome: StepOutcome =
      switch report.outcome {
      case .done: .done
      case .partial: .partial
      case .failed: .failed
      case .interrupted: .interrupted
      }
    try store.runs.finish(
      step,
      StepReport(
        name: store.kinds.step(bringing: report.series), series: report.series, asset: report.asset,
        outcome: stepOutcome,
        reason: report.outcome == .interrupted ? .interrupted : report.reason == nil ? nil : .failed,
        detail: report.reason, counts: report.counts, seconds: report.seconds))
    try store.runs.finish(run, outcome: report.outcome, at: clock.now, quotas: [])
  }
}

extension SeriesReading {
  /// Whether all its bars were over at an instant.
  fileprivate func isFinal(at instant: Instant, by rhythm: Rhythm) -> Bool {
    guard case .bars(let bars) = facts else { return false }
    return bars.last.map { $0.openTime <= rhythm.newestFinal(at: instant) } ?? true
  }
}
