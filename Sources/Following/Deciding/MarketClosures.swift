import GRDB
import Market
import SQLite
import Store

/// A closure as a file holds it, with what the user said of it.
package struct NotedClosure: Hashable, Sendable {
  /// The day, and when it closes.
  package let closure: Closure
  /// Why, in the user's words.
  package let reason: String

  /// A closure and why.
  package init(_ closure: Closure, reason: String) { (self.closure, self.reason) = (closure, reason) }
}

/// What the user decided about a day of a market: a row of `decision`, which a rebuild does again in its place.
package enum MarketDecision: Hashable, Sendable {
  /// It does not open, or closes early; in place of what was noted of that day before.
  case close(NotedClosure)
  /// It goes by its rules.
  case open(Closure)

  private static let kinds = (close: "calendar.close", open: "calendar.open")

  fileprivate var closure: Closure {
    switch self {
    case .close(let noted): noted.closure
    case .open(let closure): closure
    }
  }

  fileprivate var kind: String {
    if case .close = self { Self.kinds.close } else { Self.kinds.open }
  }

  fileprivate var subject: String { "\(closure.calendar) \(closure.day)" }

  fileprivate var detail: String {
    guard case .close(let noted) = self else { return "" }
    var text = DecisionText()
    text["close"] = noted.closure.close?.description
    text["reason"] = noted.reason
    return text.text
  }

  /// `nil` where it is about something else.
  fileprivate init?(kind: String, subject: String, detail: String) {
    let text = DecisionText(detail)
    let words = [subject, text["close"]].compactMap(\.self).joined(separator: " ")
    guard kind == Self.kinds.close || kind == Self.kinds.open, let closure = Closure(words) else { return nil }
    self = kind == Self.kinds.close ? .close(NotedClosure(closure, reason: text["reason"] ?? "")) : .open(closure)
  }
}

extension Following {
  /// What is noted of the markets' days besides their rules, by day.
  package func closures() throws(StoreError) -> [NotedClosure] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT calendar, day, close_time, reason FROM market_closure ORDER BY day, calendar"
      ).compactMap { row in
        let words = [row["calendar"] as String, row["day"] as String, row["close_time"] as String? ?? ""]
        return Closure(words.joined(separator: " ")).map { NotedClosure($0, reason: row["reason"]) }
      }
    }
  }

  /// Notes what the user decided about a day, and does it.
  ///
  /// - Throws: `StoreError`; whether the day is a session is the caller's to check first.
  package func decide(_ decision: MarketDecision, at now: Instant) throws(StoreError) {
    try write { db in
      let id = try db.decide(decision.kind, about: decision.subject, detail: decision.detail, at: now)
      try apply(decision, id, db)
    }
  }

  /// Does again in a rebuilt file what the user decided about a day of a market; a decision about something else is left to
  /// others.
  package func repeatMarketDecision(_ id: DecisionID) throws(StoreError) {
    try write { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT kind, subject, detail FROM decision WHERE decision_id = ?", arguments: [id.rawValue])
      guard let row,
        let decision = MarketDecision(kind: row["kind"], subject: row["subject"], detail: row["detail"] ?? "")
      else { return }
      try apply(decision, id, db)
    }
  }

  private func apply(_ decision: MarketDecision, _ id: DecisionID, _ db: Database) throws {
    let closure = decision.closure
    let key: StatementArguments = [closure.calendar, closure.day.description]
    try db.run("DELETE FROM market_closure WHERE calendar = ? AND day = ?", key)
    if case .close(let noted) = decision {
      try db.run(
        "INSERT INTO market_closure (calendar, day, close_time, reason, decision_id) VALUES (?, ?, ?, ?, ?)",
        key + [closure.close?.description, noted.reason, id.rawValue])
    }
    if closure.calendar == Calendar.nyse.rawValue {
      let isClosed = if case .close(let noted) = decision { noted.closure.close == nil } else { false }
      try db.run(
        "UPDATE dim_date SET is_us_market_open = ? WHERE full_date = ?",
        [!isClosed && Calendar.nyse.isOpen(on: closure.day), closure.day.description])
    }
    try follow(closure, db)
    try store.chronicle.add(.decided(id), db)
  }

  /// Has all series with the days of a market follow what was just noted of one day, or taken back: what is missing of it is
  /// told anew, and snapshots that compare with it are due.
  private func follow(_ closure: Closure, _ db: Database) throws {
    for series in try store.catalogue.series(db) {
      let (calendar, interval) = (series.rhythm().calendar, series.key.interval)
      guard calendar.rawValue == closure.calendar else { continue }
      let first = calendar.earliestOpening(of: closure.day, every: interval)
      let next = calendar.earliestOpening(of: closure.day + 1, every: interval)
      try store.gaps.retell(series, first...next - 1, db)
      guard series.key.holdsBars, interval == .day1 else { continue }
      try db.run(
        """
        INSERT INTO snapshot_due (asset_id, day)
        SELECT asset_id, day FROM market_snapshot JOIN asset USING (asset_id) WHERE symbol = ? AND day = ?
        ON CONFLICT DO NOTHING
        """, [series.asset, calendar.session(onOrAfter: closure.day + 1).description])
    }
  }
}
