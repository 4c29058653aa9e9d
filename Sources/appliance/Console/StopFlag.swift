import Synchronization

/// Whether somebody has asked for an end, for work that blocks and looks now and then.
final class StopFlag: Sendable {
  private let isSet = Atomic<Bool>(false)

  func raise() { isSet.store(true, ordering: .relaxed) }
  var isRaised: Bool { isSet.load(ordering: .relaxed) }
}

/// Runs work that blocks on a thread of its own; a cancelled task raises the flag that it was given.
func blockingUntilStopped<T: Sendable>(_ body: @escaping @Sendable (StopFlag) throws -> T) async throws -> T {
  let flag = StopFlag()
  return try await withTaskCancellationHandler {
    try await blocking { try body(flag) }
  } onCancel: {
    flag.raise()
  }
}
