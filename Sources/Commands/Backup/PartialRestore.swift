import Backups
import Formats
import Market
import Pipeline
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Some series of a backup, brought into the present file like imported ones: what replaces a row keeps what it replaced,
/// and a rebuild gives the same rows.
struct PartialRestore: Sendable {
  let context: CommandContext
  let part: RestoredPart
  /// Whether rows that are here stay as they are.
  let onlyMissing: Bool
  let isRehearsal: Bool

  func perform(_ archive: @Sendable (Backups) throws -> String, with backups: Backups) throws -> PartialRestoreSummary {
    let store = try isRehearsal ? context.reader() : writer()
    defer { store.close() }
    return try backups.withRestored(try archive(backups)) { backup, restored, folder in
      let origin = try restored.origin() ?? .live
      if isRehearsal { try store.checkTakes(origin) } else { try store.claim(origin) }
      var parts: [PartialRestoreSummary.Part] = []
      for series in try part.series(in: restored) where !backups.shouldStop() {
        let text = "\(folder)/rows-\(series.id.rawValue).csv"
        defer { unlink(text) }
        let comparison = try compare(series, of: restored, with: store, writing: text)
        let needed = comparison.missing + (onlyMissing ? 0 : comparison.different)
        let report =
          try isRehearsal || needed == 0
          ? nil : bring(comparison, of: restored, text, named: backup.name, into: store, until: backups.shouldStop)
        parts.append(.init(comparison: comparison, report: report))
      }
      return PartialRestoreSummary(
        backup: backup, path: store.path, isRehearsal: isRehearsal, onlyMissing: onlyMissing,
        wasStopped: backups.shouldStop(), parts: parts)
    }
  }

  /// A file that is not there is not made: an archive can be brought back as a whole.
  private func writer() throws -> Store {
    _ = try context.reader(toWriteAs: "backup restore")
    return try context.writer(command: "backup restore")
  }

  private func compare(
    _ series: StoredSeries, of restored: Store, with store: Store, writing path: String
  ) throws -> SeriesComparison {
    let file = try SafeFile(path)
    let comparison = try store.chronicle.compare(series, of: restored, onlyMissing: onlyMissing) { try file.write($0) }
    try file.finish()
    return comparison
  }

  private func bring(
    _ comparison: SeriesComparison, of restored: Store, _ text: String, named archive: String, into store: Store,
    until shouldStop: @escaping @Sendable () -> Bool
  ) throws -> ImportReport {
    let series = comparison.series
    let subject = try restored.chronicle.subject(of: series)
    try store.catalogue.add(
      Catalogue(assets: subject.asset.map { [$0] } ?? [], funds: subject.funds, series: []), providers: [])
    // Something else than this program may have taken rows away.
    if comparison.counted != comparison.here { try store.chronicle.recount(series.key) }
    let order = ImportOrder(
      dataset: series.key.dataset, asset: series.asset, assetClass: series.assetClass, interval: series.key.interval,
      layout: FactText.layout)
    let name = "\(archive) \(series.key.dataset.rawValue) \(series.key)"
    let opened = try OpenedImport(
      text, name: name, order: order, series: series.key, opener: context.wiring.fileReader, at: context.clock.now)
    return try FileImport(
      store: store, clock: context.clock, command: Program.commandLine,
      version: context.version, processID: getpid(), isCancelled: shouldStop, onProgress: { _ in }
    ).perform(
      opened, .init(name: name, path: nil, isReference: false),
      definition: SeriesDefinition(
        key: series.key, asset: series.asset, quoteCurrency: series.quoteCurrency, priority: series.priority,
        needsKey: series.needsKey),
      asset: subject.asset, title: try restored.chronicle.title(ofSource: series.key.provider) ?? "")
  }
}
