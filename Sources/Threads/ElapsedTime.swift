/// Monotonic time since a moment.
package struct ElapsedTime: Sendable {
  private var start = ContinuousClock.now

  /// Begins to count now.
  package init() {}

  /// The time since then.
  package var duration: Duration { start.duration(to: .now) }

  /// The same in seconds.
  package var seconds: Double {
    let elapsed = duration.components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }

  /// Does something that does not count.
  package mutating func pausing(_ body: () throws -> Void) rethrows {
    let pause = ContinuousClock.now
    defer { start += pause.duration(to: .now) }
    try body()
  }
}
