import GRDB
import Market

/// A refused row, as it lies in quarantine.
package struct QuarantinedRow: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// Nobody has decided yet.
    case held
    /// The user said that it is right: it is a fact.
    case released
    /// The user said that it is nothing.
    case dropped
  }
  package let id: QuarantineID
  package let series: SeriesKey
  package let asset: String?
  /// The row's key where it could be read.
  package let at: Instant?
  package let reason: RefusalReason?
  package let detail: String
  package let excerpt: String
  package let state: State
  package let decidedAt: Instant?
  package let fetch: FetchID
}

/// What was asked when an answer came, for whoever looks at a row of it.
package struct AskedAnswer: Hashable, Sendable {
  package let fetch: FetchID
  package let run: RunID
  package let method: String
  package let url: String
  package let askedAt: Instant
  package let receivedAt: Instant
  package let status: Int?
  /// Length of the answer in bytes, uncompressed; `nil` where it brought none.
  package let size: Int?
}

/// A stored row about which something is odd.
package struct FlaggedRow: Hashable, Sendable {
  package let series: SeriesKey
  package let asset: String?
  package let at: Instant
  package let rule: FlagRule
  package let detail: String
  package let fetch: FetchID
}

/// How much of what came is not taken at its word.
package struct Doubts: Hashable, Sendable {
  /// Rows that are stored although something about them is odd.
  package let marked: Int
  /// Rows that were refused and that nobody has decided about.
  package let refused: Int
}

/// Why a decision about a refused row could not be carried out; nothing was changed.
package enum DecisionError: Error, Hashable, Sendable {
  case unknown(QuarantineID)
  case decided(QuarantineID, QuarantinedRow.State)
  /// It is no row that could be stored.
  case noFact(QuarantineID, reason: String)
  /// There is a row of that key already.
  case present(QuarantineID, SeriesKey, Instant, FetchID)
}

extension DecisionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknown(let id):
      "no row \(id.rawValue) is in quarantine; `appliance quarantine list --all` shows those that are"
    case .decided(let id, let state):
      "row \(id.rawValue) was \(state.rawValue) before; a decision stands"
    case .noFact(let id, let reason):
      "row \(id.rawValue) cannot be released: \(reason). `appliance quarantine drop \(id.rawValue)` sets it aside"
    case .present(let id, let series, let at, let fetch):
      "row \(id.rawValue) cannot be released: \(series) has a row of \(at) already, from fetch \(fetch.rawValue). "
        + "`appliance quarantine drop \(id.rawValue)` sets the refused one aside"
    }
  }
}

extension Store {
  /// Rows in quarantine, oldest refusal first.
  ///
  /// - Parameters:
  ///   - assets: symbols; empty for all.
  ///   - states: which ones.
  package func quarantinedRows(
    assets: [String] = [], reason: RefusalReason? = nil, states: Set<QuarantinedRow.State> = [.held]
  ) throws(StoreError) -> [QuarantinedRow] {
    try read { db in
      try Row.fetchAll(
        db, sql: Store.quarantined(try db.migrationNumber()) + " ORDER BY quarantine.quarantine_id"
      ).map(QuarantinedRow.init)
        .filter { row in
          states.contains(row.state) && (reason == nil || row.reason == reason)
            && (assets.isEmpty || row.asset.map(assets.contains) ?? false)
        }
    }
  }

  /// One row, with the answer that held it; `nil` where there is none of that number.
  package func quarantinedRow(_ id: QuarantineID) throws(StoreError) -> (row: QuarantinedRow, asked: AskedAnswer)? {
    try read { db in
      guard let row = try Store.quarantinedRow(id, db),
        let fetch = try Row.fetchOne(
          db,
          sql: """
            SELECT run_id, method, url, asked_at, received_at, status, body.size FROM fetch LEFT JOIN body USING (body_id)
            WHERE fetch_id = ?
            """, arguments: [row.fetch.rawValue])
      else { return nil }
      let asked = AskedAnswer(
        fetch: row.fetch, run: RunID(fetch["run_id"]), method: fetch["method"], url: fetch["url"],
        askedAt: Instant(epochSeconds: fetch["asked_at"]), receivedAt: Instant(epochSeconds: fetch["received_at"]),
        status: fetch["status"], size: fetch["size"])
      return (row, asked)
    }
  }

  /// Sets refused rows aside for good: all of them, or none when one cannot be.
  ///
  /// - Throws: `DecisionError`, `StoreError`.
  package func drop(_ ids: [QuarantineID], at now: Instant) throws {
    try inDecision { db in
      for id in ids {
        let row = try Store.undecided(id, db)
        let decision = try Store.insert(row.decided(.drop), at: now, db)
        try Store.settle(id, .drop, decision, db)
        try chronicle(.decided(decision), db)
      }
    }
  }

  /// Makes a refused row a fact, as the user says that it is right.
  ///
  /// - Parameter refusal: the row, read again from the answer that held it.
  /// - Throws: `DecisionError` where it is no row that can be stored, or one of its key is stored; `StoreError`.
  package func release(_ id: QuarantineID, reading refusal: Refusal?, at now: Instant) throws -> StepCounts {
    try inDecision { db in
      let row = try Store.undecided(id, db)
      guard let facts = refusal?.row else { throw DecisionError.noFact(id, reason: row.detail) }
      if let fault = facts.fault { throw DecisionError.noFact(id, reason: fault) }
      guard let series = try Store.series(row.series, db) else { throw StoreError.unknownSeries(row.series) }
      if let at = facts.firstKey, let fetch = try Store.storedFetch(of: series, at: at, db) {
        throw DecisionError.present(id, row.series, at, fetch)
      }
      let decision = try Store.insert(row.decided(.release), at: now, db)
      let counts = try release(facts, of: series, from: row.fetch, db)
      try Store.settle(id, .release, decision, db)
      try chronicle(.decided(decision), db)
      return counts
    }
  }

  /// The stored rows about which something is odd, by series, then oldest first; of the past, what was odd then.
  ///
  /// - Parameter span: where their keys lie.
  package func flaggedRows(
    assets: [String] = [], rule: FlagRule? = nil, in span: ClosedRange<Instant> = Instant.representable
  ) throws(StoreError) -> [FlaggedRow] {
    let asOf = asOf ?? Instant.representable.upperBound
    return try read { db in
      guard try db.migrationNumber() > 1 else { return [] }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT series.dataset, series.provider_symbol, series.interval, source.name AS source, asset.symbol AS asset,
            flag.at, flag.rule, flag.detail, flag.fetch_id
          FROM series
          CROSS JOIN quality_flag AS flag ON flag.series_id = series.series_id AND flag.at BETWEEN ?1 AND ?2
          JOIN source USING (source_id) LEFT JOIN asset USING (asset_id)
          JOIN fetch ON fetch.fetch_id = flag.fetch_id
          WHERE fetch.received_at <= ?3
          ORDER BY asset.symbol, source.name, flag.series_id, flag.at, flag.rule
          """,
        arguments: [span.lowerBound.epochSeconds, span.upperBound.epochSeconds, asOf.epochSeconds]
      ).compactMap { row in
        guard let known = FlagRule(rawValue: row["rule"]) else { return nil }
        return FlaggedRow(
          series: try Store.seriesKey(row), asset: row["asset"], at: Instant(epochSeconds: row["at"]), rule: known,
          detail: row["detail"], fetch: FetchID(row["fetch_id"]))
      }.filter { row in
        (rule == nil || row.rule == rule) && (assets.isEmpty || row.asset.map(assets.contains) ?? false)
      }
    }
  }

  /// How many stored rows are marked as odd, and how many refused ones wait for a decision.
  package func doubts() throws(StoreError) -> Doubts {
    try read { db in
      guard try db.migrationNumber() > 1 else {
        return Doubts(marked: 0, refused: try Int.fetchOne(db, sql: "SELECT count(*) FROM quarantine") ?? 0)
      }
      let marked = try Int.fetchOne(db, sql: "SELECT count(*) FROM (SELECT DISTINCT series_id, at FROM quality_flag)")
      let refused = try Int.fetchOne(db, sql: "SELECT count(*) FROM quarantine WHERE state = 'held'")
      return Doubts(marked: marked ?? 0, refused: refused ?? 0)
    }
  }
}

extension Store {
  /// A file that no run has migrated yet knows no decisions.
  private static func quarantined(_ version: Int) -> String {
    let decided = version > 1 ? "quarantine.state, decision.decided_at" : "'held' AS state, NULL AS decided_at"
    return """
      SELECT quarantine.quarantine_id, series.dataset, series.provider_symbol, series.interval, source.name AS source,
        asset.symbol AS asset, quarantine.at, quarantine.reason, quarantine.detail, quarantine.excerpt,
        quarantine.fetch_id, \(decided)
      FROM quarantine
      JOIN series USING (series_id) JOIN source USING (source_id) LEFT JOIN asset USING (asset_id)
      \(version > 1 ? "LEFT JOIN decision USING (decision_id)" : "")
      """
  }

  private static func quarantinedRow(_ id: QuarantineID, _ db: Database) throws -> QuarantinedRow? {
    try Row.fetchOne(
      db, sql: quarantined(try db.migrationNumber()) + " WHERE quarantine.quarantine_id = ?", arguments: [id.rawValue]
    ).map(QuarantinedRow.init)
  }

  private static func undecided(_ id: QuarantineID, _ db: Database) throws -> QuarantinedRow {
    guard let row = try quarantinedRow(id, db) else { throw DecisionError.unknown(id) }
    guard row.state == .held else { throw DecisionError.decided(id, row.state) }
    return row
  }

  private static func insert(_ row: DecidedRow, at now: Instant, _ db: Database) throws -> DecisionID {
    try db.execute(
      sql: "INSERT INTO decision (decided_at, kind, subject, detail) VALUES (?, ?, ?, ?)",
      arguments: [now.epochSeconds, row.verdict.rawValue, row.subject, row.detail])
    return DecisionID(db.lastInsertedRowID)
  }

  /// The fetch of the row that a series has at a key.
  private static func storedFetch(of series: StoredSeries, at: Instant, _ db: Database) throws -> FetchID? {
    guard series.key.dataset == .bar else { return nil }
    return try Int64.fetchOne(
      db, sql: "SELECT fetch_id FROM bar WHERE series_id = ? AND open_time = ?",
      arguments: [series.id.rawValue, at.epochSeconds]
    ).map(FetchID.init)
  }

  /// Writes in one transaction; a `DecisionError` comes through as it is.
  private func inDecision<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try queue.write(body)
    } catch let error as DecisionError {
      throw error
    } catch {
      throw StoreError.of(error, path: path)
    }
  }

  /// A reading in which the refused rows that the user has released are facts.
  static func believingReleased(_ reading: Reading, of series: StoredSeries, _ db: Database) throws -> Reading {
    guard case .bars(let bars) = reading.facts, reading.refusals.contains(where: { $0.row != nil }) else {
      return reading
    }
    var released: [Bar] = []
    let refusals = try reading.refusals.filter { refusal in
      guard case .bars(let rows)? = refusal.row, let row = rows.first, try isReleased(refusal, of: series, db) else {
        return true
      }
      released.append(row)
      return false
    }
    guard !released.isEmpty else { return reading }
    let stored = Set(bars.map(\.openTime))
    let all = (bars + released.filter { !stored.contains($0.openTime) }).sorted { $0.openTime < $1.openTime }
    return Reading(series: reading.series, facts: .bars(all), refusals: refusals, covers: reading.covers)
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

extension QuarantinedRow {
  init(_ row: Row) throws {
    self.init(
      id: QuarantineID(row["quarantine_id"]), series: try Store.seriesKey(row), asset: row["asset"],
      at: (row["at"] as Int64?).map(Instant.init(epochSeconds:)), reason: RefusalReason(rawValue: row["reason"]),
      detail: row["detail"], excerpt: row["excerpt"], state: State(rawValue: row["state"]) ?? .held,
      decidedAt: (row["decided_at"] as Int64?).map(Instant.init(epochSeconds:)), fetch: FetchID(row["fetch_id"]))
  }

  /// What finds the row again.
  package func decided(_ verdict: DecidedRow.Verdict) -> DecidedRow {
    DecidedRow(
      verdict: verdict, series: series, at: at, reason: reason?.rawValue ?? "", excerptHash: DecidedRow.hash(excerpt),
      fetch: fetch)
  }
}

extension Facts {
  /// Why the rows could not be stored; `nil` where they can.
  var fault: String? {
    guard case .bars(let bars) = self else { return nil }
    return bars.lazy.compactMap { bar in
      let (upper, lower) = (max(bar.open, bar.close), min(bar.open, bar.close))
      if !(bar.high >= upper) { return "high \(bar.high) is below \(upper), where it opened or closed" }
      if !(bar.low <= lower) { return "low \(bar.low) is above \(lower), where it opened or closed" }
      return bar.volume >= 0 ? nil : "volume \(bar.volume) is negative"
    }.first
  }
}
