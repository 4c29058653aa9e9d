/// How an answer of a model ended, whoever gave it.
package enum Finish: Hashable, Sendable {
  /// Whole; only such an answer becomes a text.
  case complete
  /// Cut off at the cap on its tokens.
  case length
  /// The prompt was too long for it.
  case context
  /// It would not.
  case refused
  /// A filter of the provider stopped it.
  case blocked
  /// No answer, or none of the expected shape.
  case failed
  /// In a word that nobody knows yet.
  case unknown(String)

  /// As the record keeps it.
  package var name: String {
    switch self {
    case .complete: "complete"
    case .length: "length"
    case .context: "context"
    case .refused: "refused"
    case .blocked: "blocked"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}
