extension ExitStatus {
  /// What several parts come to, as the steps of a run do: of some that failed and some that did not, partly.
  static func all(_ parts: [ExitStatus]) -> ExitStatus {
    if parts.contains(.interrupted) { return .interrupted }
    if parts.allSatisfy({ $0 == .done }) { return .done }
    return parts.allSatisfy { $0 == .failed } ? .failed : .partly
  }

  /// The word for it in objects for programs.
  var outcome: String {
    switch self {
    case .done: "done"
    case .partly: "partial"
    case .interrupted: "interrupted"
    default: "failed"
    }
  }
}
