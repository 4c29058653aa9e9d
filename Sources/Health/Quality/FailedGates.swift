import Market
import Metrics
import SQLite
import Schema
import Store

/// The gates that fail by what runs found in the facts of the last week, in one statement: for whoever only wants to know
/// that.
struct FailedGates {
  /// `fold: BTC 0.4 % on 2025-09-18`, of each check the worst.
  let reasons: [String]

  init(of store: Store, gates: QualityGates, at now: Instant) throws {
    let found = try store.read { db in
      let rows = try Statements(db).kept(QualityStatements.recentOfAssets)
      rows.bind((now.day - 6).description, at: 1)
      var found: [(check: String, subject: String, day: String, value: Double)] = []
      while try rows.step() { found.append((rows.text(0), rows.text(1), rows.text(2), rows.real(3))) }
      return found
    }
    reasons = QualityCheck.all.filter { $0.basis == .facts }.compactMap { check in
      guard let most = gates[check] else { return nil }
      let beyond = found.filter { $0.check == check.name && $0.value > most }
      guard let worst = beyond.max(by: { $0.value < $1.value }) else { return nil }
      return "\(check.name): \(worst.subject) \(check.text(of: worst.value)) on \(worst.day)"
    }
  }
}
