import Market
import SQLite
import Store

/// What the imports of a series that stay say, and what was decided about their rows, in the order of the chronicle.
struct SeriesRetelling {
  /// One act, read again.
  enum Step: Sendable {
    case part(FilePart, KeptImport)
    case decision(DecisionID, Refusal?)
  }

  let series: StoredSeries
  let moment: StoreMoment
  let opener: any FactFileOpener
  /// The imports that are left out.
  let undone: Set<FetchID>

  /// Hands over what is told.
  ///
  /// - Parameters:
  ///   - acts: parts and decisions; those of other series are passed over.
  ///   - fault: takes what is wrong with a file that cannot be read again, whose rows are missing then.
  func tell(_ acts: [ChronicleEntry], fault: (any Error) throws -> Void, _ take: (Step) throws -> Void) throws {
    let files = FilesReadAgain(try moment.imports(), moment, opener)
    for act in acts {
      let step: Step?
      do { step = try read(act, files) } catch {
        try fault(error)
        continue
      }
      if let step { try take(step) }
    }
  }

  private func read(_ act: ChronicleEntry, _ files: FilesReadAgain) throws -> Step? {
    switch act {
    case .part(let fetch, let number) where stays(fetch, files):
      return try files.next(number, of: fetch).map(Step.part)
    case .decided(let decision):
      guard let decided = try moment.decidedRow(decision), decided.series == series.key, stays(decided.fetch, files)
      else { return nil }
      return .decision(decision, try files.refusal(of: decided))
    default: return nil
    }
  }

  private func stays(_ fetch: FetchID, _ files: FilesReadAgain) -> Bool {
    files.kept(fetch)?.series.id == series.id && !undone.contains(fetch)
  }
}

extension SeriesRemake {
  /// Stores what is told.
  func take(_ step: SeriesRetelling.Step) throws {
    switch step {
    case .part(let part, let file): try take(part, of: file)
    case .decision(let decision, let refusal): try decide(decision, about: refusal)
    }
  }
}
