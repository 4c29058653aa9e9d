import Synchronization

/// One transfer from the side of who waits for it.
final class CurlTicket: Sendable {
  let order: CurlOrder
  private let state = Mutex<State>(State())

  private struct State {
    var isCancelled = false
    var continuation: CheckedContinuation<CurlOutcome, Never>?
  }

  init(_ order: CurlOrder) {
    self.order = order
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func cancel() { state.withLock { $0.isCancelled = true } }

  func await(_ continuation: CheckedContinuation<CurlOutcome, Never>) {
    state.withLock { $0.continuation = continuation }
  }

  /// Hands over what came of it; only the first time counts.
  func settle(_ outcome: CurlOutcome) {
    let continuation = state.withLock { state in
      defer { state.continuation = nil }
      return state.continuation
    }
    continuation?.resume(returning: outcome)
  }
}
