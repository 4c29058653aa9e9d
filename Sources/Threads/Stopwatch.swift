/// Monotonic time: what pacing and elapsed times are measured with. Injected, so that tests need not wait.
package struct Stopwatch: Sendable {
  private let reading: @Sendable () -> Duration

  /// - Parameter reading: the time since some fixed moment; never goes back.
  package init(_ reading: @escaping @Sendable () -> Duration) {
    self.reading = reading
  }

  /// The time since a fixed moment that only this stopwatch knows; only differences mean something.
  package var now: Duration { reading() }

  /// The machine's own.
  package static let monotonic: Stopwatch = {
    let start = ContinuousClock.now
    return Stopwatch { start.duration(to: .now) }
  }()
}
