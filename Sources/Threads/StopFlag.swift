import Synchronization

/// Whether somebody has asked for an end, for work that blocks and looks now and then.
package final class StopFlag: Sendable {
  private let isSet = Atomic<Bool>(false)

  /// Asks for an end, from any thread; there is no way back.
  package func raise() { isSet.store(true, ordering: .relaxed) }
  /// Whether an end was asked for; cheap enough to be read in a loop.
  package var isRaised: Bool { isSet.load(ordering: .relaxed) }
}

/// Runs work that blocks on a thread of its own; a cancelled task raises the flag that it was given.
package func blockingUntilStopped<T: Sendable>(_ body: @escaping @Sendable (StopFlag) throws -> T) async throws -> T {
  let flag = StopFlag()
  return try await withTaskCancellationHandler {
    try await blocking { try body(flag) }
  } onCancel: {
    flag.raise()
  }
}
