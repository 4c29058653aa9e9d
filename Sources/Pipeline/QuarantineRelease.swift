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
    try release([id], in: store, at: now)[0].get()
  }

  /// Releases rows in this order, each on its own; an answer or a file that held some of them is read once for all.
  ///
  /// - Returns: for each what it came to, or its `DecisionError` or `ImportReplay.Fault`.
  /// - Throws: `StoreError`; rows before it are released then.
  package func release(
    _ ids: [QuarantineID], in store: Store, at now: Instant
  ) throws -> [Result<StepCounts, any Error>] {
    let decided = try ids.map { id in try store.judgement.quarantinedRow(id)?.0.decided(.release) }
    let answers = try Dictionary(grouping: decided.compactMap(\.self), by: \.fetch).mapValues { rows in
      try refusals(rows, in: store)
    }
    return try zip(ids, decided).map { id, row in
      do {
        guard let row else { throw DecisionError.unknown(id) }
        return .success(
          try store.judgement.release(id, reading: try answers[row.fetch]?.get()[row], at: now))
      } catch let error as DecisionError {
        return .failure(error)
      } catch let fault as ImportReplay.Fault {
        return .failure(fault)
      }
    }
  }

  /// Rows of one fetch, read again; those that it does not hold any more are left out.
  private func refusals(
    _ rows: [DecidedRow], in store: Store
  ) throws -> Result<[DecidedRow: Refusal], ImportReplay.Fault> {
    var sought = SoughtRows(rows)
    guard let fetch = rows.first?.fetch else { return .success([:]) }
    if let file = try store.imports.file(fetch) {
      do { try ImportReplay(file, in: store, opener: opener).find(&sought) } catch let fault as ImportReplay.Fault {
        return .failure(fault)
      }
      return .success(sought.found)
    }
    let kept = try store.vault.keptAnswer(fetch)
    // One that is unreadable now holds no such row.
    let parts = (try? AnswerReader.reading(of: kept, providers))?.parts ?? []
    for part in parts where part.series == rows.first?.series { part.refusals.forEach { sought.look(at: $0) } }
    return .success(sought.found)
  }

  /// Computes the days that released rows have moved, and what is kept of whole series.
  package func deriveSnapshots(in store: Store, at now: Instant) throws {
    _ = try SnapshotStep(store: store, now: now).perform(assets: store.catalogue.assets().map(\.symbol))
    try MeasureStep(store: store, now: now).perform()
  }
}
