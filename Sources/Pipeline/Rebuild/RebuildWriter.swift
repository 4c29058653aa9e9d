import Following
import Market
import SQLite
import Store
import Threads

/// The writing half of a rebuild.
final class RebuildWriter {
  let target: Store
  let series: [SeriesID: StoredSeries]
  let symbols: [AssetID: String]
  /// Rows of the imported file in hand that say otherwise than an earlier part of it.
  private var contradicting = 0
  /// The series that is made again since an import of it was undone.
  private var remake: SeriesRemake?

  init(_ target: Store) throws {
    self.target = target
    series = Dictionary(try target.catalogue.series().map { ($0.id, $0) }) { first, _ in first }
    symbols = try target.catalogue.symbolsOfAssets()
  }

  func performAll(_ acts: Handover<Rebuild.Act>) throws {
    while let act = try acts.take() { try perform(act) }
  }

  private func perform(_ act: Rebuild.Act) throws {
    switch act {
    case .store(let reading, let fetch, let receivedAt):
      // One that the file cannot hold is noted with its fetch, as in a run.
      _ = try target.facts.store([ReadAnswer(reading, from: fetch, receivedAt: receivedAt, isLastWord: true)])
    case .storePart(let part, let number, let file):
      if number == 0 { contradicting = 0 }
      let stored = try target.imports.store(part, number: number, from: file.fetch, step: nil, at: file.receivedAt)
      contradicting += part.repeats.count - stored.folded
    case .endImport(let file, let refused):
      try target.imports.repeatEnd(ofImport: file.fetch, refused: refused + contradicting)
    case .keepRows(let rows, let file): try target.imports.repeatRows(rows, of: file)
    case .unreadable(let fetch, let reason): try target.vault.mark(fetch, .unreadable(reason))
    case .decide(let decision, let refusal):
      try target.judgement.repeatDecision(decision, about: refusal)
      try target.following.repeatMarketDecision(decision)
    case .remake(let series, let decision): remake = try target.imports.remake(series, because: decision)
    case .retell(let step): try remake?.take(step)
    case .endRemake:
      try remake?.end()
      remake = nil
    case .entry(let entry): try perform(entry)
    }
  }

  private func perform(_ entry: ChronicleEntry) throws {
    switch entry {
    case .failed(let id, let span, let step):
      if let key = series[id]?.key { try target.gaps.noteFailure(of: key, over: span, step: step) }
    case .absent(let id, let span, let fetch):
      if let key = series[id]?.key { try target.gaps.noteAbsence(of: key, over: span, from: fetch) }
    case .chosen(let asset, let interval, let chosen, let due?, let run):
      guard let symbol = symbols[asset] else { return }
      // What was chosen was judged then, by what the run had asked for. Only a series that has lost all its rows since is
      // no price any more.
      let candidates = try target.catalogue.priceCandidates(of: symbol, interval: interval)
      if candidates.isEmpty || candidates.contains(where: { $0.id == chosen }) {
        try target.catalogue.adoptChoice(of: asset, interval: interval, series: chosen, since: run)
      } else {
        _ = try target.catalogue.choosePrice(of: symbol, interval: interval, due: due, run: run)
      }
    case .chosen(let asset, let interval, let chosen, nil, let run):
      try target.catalogue.adoptChoice(of: asset, interval: interval, series: chosen, since: run)
    case .judged(let id, let now):
      if let series = series[id] { try SnapshotStep(store: target, now: now).judge(series) }
    case .ended(let now): try target.snapshots.markSnapshotsOfEndedDays(before: now)
    case .snapshot(let asset, let now):
      guard let symbol = symbols[asset] else { return }
      _ = try SnapshotStep(store: target, now: now)
        .snapshots(of: symbol, days: target.snapshots.daysDueForSnapshot(of: symbol))
    case .analysed(let now, let portfolios):
      try AnalysisStep(store: target).perform(at: now, portfolios: portfolios)
    case .read, .part, .decided: break  // Came as acts of their own.
    }
  }
}
