import Market

/// One ration of one provider: so many units in so many seconds. Pure.
struct QuotaWindow: Hashable, Sendable {
  let limit: Int
  let length: Int64
  private(set) var start: Instant?
  private(set) var used = 0

  init(limit: Int, length: Int64) {
    self.limit = max(limit, 1)
    self.length = max(length, 0)
  }

  /// Goes on from what an earlier run used.
  mutating func resume(from state: QuotaState) {
    start = state.windowStart
    used = max(state.used, 0)
  }

  /// Seconds until `weight` more units fit; 0 when they fit now.
  ///
  /// A window that is over, or that begins in the future because another clock wrote it, is void. A request heavier
  /// than the whole ration has a window to itself.
  func wait(for weight: Int, at now: Instant) -> Int64 {
    guard let start, start <= now, now - start < length else { return 0 }
    if used == 0 || used.addingReportingOverflow(weight).partialValue <= limit && weight <= limit { return 0 }
    return length - (now - start)
  }

  /// Counts a request that is sent now.
  mutating func spend(_ weight: Int, at now: Instant) {
    if let start, start <= now, now - start < length {
      used = used.addingReportingOverflow(weight).overflow ? limit : used + weight
    } else {
      start = now
      used = weight
    }
  }

  /// Takes back units that were counted at an instant and not used; nothing if another window has begun since.
  mutating func refund(_ weight: Int, countedAt instant: Instant) {
    guard let begun = start, begun <= instant else { return }
    used = max(used - max(weight, 0), 0)
  }

  /// Begins anew at the next request.
  mutating func close() {
    start = nil
    used = 0
  }
}
