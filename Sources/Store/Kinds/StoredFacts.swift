import CSQLite
import GRDB
import Market
import SQLite
import Schema

/// What came of reading an answer, with the fetch that keeps it.
package struct ReadAnswer: Sendable {
  /// What it says, or why it holds no facts.
  package let content: Result<Reading, ReadingError>
  /// The fetch under which the vault keeps the answer.
  package let fetch: FetchID
  /// From then on its values are known, and what they replace is not.
  package let receivedAt: Instant
  /// To which its counts are added.
  package let step: StepID?
  /// Whether all of its series that can be had is here, in it and in those stored with it: what a split restates is stored.
  package let isLastWord: Bool

  /// What was read from an answer.
  package init(
    _ content: Result<Reading, ReadingError>, from fetch: FetchID, receivedAt: Instant, step: StepID? = nil,
    isLastWord: Bool = false
  ) {
    self.content = content
    self.fetch = fetch
    self.receivedAt = receivedAt
    self.step = step
    self.isLastWord = isLastWord
  }

  /// An answer that could be read.
  package init(
    _ reading: Reading, from fetch: FetchID, receivedAt: Instant, step: StepID? = nil, isLastWord: Bool = false
  ) {
    self.init(.success(reading), from: fetch, receivedAt: receivedAt, step: step, isLastWord: isLastWord)
  }

  fileprivate var facts: [Facts] { (try? content.get().parts.map(\.facts)) ?? [] }
}

extension StoredFacts {
  /// Stores the facts of a reading with everything that follows from them, in one transaction: rows, what they replaced,
  /// refused rows, gaps, counters, the days to compute again, and the note that the answer was read.
  ///
  /// Running it twice with the same reading changes nothing the second time.
  ///
  /// - Parameter now: when the answer was received: from then on its values are known, and what they replace is not.
  /// - Throws: `StoreError`, also when the file knows no such series.
  package func store(_ reading: Reading, from fetch: FetchID, step: StepID?, at now: Instant) throws(StoreError)
    -> StepCounts
  {
    let outcomes = try store([ReadAnswer(reading, from: fetch, receivedAt: now, step: step)])
    var sum = StepCounts()
    for outcome in outcomes { sum = try outcome.get().reduce(sum, +) }
    return sum
  }

  /// The same for several answers, in their order and in one transaction: the disk is waited for once and not after each
  /// of them. An answer is kept or undone on its own.
  ///
  /// One that holds no facts, or names a series that the file does not know, is noted as unreadable. One that restates a
  /// part of a series by a split is set aside as superseded, until an answer about all of it is there: it counts nothing.
  ///
  /// - Returns: what each of them came to, a count for each part of its reading.
  /// - Throws: what is wrong with the file; then nothing of any of them is stored.
  package func store(_ answers: [ReadAnswer]) throws(StoreError) -> [Result<[StepCounts], StoreError>] {
    guard !answers.isEmpty else { return [] }
    let facts = answers.flatMap(\.facts)
    return try write(unseen: StoredFacts.unseenChecks(of: facts)) { db in
      let outcomes = try answers.map { answer in
        switch answer.content {
        case .success(let reading): return try storeAlone(reading, answer, db)
        case .failure(let error):
          try store.vault.note(.unreadable(error.description), of: answer.fetch, db)
          return .success([])
        }
      }
      for dataset in Set(facts.map(\.dataset)) { try kinds[dataset]?.closing?(db) }
      return outcomes
    }
  }

  private func storeAlone(
    _ reading: Reading, _ answer: ReadAnswer, _ db: Database
  ) throws -> Result<[StepCounts], StoreError> {
    var counts: [StepCounts] = []
    let rebase = try Rebase.found(in: reading, db)
    if rebase?.isWhole == false, !answer.isLastWord {
      try store.vault.note(.superseded, of: answer.fetch, db)
      return .success([])
    }
    do {
      try db.inSavepoint {
        counts = try reading.parts.map { part in
          try store(part, from: answer.fetch, step: answer.step, at: answer.receivedAt, db)
        }
        let moved = zip(reading.parts, counts).filter { $0.0.series.holdsBars }.reduce(0) { $0 + $1.1.changed }
        try rebase?.note(rows: moved, from: answer.fetch, db)
        let isStale = reading.isNews && counts.allSatisfy { $0.new + $0.changed + $0.refused == 0 }
        let outcome = reading.damage.map { ReadOutcome.partly($0) } ?? (isStale ? .unchanged : reading.outcome)
        try store.vault.note(outcome, of: answer.fetch, db)
        return .commit
      }
      return .success(counts)
    } catch let error as StoreError where error.isAboutOneAnswer {
      try store.vault.note(.unreadable(error.description), of: answer.fetch, db)
      return .failure(error)
    }
  }

  /// From so many rows a transaction on, what SQLite would look at in every row is looked at here: references once an
  /// answer, and the CHECK of bars by their merge.
  static let bulkRows = 4000

  static func unseenChecks(of facts: [Facts]) -> RowChecks {
    guard facts.reduce(0, { $0 + $1.count }) >= bulkRows else { return [] }
    return facts.allSatisfy { $0.dataset == .bar } ? [.references, .constraints] : .references
  }

  /// The same within a transaction, but for the note that the answer was read.
  ///
  /// The series and the fetch, which every row of the answer names, are looked up here: in a bulk transaction SQLite
  /// does not look them up again for each row.
  ///
  /// - Parameter isStanding: whether every row is known to be stored as it is.
  func store(
    _ reading: SeriesReading, from fetch: FetchID, step: StepID?, at now: Instant, isStanding: Bool = false,
    _ db: Database
  ) throws -> StepCounts {
    guard let series = try StoredCatalogue.series(reading.series, db) else {
      throw StoreError.unknownSeries(reading.series)
    }
    guard try StoredFacts.isThere(fetch, db) else {
      throw StoreError.sqlite(code: SQLITE_CONSTRAINT, message: "fetch \(fetch.rawValue) is not in the file")
    }
    let reading = try Judgement.believingReleased(reading, of: series, db)
    let changes =
      try isStanding
      ? .none(of: reading.facts.count)
      : take(
        reading.facts, told: reading.told, covers: reading.covers, into: series, from: fetch, at: now, db)
    let refused = try StoredFacts.quarantine(reading.refusals, of: series, from: fetch, db)
    for refusal in reading.refusals where refused.new > 0 && refusal.reason == .contradictory {
      try StoredFacts.markQuality(of: series, refusal.at.map { $0...$0 }, db)
    }
    try store.gaps.update(series, reading, from: fetch, refused: refused.rows, db)
    let counts = StepCounts(
      new: changes.new, changed: changes.changed, unchanged: changes.unchanged, refused: refused.new)
    if let step { try StoredFacts.add(counts, to: step, db) }
    return counts
  }

  private static func isThere(_ fetch: FetchID, _ db: Database) throws -> Bool {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM fetch WHERE fetch_id = ?"), arguments: [fetch.rawValue]) != nil
  }

  /// Stores facts, their counters, and the days to compute again.
  ///
  /// - Parameters:
  ///   - told: what bars among them are held against.
  ///   - covers: the stretch for which they are all there is, where that is told.
  func take(
    _ facts: Facts, told: [ToldBar] = [], covers: ClosedRange<Instant>? = nil, into series: StoredSeries,
    from fetch: FetchID, at now: Instant, _ db: Database
  ) throws -> RowChanges {
    let changes = try merge(facts, told, covers, into: series, from: fetch, at: now, db)
    try StoredFacts.count(changes, in: series, db)
    try markSnapshots(dueAfter: changes, in: series, db)
    try StoredFacts.markIndicators(dueAfter: changes, in: series, db)
    if let first = changes.days.min(), let last = changes.days.max() {
      let days = Day(daysSinceEpoch: first).start...Day(daysSinceEpoch: last).end - 1
      try StoredFacts.markQuality(of: series, days, db)
    }
    return changes
  }

  private func merge(
    _ facts: Facts, _ told: [ToldBar], _ covers: ClosedRange<Instant>?, into series: StoredSeries, from fetch: FetchID,
    at now: Instant, _ db: Database
  ) throws -> RowChanges {
    switch facts {
    case .bars(let bars):
      return try BarMerge(
        series: series.id, flags: BarFlags(series: series, fetch: fetch, told: told), fetch: fetch,
        replacedAt: now
      )
      .run(bars, after: series.extent?.upperBound, db)
    case .rows(_, let rows):
      return try KindMerge(kind: try kinds.kind(of: series.key), series: series, fetch: fetch, replacedAt: now)
        .run(rows, covers: covers, db)
    }
  }

  static func assetID(of series: StoredSeries, _ db: Database) throws -> AssetID? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT asset_id FROM asset WHERE symbol = ?"), arguments: [series.asset]
    )
    .map(AssetID.init)
  }

  private static func count(_ changes: RowChanges, in series: StoredSeries, _ db: Database) throws {
    guard let extent = changes.extent else { return }
    try db.run(
      """
      UPDATE series SET row_count = row_count + ?,
        first_time = min(coalesce(first_time, ?2), ?2), last_time = max(coalesce(last_time, ?3), ?3)
      WHERE series_id = ?4
      """, [changes.new, extent.lowerBound, extent.upperBound, series.id.rawValue])
  }

  /// Refused rows by their keys, and how many were not in quarantine before.
  private static func quarantine(
    _ refusals: [Refusal], of series: StoredSeries, from fetch: FetchID, _ db: Database
  ) throws -> (rows: [Int64: Int64], new: Int) {
    var rows: [Int64: Int64] = [:]
    var new = 0
    for refusal in refusals {
      try db.execute(
        sql: """
          INSERT INTO quarantine (series_id, at, reason, detail, excerpt, fetch_id) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT DO NOTHING
          """,
        arguments: [
          series.id.rawValue, refusal.at?.epochSeconds, refusal.reason.rawValue, refusal.detail, refusal.excerpt,
          fetch.rawValue,
        ])
      new += db.changesCount
      let id = try Int64.fetchOne(
        db,
        sql: """
          SELECT quarantine_id FROM quarantine
          WHERE series_id = ? AND coalesce(at, -1) = coalesce(?, -1) AND reason = ? AND excerpt = ?
          """,
        arguments: [series.id.rawValue, refusal.at?.epochSeconds, refusal.reason.rawValue, refusal.excerpt])
      if let at = refusal.at { rows[at.epochSeconds] = id }
    }
    return (rows, new)
  }

  private static func add(_ counts: StepCounts, to step: StepID, _ db: Database) throws {
    try db.run(
      """
      UPDATE step SET rows_new = rows_new + ?, rows_changed = rows_changed + ?, rows_unchanged = rows_unchanged + ?,
        rows_refused = rows_refused + ?
      WHERE step_id = ?
      """, [counts.new, counts.changed, counts.unchanged, counts.refused, step.rawValue])
  }
}

// MARK: - What must be computed again

extension StoredFacts {
  private func markSnapshots(dueAfter changes: RowChanges, in series: StoredSeries, _ db: Database) throws {
    guard !changes.days.isEmpty, let reach = kinds[series.key.dataset]?.snapshotReach(series.key) else { return }
    var days: Set<Int32> = []
    for day in changes.days { days.formUnion(day...day + reach) }
    try StoredFacts.markSnapshots(due: days.map(Day.init(daysSinceEpoch:)), asset: series.asset, db)
  }

  /// - Parameter asset: `nil` for all assets.
  static func markSnapshots(due days: [Day], asset: String?, _ db: Database) throws {
    let series = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT asset.asset_id, series.first_time, series.last_time
          FROM asset JOIN series ON series.asset_id = asset.asset_id
          WHERE series.dataset = 'bar' AND series.row_count > 0 AND (?1 IS NULL OR asset.symbol = ?1)
          """), arguments: [asset])
    let sorted = days.sorted()
    for row in series {
      let known = Instant(epochSeconds: row["first_time"]).day...Instant(epochSeconds: row["last_time"]).day
      try mark(sorted.lazy.filter(known.contains), of: row["asset_id"], db)
    }
  }

  /// Notes from which bar on what is kept of the days of a series does not follow them any more: after its bars moved, or
  /// after splits of its asset came.
  static func markIndicators(dueAfter changes: RowChanges, in series: StoredSeries, _ db: Database) throws {
    guard let first = changes.days.min(), let last = changes.days.max() else { return }
    if series.key.dataset == .corporateAction {
      let days = [first, last].map { Day(daysSinceEpoch: $0).description }
      try db.run(IndicatorStatements.markAsset, [series.id.rawValue, days[0], days[1]])
    } else {
      try markIndicators(of: series, from: Day(daysSinceEpoch: first).start.epochSeconds, db)
    }
  }

  /// The same from an instant on; nothing of a series without bars of days.
  static func markIndicators(of series: StoredSeries, from time: Int64 = .min, _ db: Database) throws {
    guard series.key.holdsBars, series.key.interval == .day1 else { return }
    try db.run(IndicatorStatements.mark, [series.id.rawValue, time])
  }

  /// Notes that rows of a stretch have to be held against the checks again.
  static func markQuality(of series: StoredSeries, _ span: ClosedRange<Instant>?, _ db: Database) throws {
    guard let span else { return }
    try db.run(
      QualityStatements.mark, [series.id.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds])
  }

  private static func mark(_ days: some Sequence<Day>, of asset: Int64, _ db: Database) throws {
    let insert = try DirectStatement(
      keptBy: db, "INSERT INTO snapshot_due (asset_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING")
    insert.bind(asset, at: 1)
    for day in days {
      insert.bind(day.description, at: 2)
      try insert.run()
    }
  }
}
