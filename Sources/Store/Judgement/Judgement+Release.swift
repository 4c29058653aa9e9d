import GRDB
import Market
import SQLite

extension Judgement {
  /// Sets refused rows aside for good: all of them, or none when one cannot be.
  ///
  /// - Throws: `DecisionError`, `StoreError`.
  package func drop(_ ids: [QuarantineID], at now: Instant) throws {
    try inDecision { db in
      for id in ids {
        let row = try undecided(id, db)
        let decision = try Judgement.insert(row.decided(.drop), at: now, db)
        try Judgement.settle(id, .drop, decision, db)
        try store.chronicle.add(.decided(decision), db)
      }
    }
  }

  /// Makes a refused row a fact, as the user says that it is right.
  ///
  /// - Parameter refusal: the row, read again from the answer that held it.
  /// - Throws: `DecisionError` where it is no row that can be stored, or one of its key is stored; `StoreError`.
  package func release(_ id: QuarantineID, reading refusal: Refusal?, at now: Instant) throws -> StepCounts {
    try inDecision { db in
      let row = try undecided(id, db)
      if let at = row.at, let fetch = row.storedBy { throw DecisionError.present(id, row.series, at, fetch) }
      guard let facts = refusal?.row else { throw DecisionError.noFact(id, reason: row.detail) }
      if let fault = facts.fault { throw DecisionError.noFact(id, reason: fault) }
      guard let series = try StoredCatalogue.series(row.series, db) else { throw StoreError.unknownSeries(row.series) }
      if let at = facts.firstTime, let fetch = try fetchInTheWay(of: facts, in: series, db) {
        throw DecisionError.present(id, row.series, at, fetch)
      }
      let decision = try Judgement.insert(row.decided(.release), at: now, db)
      let counts = try release(facts, of: series, from: row.fetch, db)
      try Judgement.settle(id, .release, decision, db)
      try store.chronicle.add(.decided(decision), db)
      return counts
    }
  }
}

extension Judgement {
  /// Held, or waiting no more since a later row is stored: such a one can still be set aside.
  private func undecided(_ id: QuarantineID, _ db: Database) throws -> QuarantinedRow {
    guard let row = try quarantinedRow(id, db) else { throw DecisionError.unknown(id) }
    guard row.state == .held || row.state == .stored else { throw DecisionError.decided(id, row.state) }
    return row
  }

  private static func insert(_ row: DecidedRow, at now: Instant, _ db: Database) throws -> DecisionID {
    try db.decide(row.verdict.rawValue, about: row.subject, detail: row.detail, at: now)
  }

  /// The fetch of the row that stands where a released one would; `nil` where there is room. A row that says nothing yet,
  /// such as a fund's that has not reported, leaves room.
  private func fetchInTheWay(of facts: Facts, in series: StoredSeries, _ db: Database) throws -> FetchID? {
    let table = KindTable(try kinds.kind(of: series.key))
    for index in 0..<facts.count {
      guard let cells = try table.cells(of: facts.key(at: index), in: series, db),
        let stored = try table.row(cells, db), stored.values.first != .absent
      else { continue }
      return stored.fetch
    }
    return nil
  }

  /// Writes in one transaction; a `DecisionError` comes through as it is.
  private func inDecision<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try store.transaction(body)
    } catch let error as DecisionError {
      throw error
    } catch {
      throw StoreError.of(error, path: path)
    }
  }

  /// A reading in which the refused rows that the user has released are facts.
  static func believingReleased(
    _ reading: SeriesReading, of series: StoredSeries, _ db: Database
  ) throws -> SeriesReading {
    guard reading.refusals.contains(where: { $0.row != nil }) else { return reading }
    var released: [Facts] = []
    let refusals = try reading.refusals.filter { refusal in
      guard let row = refusal.row, try isReleased(refusal, of: series, db) else { return true }
      released.append(row)
      return false
    }
    guard !released.isEmpty else { return reading }
    return SeriesReading(
      series: reading.series, facts: released.reduce(reading.facts) { $0.adding($1) }, refusals: refusals,
      covers: reading.covers, told: reading.told)
  }

  private static func isReleased(_ refusal: Refusal, of series: StoredSeries, _ db: Database) throws -> Bool {
    try String.fetchOne(
      db,
      sql: """
        SELECT state FROM quarantine
        WHERE series_id = ? AND coalesce(at, -1) = coalesce(?, -1) AND reason = ? AND excerpt = ?
        """,
      arguments: [series.id.rawValue, refusal.at?.epochSeconds, refusal.reason.rawValue, refusal.excerpt]) == "released"
  }
}

extension Facts {
  /// Both together in the order of their keys; of a key that both have, the row that was here. Facts of another kind are
  /// left out.
  fileprivate func adding(_ more: Facts) -> Facts {
    switch (self, more) {
    case (.bars(let rows), .bars(let more)): .bars(Facts.merged(rows, more) { $0.openTime })
    case (.rows(let kind, let rows), .rows(let other, let more)) where kind == other:
      .rows(kind, Facts.merged(rows, more) { $0.key })
    default: self
    }
  }

  private static func merged<Row, Key: Hashable & Comparable>(
    _ rows: [Row], _ more: [Row], by key: (Row) -> Key
  ) -> [Row] {
    let known = Set(rows.map(key))
    return (rows + more.filter { !known.contains(key($0)) }).sorted { key($0) < key($1) }
  }

  /// Why the rows could not be stored; `nil` where they can.
  var fault: String? {
    guard case .bars(let bars) = self else { return nil }
    return bars.first { !BarRule.isPossible($0) }.flatMap(BarRule.sentence)
  }
}
