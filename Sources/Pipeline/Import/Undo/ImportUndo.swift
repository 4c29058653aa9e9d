import Market
import SQLite
import Store

/// Takes an import back, as the user decides: its series is made again from its other imports, then come the price
/// choice and the days that moved. The bytes stay, and the values that are gone stay in the history.
package struct ImportUndo: Sendable {
  let store: Store
  let opener: any FactFileOpener
  let clock: Clock
  let command: String
  let version: String
  let processID: Int32

  /// Nothing is written before `perform`.
  ///
  /// - Parameter opener: reads imported files again.
  package init(
    store: Store, opener: any FactFileOpener, clock: Clock, command: String, version: String, processID: Int32
  ) {
    self.store = store
    self.opener = opener
    self.clock = clock
    self.command = command
    self.version = version
    self.processID = processID
  }

  /// What came of it.
  package struct Report: Sendable {
    /// The import that was undone.
    package let file: KeptImport
    /// The run that did it.
    package let run: RunID
    /// Rows that are gone.
    package let gone: Int
    /// Rows that say otherwise now.
    package let changed: Int
    /// Snapshots that were computed because of it.
    package let snapshots: Int
  }

  /// Why an import is not undone.
  package enum Fault: Error, CustomStringConvertible {
    case unknown(FetchID)
    case undone(FetchID)

    /// What is wrong, and what to type.
    package var description: String {
      switch self {
      case .unknown(let id): "there is no import \(id.rawValue); `appliance import list` shows those that are"
      case .undone(let id): "import \(id.rawValue) was undone before; the same file can be imported again"
      }
    }
  }

  /// Undoes one import.
  ///
  /// - Throws: `Fault`; `ImportReplay.Fault` where another file of the series cannot be read again; `StoreError`. Then
  ///   everything is as it was.
  package func perform(_ fetch: FetchID) throws -> Report {
    guard let file = try store.imports.file(fetch) else { throw Fault.unknown(fetch) }
    let undone = try store.imports.undone()
    guard !undone.contains(fetch) else { throw Fault.undone(fetch) }
    let run = try store.runs.begin(command: command, at: clock.now, processID: processID, version: version)
    do {
      let name = store.kinds.step(bringing: file.series.key)
      let step = try store.runs.beginStep(name, series: file.series.id, of: run, at: clock.now)
      let counts = try store.imports.undo(fetch, named: file.name, at: clock.now) { moment, remake in
        try retell(remake, moment, without: undone.union([fetch]))
      }
      let snapshots = try derive(file, run)
      try store.runs.finish(
        step,
        StepReport(
          name: name, series: file.series.key, asset: file.series.asset, outcome: .done, reason: .undone,
          detail: "import \(fetch.rawValue) undone: \(counts.gone) rows gone",
          counts: StepCounts(changed: counts.changed)))
      try store.runs.finish(run, outcome: .done, at: clock.now, quotas: [])
      return Report(file: file, run: run, gone: counts.gone, changed: counts.changed, snapshots: snapshots)
    } catch {
      // The first error is the one to tell.
      try? store.runs.finish(run, outcome: .failed, at: clock.now, quotas: [])
      throw error
    }
  }

  private func retell(_ remake: SeriesRemake, _ moment: StoreMoment, without undone: Set<FetchID>) throws {
    try SeriesRetelling(series: remake.series, moment: moment, opener: opener, undone: undone)
      .tell(moment.acts(ofImportsInto: remake.series.id), fault: { throw $0 }, remake.take)
  }

  private func derive(_ file: KeptImport, _ run: RunID) throws -> Int {
    let now = clock.now
    if let asset = file.series.asset, file.series.key.holdsBars {
      let due = file.series.rhythm().newestDue(at: now)
      _ = try store.catalogue.choosePrice(of: asset, interval: file.series.key.interval, due: due, run: run)
    }
    let counts = try SnapshotStep(store: store, now: now)
      .perform(assets: store.catalogue.assets().map(\.symbol))
    try MeasureStep(store: store, now: now).perform()
    return counts.new + counts.changed
  }
}
