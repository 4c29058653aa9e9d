import CCurl
import Synchronization

/// What other threads leave for the network thread, and the bell that wakes it.
///
/// `@unchecked` for the multi handle, of which other threads use nothing but `curl_multi_wakeup`, under the lock.
final class CurlMailbox: @unchecked Sendable {
  /// For the network thread alone, until it calls `dismantle()`.
  let multi: UnsafeMutableRawPointer
  private let state = Mutex<State>(State())

  private struct State {
    var arrivals: [CurlTicket] = []
    var isClosed = false
    var isDismantled = false
  }

  /// `nil` when libcurl has no memory for a handle.
  init?() {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
  }

  deinit {
    dismantle()
  }

  /// Whether the ticket was taken: `false` after `close()`.
  func post(_ ticket: CurlTicket) -> Bool {
    let isTaken = state.withLock { state in
      if !state.isClosed { state.arrivals.append(ticket) }
      return !state.isClosed
    }
    ring()
    return isTaken
  }

  func close() {
    state.withLock { $0.isClosed = true }
    ring()
  }

  func ring() {
    state.withLock { state in
      if !state.isDismantled { curl_multi_wakeup(multi) }
    }
  }

  /// What arrived since the last time, and whether the thread should end.
  func collect() -> (arrivals: [CurlTicket], isClosed: Bool) {
    state.withLock { state in
      defer { state.arrivals = [] }
      return (state.arrivals, state.isClosed)
    }
  }

  /// Closes all connections. Nothing uses the handle afterwards.
  func dismantle() {
    state.withLock { state in
      if !state.isDismantled { curl_multi_cleanup(multi) }
      state.isDismantled = true
    }
  }
}
