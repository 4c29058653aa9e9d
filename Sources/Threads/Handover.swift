import Dispatch
import Synchronization

/// Hands things from the thread that makes them to the one that uses them.
///
/// The maker waits while it is too far ahead, so that memory stays flat.
package final class Handover<Element: Sendable>: Sendable {
  private let state = Mutex<(waiting: [Element], isAbandoned: Bool, fault: (any Error)?)>(([], false, nil))
  /// How many may wait; `nil` for any number.
  private let room: DispatchSemaphore?
  private let filled = DispatchSemaphore(value: 0)

  /// - Parameter ahead: how many may wait to be taken; `nil` for any number, where memory is no matter.
  package init(ahead: Int? = nil) {
    room = ahead.map { count in
      // Counted up from 0: a semaphore that ends below its first value traps.
      let room = DispatchSemaphore(value: 0)
      for _ in 0..<count { room.signal() }
      return room
    }
  }

  /// Waits for room. Returns `false` when nobody wants more, now and at every further call.
  @discardableResult
  package func put(_ element: Element) -> Bool {
    room?.wait()
    let isWanted = state.withLock { state in
      if !state.isAbandoned { state.waiting.append(element) }
      return !state.isAbandoned
    }
    if isWanted { filled.signal() } else { room?.signal() }
    return isWanted
  }

  /// Says that nothing more comes, and why, if something went wrong.
  package func end(_ fault: (any Error)? = nil) {
    state.withLock { $0.fault = fault }
    filled.signal()
  }

  /// Waits for the next one; `nil` at the end, now and at every further call. Throws what went wrong, after everything
  /// that came before it.
  package func take() throws -> Element? {
    filled.wait()
    let (next, fault) = state.withLock { state -> (Element?, (any Error)?) in
      state.waiting.isEmpty ? (nil, state.fault) : (state.waiting.removeFirst(), nil)
    }
    if let next {
      room?.signal()
      return next
    }
    filled.signal()
    if let fault { throw fault }
    return nil
  }

  /// Says that nothing more is wanted.
  package func abandon() {
    state.withLock { $0.isAbandoned = true }
    room?.signal()
  }
}
