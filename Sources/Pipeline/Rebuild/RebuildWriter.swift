import Market
import Store
import Threads

/// The writing half of a rebuild.
final class RebuildWriter {
  let target: Store
  let series: [SeriesID: StoredSeries]
  let symbols: [AssetID: String]
  /// Rows of the imported file in hand that say otherwise than an earlier part of it.
  private var contradicting = 0

  init(_ target: Store) throws {
    self.target = target
    series = Dictionary(try target.series().map { ($0.id, $0) }) { first, _ in first }
    symbols = try target.symbolsOfAssets()
  }

  func performAll(_ acts: Handover<Rebuild.Act>) throws {
    while let act = try acts.take() { try perform(act) }
  }

  private func perform(_ act: Rebuild.Act) throws {
    switch act {
    case .store(let reading, let fetch, let receivedAt):
      // One that the file cannot hold is noted with its fetch, as in a run.
      _ = try target.store([ReadAnswer(reading, from: fetch, receivedAt: receivedAt)])
    case .storePart(let part, let number, let file):
      if number == 0 { contradicting = 0 }
      let stored = try target.store(part, number: number, from: file.fetch, step: nil, at: file.receivedAt)
      contradicting += part.repeats.count - stored.folded
    case .endImport(let file, let refused):
      try target.repeatEnd(ofImport: file.fetch, refused: refused + contradicting)
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
      // What was chosen was judged then, by what the run had asked for. Only a series that has lost all its rows since is
      // no price any more.
      let candidates = try target.priceCandidates(of: symbol, interval: interval)
      if candidates.isEmpty || candidates.contains(where: { $0.id == chosen }) {
        try target.adoptChoice(of: asset, interval: interval, series: chosen, since: run)
      } else {
        _ = try target.choosePrice(of: symbol, interval: interval, due: due, run: run)
      }
    case .chosen(let asset, let interval, let chosen, nil, let run):
      try target.adoptChoice(of: asset, interval: interval, series: chosen, since: run)
    case .judged(let id, let now):
      if let series = series[id] { try SnapshotStep(store: target, now: now).judge(series) }
    case .ended(let now): try target.markSnapshotsOfEndedDays(before: now)
    case .snapshot(let asset, let now):
      guard let symbol = symbols[asset] else { return }
      _ = try SnapshotStep(store: target, now: now)
        .snapshots(of: symbol, days: target.daysDueForSnapshot(of: symbol))
    case .read, .part, .decided: break  // Came as acts of their own.
    }
  }
}
