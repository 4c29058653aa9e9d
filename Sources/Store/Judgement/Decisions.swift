import Crypto
import GRDB
import Market
import SQLite
import Schema

extension Database {
  /// Notes what the user decided, in the transaction at hand.
  package func decide(
    _ kind: String, about subject: String, detail: String? = nil, at now: Instant
  ) throws -> DecisionID {
    try run(
      "INSERT INTO decision (decided_at, kind, subject, detail) VALUES (?, ?, ?, ?)",
      [now.epochSeconds, kind, subject, detail])
    return DecisionID(lastInsertedRowID)
  }
}

/// A decision about a refused row, with what finds the row again in a rebuilt file, where it has another number.
package struct DecidedRow: Hashable, Sendable {
  /// What the user said; the raw value stands in `decision.kind`.
  package enum Verdict: String, Sendable {
    case release = "quarantine.release"
    case drop = "quarantine.drop"
  }
  /// Whether the row is a fact or nothing.
  package let verdict: Verdict
  /// The series that the row would have gone into.
  package let series: SeriesKey
  /// The row's key; `nil` where it could not be read.
  package let at: Instant?
  /// A raw value of `RefusalReason`, for which the row was refused.
  package let reason: String
  /// SHA-256 of the excerpt, in hexadecimal.
  package let excerptHash: String
  /// The answer that held it, which has the same number in a rebuilt file.
  package let fetch: FetchID

  /// Whether it is about this row of an answer.
  package func isAbout(_ refusal: Refusal) -> Bool {
    refusal.at == at && refusal.reason.rawValue == reason && DecidedRow.hash(refusal.excerpt) == excerptHash
  }

  static func hash(_ excerpt: String) -> String {
    SHA256.hash(data: Array(excerpt.utf8)).hexadecimal
  }
}

extension DecidedRow {
  /// Names and values, a line each.
  var detail: String {
    """
    source: \(series.provider)
    symbol: \(series.providerSymbol)
    dataset: \(series.dataset.rawValue)
    interval: \(series.interval.rawValue)
    at: \(at?.description ?? "")
    reason: \(reason)
    excerpt: \(excerptHash)
    fetch: \(fetch.rawValue)
    """
  }

  /// For people: `binance BTCUSDT bar 1h 2025-09-19T13:00:00Z impossible_range`.
  var subject: String {
    [
      "\(series.provider)", series.providerSymbol, series.dataset.rawValue, series.interval.rawValue, at?.description,
      reason,
    ].compactMap { $0 }.joined(separator: " ")
  }

  /// `nil` where the decision is about something else, or cannot be read.
  init?(kind: String, detail: String) {
    guard let verdict = Verdict(rawValue: kind) else { return nil }
    let fields = DecisionText(detail)
    guard let source = fields["source"], let symbol = fields["symbol"],
      let dataset = fields["dataset"].flatMap(Dataset.init(rawValue:)),
      let interval = fields["interval"].flatMap(Interval.init(rawValue:)), let reason = fields["reason"],
      let hash = fields["excerpt"], let fetch = fields["fetch"].flatMap(Int64.init)
    else { return nil }
    self.init(
      verdict: verdict,
      series: SeriesKey(
        dataset: dataset, provider: ProviderName(source), providerSymbol: symbol, interval: interval),
      at: fields["at"].flatMap { Instant($0) }, reason: reason, excerptHash: hash, fetch: FetchID(fetch))
  }
}

extension StoreMoment {
  /// What a decision is about; `nil` where it is not about a refused row.
  package func decidedRow(_ decision: DecisionID) throws -> DecidedRow? { try Judgement.decidedRow(decision, db) }

  /// The rows of an answer that decisions are about, in the order of these.
  package func decidedRows(of fetch: FetchID) throws -> [DecidedRow] {
    try Row.fetchAll(db, sql: "SELECT kind, detail FROM decision ORDER BY decision_id")
      .compactMap { DecidedRow(kind: $0["kind"], detail: $0["detail"] ?? "") }.filter { $0.fetch == fetch }
  }
}

extension Judgement {
  static func decidedRow(_ decision: DecisionID, _ db: Database) throws -> DecidedRow? {
    try Row.fetchOne(
      db, sql: "SELECT kind, detail FROM decision WHERE decision_id = ?", arguments: [decision.rawValue]
    ).flatMap { DecidedRow(kind: $0["kind"], detail: $0["detail"] ?? "") }
  }

  /// Decides again in a rebuilt file what the user decided. A row that is not refused any more needs no decision.
  ///
  /// - Parameter refusal: the row, read again from its answer.
  package func repeatDecision(_ decision: DecisionID, about refusal: Refusal?) throws(StoreError) {
    try write { db in try repeatDecision(decision, about: refusal, db) }
  }

  func repeatDecision(_ decision: DecisionID, about refusal: Refusal?, _ db: Database) throws {
    guard let decided = try Judgement.decidedRow(decision, db),
      let series = try StoredCatalogue.series(decided.series, db)
    else {
      return
    }
    let held = try Row.fetchAll(
      db,
      sql: """
        SELECT quarantine_id, excerpt FROM quarantine WHERE series_id = ? AND coalesce(at, -1) = ? AND reason = ?
        """, arguments: [series.id.rawValue, decided.at?.epochSeconds ?? -1, decided.reason])
    guard let row = held.first(where: { DecidedRow.hash($0["excerpt"]) == decided.excerptHash }) else { return }
    let id = QuarantineID(row["quarantine_id"])
    if decided.verdict == .release {
      guard let facts = refusal?.row else { return }
      _ = try release(facts, of: series, from: decided.fetch, db)
    }
    try Judgement.settle(id, decided.verdict, decision, db)
  }

  /// Makes a refused row a fact, with all that follows from a new fact.
  func release(_ facts: Facts, of series: StoredSeries, from fetch: FetchID, _ db: Database) throws -> StepCounts {
    let received = try Int64.fetchOne(
      db, sql: "SELECT received_at FROM fetch WHERE fetch_id = ?", arguments: [fetch.rawValue])
    let changes = try store.facts.take(
      facts, into: series, from: fetch, at: Instant(epochSeconds: received ?? 0), db)
    let kind = try kinds.kind(of: series.key)
    try kind.closing?(db)
    if let at = facts.firstTime, let now = try StoredCatalogue.series(series.key, db), kind.hasGaps {
      if let first = now.extent?.lowerBound, first != series.extent?.lowerBound {
        try GapKeeper(series: now, kind: kind).relist(first: first.epochSeconds, db)
      }
      try GapKeeper(series: now, kind: kind).update(
        at...at, .init(reason: .providerEmpty, fetch: fetch, step: nil, refused: [:]), db)
    }
    return StepCounts(new: changes.new, changed: changes.changed, unchanged: changes.unchanged)
  }

  static func settle(_ id: QuarantineID, _ verdict: DecidedRow.Verdict, _ decision: DecisionID, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE quarantine SET state = ?, decision_id = ? WHERE quarantine_id = ?",
      arguments: [verdict == .release ? "released" : "dropped", decision.rawValue, id.rawValue])
    try db.run(QualityStatements.markRefused, [id.rawValue])
  }
}

extension Facts {
  /// The time of the first row.
  var firstTime: Instant? { count == 0 ? nil : key(at: 0).at }
}
