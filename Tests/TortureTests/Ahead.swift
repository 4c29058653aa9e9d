import Testing

/// Lets a suite whose tests come one after the other run ahead of the thousands that wait beside it. Where each step had to
/// wait for all of those, it would be alone at the end.
struct Ahead: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withoutActuallyEscaping(function) { function in
      try await Task(priority: .high) { try await function() }.value
    }
  }
}

extension Trait where Self == Ahead {
  static var ahead: Ahead { Ahead() }
}
