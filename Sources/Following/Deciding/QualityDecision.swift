import GRDB
import Market
import Metrics
import SQLite
import Store

/// What the user decided about how much of a check is let pass: a row of `decision`, of which the newest of each check holds.
package enum QualityDecision: Hashable, Sendable {
  /// No more than this.
  case most(QualityCheck, Double)
  /// Whatever it is: the check only informs.
  case anything(QualityCheck)
  /// What the program says, whatever it says later.
  case usual(QualityCheck)

  fileprivate static let kind = "quality.gate"

  /// What it is about.
  package var check: QualityCheck {
    switch self {
    case .most(let check, _), .anything(let check), .usual(let check): check
    }
  }

  fileprivate var detail: String {
    var text = DecisionText()
    switch self {
    case .most(_, let most): text["most"] = "\(most)"
    case .anything: text["most"] = "anything"
    case .usual: break
    }
    return text.text
  }
}

extension Following {
  /// What is let pass of each check.
  package func qualityGates() throws(StoreError) -> QualityGates {
    try read { db in
      var set: [String: Double?] = [:]
      let rows = try Row.fetchAll(
        db, sql: "SELECT subject, detail FROM decision WHERE kind = 'quality.gate' ORDER BY decision_id")
      for row in rows {
        let check: String = row["subject"]
        switch DecisionText(row["detail"] ?? "")["most"] {
        case "anything": set.updateValue(nil, forKey: check)
        case let most?: if let most = Double(most) { set[check] = most }
        case nil: set.removeValue(forKey: check)
        }
      }
      return QualityGates(set)
    }
  }

  /// Notes what the user decided, all of it or nothing.
  package func decide(_ decisions: [QualityDecision], at now: Instant) throws(StoreError) {
    try write { db in
      for decision in decisions {
        _ = try db.decide(QualityDecision.kind, about: decision.check.name, detail: decision.detail, at: now)
      }
    }
  }
}
