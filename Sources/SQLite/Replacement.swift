import GRDB

/// What took the place of a value that was believed before.
package enum Replacement: Hashable, Sendable {
  /// An answer that said otherwise.
  case answer(FetchID)
  /// The user said so.
  case decision(DecisionID)

  /// The answer, where it was one.
  package var fetch: FetchID? {
    if case .answer(let fetch) = self { fetch } else { nil }
  }

  /// Of a row of a history: the schema sees to it that one of the two is there.
  package init(_ row: Row) {
    if let fetch: Int64 = row["replaced_by_fetch_id"] {
      self = .answer(FetchID(fetch))
    } else {
      self = .decision(DecisionID(row["replaced_by_decision_id"]))
    }
  }
}

extension Replacement: Comparable {
  /// Answers by number, then decisions by number.
  package static func < (a: Replacement, b: Replacement) -> Bool {
    switch (a, b) {
    case (.answer(let a), .answer(let b)): a < b
    case (.decision(let a), .decision(let b)): a < b
    case (.answer, .decision): true
    case (.decision, .answer): false
    }
  }
}

extension Replacement: CustomStringConvertible {
  /// `fetch 7`
  package var description: String {
    switch self {
    case .answer(let fetch): "fetch \(fetch.rawValue)"
    case .decision(let decision): "decision \(decision.rawValue)"
    }
  }
}
