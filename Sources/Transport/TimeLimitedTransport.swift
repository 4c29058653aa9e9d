import Market
import Threads

/// A transport that answers for so long and then asks no more: what is under way is ended, what comes later is not sent.
///
/// A provider that gives whole answers, each of them slowly, uses up nobody's patience; this bounds what it costs.
package struct TimeLimitedTransport: Transport {
  private let transport: any Transport
  private let limit: Duration
  private let clock: Clock
  private let stopwatch: Stopwatch
  private let start: Duration

  /// Time runs from here on.
  ///
  /// - Parameters:
  ///   - limit: how long may be asked.
  ///   - clock: for waiting, and the instants of what is not sent.
  ///   - stopwatch: monotonic time, by which the limit goes.
  package init(
    _ transport: any Transport, limit: Duration, clock: Clock, stopwatch: Stopwatch = .monotonic
  ) {
    self.transport = transport
    self.limit = limit
    self.clock = clock
    self.stopwatch = stopwatch
    start = stopwatch.now
  }

  package func roundTrip(_ request: Request) async -> RoundTrip {
    let left = limit - (stopwatch.now - start)
    guard left > .zero else {
      let attempt = Attempt(
        url: request.target, startedAt: clock.now, elapsed: .zero, wireBytes: 0, result: .failure(outOfTime),
        isHeldBack: true)
      return RoundTrip(request: request, attempts: [attempt])
    }
    return await withTaskGroup(of: RoundTrip?.self) { [transport, clock] group in
      group.addTask { await transport.roundTrip(request) }
      group.addTask {
        try? await clock.sleep(for: left)  // Cancelled when the answer is there.
        return nil
      }
      var answered: RoundTrip?
      while answered == nil, let next = await group.next() {
        answered = next
        group.cancelAll()
      }
      return answered.map { Task.isCancelled ? $0 : inTime($0) } ?? RoundTrip(request: request, attempts: [])
    }
  }

  private var outOfTime: TransportError { .outOfTime(seconds: limit.components.seconds) }

  /// The same, saying why the last attempt was ended where we ended it.
  private func inTime(_ roundTrip: RoundTrip) -> RoundTrip {
    guard let last = roundTrip.last, case .failure(.cancelled) = last.result else { return roundTrip }
    let ended = Attempt(
      url: last.url, startedAt: last.startedAt, elapsed: last.elapsed, wireBytes: last.wireBytes,
      result: .failure(outOfTime), isHeldBack: !last.wasSent, hasLeft: last.hasLeft)
    return RoundTrip(request: roundTrip.request, attempts: roundTrip.attempts.dropLast() + [ended])
  }
}
