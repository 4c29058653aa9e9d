import Market
import Store

/// Refused rows that decisions are about, looked for among all that an answer or a file holds.
struct SoughtRows {
  /// What is cheap to compare; of what is equal in it the words are looked at.
  private struct Mark: Hashable {
    let at: Instant?
    let reason: String
  }
  private var waiting: [Mark: [DecidedRow]]
  /// What was found; of rows that are alike, the first.
  private(set) var found: [DecidedRow: Refusal] = [:]

  init(_ rows: some Sequence<DecidedRow>) {
    waiting = Dictionary(grouping: rows) { Mark(at: $0.at, reason: $0.reason) }
  }

  /// Whether none is left to be found.
  var isComplete: Bool { waiting.isEmpty }

  mutating func look(at refusal: Refusal) {
    let mark = Mark(at: refusal.at, reason: refusal.reason.rawValue)
    guard let rows = waiting[mark] else { return }
    let rest = rows.filter { row in
      guard row.isAbout(refusal) else { return true }
      found[row] = refusal
      return false
    }
    waiting[mark] = rest.isEmpty ? nil : rest
  }
}
