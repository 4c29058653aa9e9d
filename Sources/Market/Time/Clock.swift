#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where time comes from: the wall, an instant that somebody set, or a capture. Nothing else in the appliance reads a clock.
///
/// A clock that was set starts at its instant and ticks on by monotonic time.
package struct Clock: Sendable {
  private let reading: @Sendable () -> Instant
  private let sleeping: @Sendable (Duration) async throws -> Void
  /// Whether this clock shows another time than the wall's, so that screens can say so.
  package let isSet: Bool

  /// - Parameters:
  ///   - isSet: whether it may show another time than the wall's.
  ///   - now: the instant that it shows.
  ///   - sleep: waits by monotonic time unless said otherwise; throws `CancellationError`.
  package init(
    isSet: Bool, now: @escaping @Sendable () -> Instant,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.isSet = isSet
    reading = now
    sleeping = sleep
  }

  /// What it shows, in UTC, to the second.
  package var now: Instant { reading() }

  /// Waits by monotonic time. Throws `CancellationError` when the task is cancelled.
  package func sleep(for duration: Duration) async throws {
    try await sleeping(duration)
  }

  /// A clock that starts at `instant` now and ticks on by monotonic time.
  package static func starting(at instant: Instant) -> Clock {
    let start = ContinuousClock.now
    return Clock(isSet: true) { instant + start.duration(to: .now).components.seconds }
  }

  /// A clock that stands still and does not wait: for captures and tests.
  package static func standing(at instant: Instant) -> Clock {
    Clock(isSet: true, now: { instant }, sleep: { _ in try Task.checkCancellation() })
  }
}

extension Clock {
  /// The machine's own clock.
  package static let wall = Clock(isSet: false) { Instant(epochSeconds: Int64(time(nil))) }
}
