import Market
import SQLite
import Store

/// Rows in quarantine that the user says are right: each is read again from the answer that held it and becomes a fact.
package struct QuarantineRelease: Sendable {
  let providers: [ProviderName: any Provider]
  let opener: any FactFileOpener

  /// - Parameter opener: reads rows of imported files.
  package init(providers: [any Provider], opener: any FactFileOpener) {
    self.opener = opener
    self.providers = Dictionary(providers.map { ($0.profile.name, $0) }) { first, _ in first }
  }

  /// Releases one row.
  ///
  /// - Throws: `DecisionError` where there is no such row, it was decided about, it cannot be made a fact, or there is a
  ///   fact of its key; `ImportReplay.Fault` where it came from a file that is gone; `StoreError`.
  package func release(_ id: QuarantineID, in store: Store, at now: Instant) throws -> StepCounts {
    guard let (row, _) = try store.judgement.quarantinedRow(id) else { throw DecisionError.unknown(id) }
    let decided = row.decided(.release)
    return try store.judgement.release(id, reading: try refusal(of: decided, in: store), at: now)
  }

  private func refusal(of decided: DecidedRow, in store: Store) throws -> Refusal? {
    if let file = try store.imports.file(decided.fetch) {
      return try ImportReplay(file, in: store, opener: opener).refusal(of: decided)
    }
    let kept = try store.vault.keptAnswer(decided.fetch)
    do {
      return try AnswerReader.reading(of: kept, providers).refusal(decided)
    } catch {
      return nil  // Unreadable now: then it holds no such row.
    }
  }

  /// Computes the days that released rows have moved.
  package func deriveSnapshots(in store: Store, at now: Instant) throws {
    _ = try SnapshotStep(store: store, now: now).perform(assets: store.catalogue.assets().map(\.symbol))
  }
}
