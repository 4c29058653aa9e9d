import GRDB
import Market
import SQLite

/// A run of keys that are missing, and why.
package struct Gap: Hashable, Sendable {
  /// First and last missing key.
  package let span: ClosedRange<Instant>
  /// How many keys that its rhythm expects are missing.
  package let missing: Int
  /// The same for all keys in it; a run that is missing for two reasons is two gaps.
  package let reason: GapReason
}

/// Keeps the table of gaps true for a stretch of one series.
struct GapKeeper {
  let series: StoredSeries
  let kind: Kind
  /// Which keys there should be.
  private let rhythm: Rhythm

  init(series: StoredSeries, kind: Kind) {
    self.series = series
    self.kind = kind
    rhythm = series.rhythm()
  }

  /// What an absence within the stretch means.
  struct Evidence {
    let reason: GapReason
    let fetch: FetchID?
    let step: StepID?
    /// Keys that were sent and refused, with their quarantine rows.
    let refused: [Int64: Int64]
    /// Whether the absence is concluded from several answers, or from one without a row: then what another one sent and was
    /// refused is not absent.
    var isConcluded = false
    /// Whether what is absent before the first row is proved never to have been: by an answer that speaks of nothing else. One
    /// that holds later rows may have been cut short.
    var provesListing = true

    /// Whether what is known of an absence is worth more: an answer is evidence, having failed or not asked is none.
    func yields(to known: GapReason) -> Bool {
      switch reason {
      case .notAsked: true
      case .failed: known != .notAsked
      case .providerEmpty: isConcluded && known == .refused
      default: false
      }
    }
  }

  /// Rewrites the gaps of `span` from what is stored there now; the rest of the series' gaps stay.
  ///
  /// A gap that was known with the same reason keeps its first evidence, and neighbours with one reason become one gap.
  ///
  /// - Returns: whether anything was written.
  @discardableResult
  func update(_ span: ClosedRange<Instant>, _ evidence: Evidence, _ db: Database) throws -> Bool {
    let present = try presentKeys(span, db)
    let firstStored = try Int64.fetchOne(
      db, sql: "SELECT first_time FROM series WHERE series_id = ?", arguments: [series.id.rawValue])
    // As far as the neighbouring keys, with whose gaps those of the stretch may become one.
    let known = try overlapping(rhythm.key(before: span.lowerBound), rhythm.key(after: span.upperBound), db)
    var found: [Run] = []
    var passed = 0
    for key in rhythm.keys(in: span).lazy.map(\.epochSeconds) where !present.contains(key) {
      while passed < known.count, known[passed].to < key { passed += 1 }
      let old = passed < known.count && known[passed].from <= key ? known[passed] : nil
      let run: Run
      if let old, evidence.yields(to: old.reason) {
        run = old.narrowed(to: key)
      } else {
        run = Run(key: key, evidence: evidence, firstStored: firstStored)
      }
      if let last = found.last, joins(last, run) {
        found[found.count - 1].extend(to: key)
      } else {
        found.append(run)
      }
    }
    let inside = known.filter { $0.to >= span.lowerBound.epochSeconds && $0.from <= span.upperBound.epochSeconds }
    guard inside.map(\.identity) != found.map(\.identity) else { return false }
    try rewrite(found, known: known, span: span.lowerBound.epochSeconds...span.upperBound.epochSeconds, db)
    return true
  }

  /// Whether nothing is missing in `span` and no gap is known there, as far as the facts just stored tell by themselves.
  ///
  /// Saves looking at the rows; `false` only means that somebody must look.
  func isWhole(_ span: ClosedRange<Instant>, with facts: Facts, _ db: Database) throws -> Bool {
    guard case .bars(let bars) = facts else { return false }
    var expected = rhythm.keys(in: span)
    guard expected.upcoming != nil else { return false }
    for bar in bars { guard bar.openTime == expected.next() else { return false } }
    guard expected.next() == nil else { return false }
    return try Row.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM gap WHERE series_id = ? AND to_time >= ? AND from_time <= ? LIMIT 1"),
      arguments: [series.id.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds]) == nil
  }

  /// Whether no expected key lies between two runs of one reason. Each refused row is a run of its own.
  private func joins(_ run: Run, _ next: Run) -> Bool {
    run.reason == next.reason && run.reason != .refused
      && rhythm.key(after: Instant(epochSeconds: run.to)).epochSeconds >= next.from
  }

  /// One run of missing keys, as the table holds it.
  struct Run {
    var from: Int64
    var to: Int64
    var missing: Int
    var reason: GapReason
    var fetch: Int64?
    var quarantine: Int64?
    var step: Int64?

    struct Identity: Equatable {
      let from: Int64, to: Int64, reason: GapReason
    }
    var identity: Identity { Identity(from: from, to: to, reason: reason) }

    init(key: Int64, evidence: Evidence, firstStored: Int64?) {
      from = key
      to = key
      missing = 1
      fetch = evidence.fetch?.rawValue
      step = evidence.step?.rawValue
      if let row = evidence.refused[key] {
        reason = .refused
        quarantine = row
      } else if evidence.reason == .providerEmpty, evidence.provesListing, let firstStored, key < firstStored {
        reason = .beforeListing
      } else {
        reason = evidence.reason
      }
    }

    init(_ row: Row) {
      from = row["from_time"]
      to = row["to_time"]
      missing = row["missing"]
      reason = GapReason(rawValue: row["reason"]) ?? .notAsked
      fetch = row["fetch_id"]
      quarantine = row["quarantine_id"]
      step = row["step_id"]
    }

    /// The part of the run that is one key.
    func narrowed(to key: Int64) -> Run {
      var part = self
      part.from = key
      part.to = key
      part.missing = 1
      return part
    }

    mutating func extend(to key: Int64) {
      to = key
      missing += 1
    }
  }

  private func presentKeys(_ span: ClosedRange<Instant>, _ db: Database) throws -> Set<Int64> {
    var keys: Set<Int64> = []
    let statement = try DirectStatement(keptBy: db, KindTable(kind).keysInSpan)
    statement.bind(series.id.rawValue, at: 1)
    statement.bind(span.lowerBound.epochSeconds, at: 2)
    statement.bind(span.upperBound.epochSeconds, at: 3)
    while try statement.step() { keys.insert(statement.integer(0)) }
    return keys
  }

  private func overlapping(_ from: Instant, _ to: Instant, _ db: Database) throws -> [Run] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM gap WHERE series_id = ? AND to_time >= ? AND from_time <= ? ORDER BY from_time",
      arguments: [series.id.rawValue, from.epochSeconds, to.epochSeconds]
    ).map(Run.init)
  }

  /// Cuts the known gaps at the edges of the stretch, puts the found ones between, and joins what now touches.
  private func rewrite(_ found: [Run], known: [Run], span: ClosedRange<Int64>, _ db: Database) throws {
    var runs: [Run] = []
    for old in known where old.from < span.lowerBound {
      if let part = cut(old, old.from...min(old.to, span.lowerBound - 1)) { runs.append(part) }
    }
    for new in found { runs.append(withFirstEvidence(new, known)) }
    for old in known where old.to > span.upperBound {
      if let part = cut(old, max(old.from, span.upperBound + 1)...old.to) { runs.append(part) }
    }
    try replace(known, with: joined(runs), db)
  }

  private func replace(_ known: [Run], with runs: [Run], _ db: Database) throws {
    try db.execute(
      sql:
        "DELETE FROM gap WHERE series_id = ? AND from_time IN (\(known.map { "\($0.from)" }.joined(separator: ",")))",
      arguments: [series.id.rawValue])
    for run in runs { try insert(run, db) }
  }

  /// Tells anew which proven absences lie before the listing, after the first row of the series moved back to `first`: behind
  /// it they are holes.
  func relist(first: Int64, _ db: Database) throws {
    let known = try Row.fetchAll(
      db, sql: "SELECT * FROM gap WHERE series_id = ? AND reason = 'before_listing' ORDER BY from_time",
      arguments: [series.id.rawValue]
    ).map(Run.init)
    try replace(
      known,
      with: known.flatMap { run in
        let before = run.from < first ? cut(run, run.from...min(run.to, first - 1)) : nil
        var after = run.to > first ? cut(run, max(run.from, first + 1)...run.to) : nil
        after?.reason = .providerEmpty
        return [before, after].compactMap { $0 }
      }, db)
  }

  /// Cuts all gaps to the keys that the rhythms expect now; for files whose gaps an earlier version found.
  static func followRhythms(of kinds: Kinds, _ db: Database) throws {
    for series in try StoredSeries.all(StoredSeries.order, [], db) {
      guard let kind = kinds[series.key.dataset] else { continue }
      try GapKeeper(series: series, kind: kind).followRhythm(db)
    }
  }

  private func followRhythm(_ db: Database) throws {
    let known = try Row.fetchAll(
      db, sql: "SELECT * FROM gap WHERE series_id = ? ORDER BY from_time", arguments: [series.id.rawValue]
    ).map(Run.init)
    let runs = joined(known.compactMap { cut($0, $0.from...$0.to) })
    guard runs.map(\.identity) != known.map(\.identity) else { return }
    try replace(known, with: runs, db)
  }

  /// The part of a run that lies in a range: from its first to its last expected key.
  private func cut(_ run: Run, _ range: ClosedRange<Int64>) -> Run? {
    let span = Instant(epochSeconds: range.lowerBound)...Instant(epochSeconds: range.upperBound)
    guard let first = rhythm.firstKey(in: span), let last = rhythm.lastKey(in: span) else { return nil }
    var part = run
    part.from = first.epochSeconds
    part.to = last.epochSeconds
    part.missing = rhythm.count(in: span)
    return part
  }

  private func withFirstEvidence(_ run: Run, _ known: [Run]) -> Run {
    guard let old = known.first(where: { $0.reason == run.reason && $0.from <= run.to && $0.to >= run.from }) else {
      return run
    }
    var run = run
    run.fetch = old.fetch
    run.quarantine = old.quarantine
    run.step = old.step
    return run
  }

  private func joined(_ runs: [Run]) -> [Run] {
    var result: [Run] = []
    for run in runs.sorted(by: { $0.from < $1.from }) {
      if let last = result.last, joins(last, run) {
        result[result.count - 1].to = run.to
        result[result.count - 1].missing += run.missing
      } else {
        result.append(run)
      }
    }
    return result
  }

  private func insert(_ run: Run, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO gap (series_id, from_time, to_time, missing, reason, fetch_id, quarantine_id, step_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        series.id.rawValue, run.from, run.to, run.missing, run.reason.rawValue, run.fetch, run.quarantine, run.step,
      ])
  }
}
