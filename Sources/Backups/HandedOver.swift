import Dispatch
import Synchronization

/// What one thread makes and another takes, in order.
final class HandedOver<Item: Sendable>: Sendable {
  private let state = Mutex<(items: [Item], isStopped: Bool)>(([], false))
  private let waiting = DispatchSemaphore(value: 0)

  func give(_ item: Item) {
    state.withLock { $0.items.append(item) }
    waiting.signal()
  }

  /// Nothing more will be given. What was given before can still be taken.
  func stop() {
    state.withLock { $0.isStopped = true }
    waiting.signal()
  }

  /// Waits for the next; `nil` where nothing more will come.
  func next() -> Item? {
    waiting.wait()
    return state.withLock { state in
      if !state.items.isEmpty { return state.items.removeFirst() }
      // The mark stays for whoever asks again.
      waiting.signal()
      return nil
    }
  }
}
