import Dispatch
import Market
import Store

/// The one place of a run that writes: calls to the store, in order, on a thread of their own.
///
/// SQLite blocks; the tasks of a run must not.
struct Recorder: Sendable {
  let store: Store
  private let queue = DispatchQueue(label: "appliance.recorder")

  init(store: Store) {
    self.store = store
  }

  func callAsFunction<T: Sendable>(_ body: @escaping @Sendable (Store) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body(store) }) }
    }
  }
}
