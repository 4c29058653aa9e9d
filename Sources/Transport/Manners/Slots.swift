import Synchronization

/// So many may be inside at the same time; the others queue, first come, first served.
final class Slots: Sendable {
  private struct State {
    var free: Int
    var queue: [Place] = []
    var nextTicket = 0
  }

  private struct Place: Sendable {
    let ticket: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(free: max(count, 1)))
  }

  /// Waits for a slot. Whoever got one must `leave`.
  ///
  /// - Returns: whether there is one; `false` when the task was cancelled before or while it waited.
  func enter() async -> Bool {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let result: Bool? = state.withLock { state in
          if Task.isCancelled { return false }
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.queue.append(Place(ticket: ticket, continuation: continuation))
          return nil
        }
        if let result { continuation.resume(returning: result) }
      }
    } onCancel: {
      let place = state.withLock { state in
        state.queue.firstIndex { $0.ticket == ticket }.map { state.queue.remove(at: $0) }
      }
      place?.continuation.resume(returning: false)
    }
  }

  func leave() {
    let next: Place? = state.withLock { state in
      if !state.queue.isEmpty { return state.queue.removeFirst() }
      state.free += 1
      return nil
    }
    next?.continuation.resume(returning: true)
  }
}
