import Dispatch
import Synchronization

/// A short queue between a thread that makes things and one that uses them up.
///
/// The maker waits while it is full, so that memory stays flat.
final class Handover<Item: Sendable>: Sendable {
  private struct State {
    var items: [Item] = []
    var taken = 0
    var isClosed = false
  }
  private let state = Mutex(State())
  private let free: DispatchSemaphore
  private let filled = DispatchSemaphore(value: 0)

  init(capacity: Int) { free = DispatchSemaphore(value: capacity) }

  func put(_ item: Item) {
    free.wait()
    state.withLock { $0.items.append(item) }
    filled.signal()
  }

  /// Nothing more will come.
  func close() {
    state.withLock { $0.isClosed = true }
    filled.signal()
  }

  /// The next item; waits for it. `nil` once it is closed and empty.
  func take() -> Item? {
    filled.wait()
    let item: Item? = state.withLock { state in
      guard state.taken < state.items.count else { return nil }
      let item = state.items[state.taken]
      state.taken += 1
      if state.taken == state.items.count || state.taken >= 256 {
        state.items.removeFirst(state.taken)
        state.taken = 0
      }
      return item
    }
    // One that found it closed leaves the mark for the next call.
    if item == nil { filled.signal() } else { free.signal() }
    return item
  }
}
