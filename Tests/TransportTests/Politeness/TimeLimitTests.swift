import Market
import Testing

@testable import Transport

@Suite struct `a run's time for asking` {
  private let time = TestTime(Rig.start)
  private let request = Request(provider: "alpha", path: "/")

  /// Answers after so long.
  private struct Slow: Market.Transport {
    let time: TestTime
    let takes: Duration

    func roundTrip(_ request: Request) async -> RoundTrip {
      time.pass(takes)
      let answer = Answer(status: 200, headers: [], body: [], receivedAt: Rig.start)
      return RoundTrip(
        request: request,
        attempts: [
          Attempt(url: request.target, startedAt: Rig.start, elapsed: takes, wireBytes: 0, result: .success(answer))
        ])
    }
  }

  /// Never answers; ends when it is told to.
  private struct Endless: Market.Transport {
    var isHeldBack = false

    func roundTrip(_ request: Request) async -> RoundTrip {
      let (never, keeping) = AsyncStream.makeStream(of: Void.self)
      for await _ in never {}
      withExtendedLifetime(keeping) {}
      return RoundTrip(
        request: request,
        attempts: [
          Attempt(
            url: request.target, startedAt: Rig.start, elapsed: .zero, wireBytes: 3, result: .failure(.cancelled),
            isHeldBack: isHeldBack)
        ])
    }
  }

  /// A clock on which nobody wakes before he is cancelled.
  private var endlessClock: Clock {
    Clock(isSet: true, now: { Rig.start }) { _ in
      let (never, keeping) = AsyncStream.makeStream(of: Void.self)
      for await _ in never {}
      withExtendedLifetime(keeping) {}
      try Task.checkCancellation()
    }
  }

  @Test func `whole answers that come slowly are taken until it is up, then nothing is sent`() async {
    let limited = TimeLimitedTransport(
      Slow(time: time, takes: .seconds(300)), limit: .seconds(900), clock: endlessClock, stopwatch: time.stopwatch)
    for _ in 0..<3 { #expect(await limited.roundTrip(request).error == nil) }
    let last = await limited.roundTrip(request)
    #expect(last.error == .outOfTime(seconds: 900))
    #expect(last.attempts.map(\.wasSent) == [false])
  }

  @Test(arguments: [true, false])
  func `what is under way then is ended, and told as what it is`(isHeldBack: Bool) async {
    let limited = TimeLimitedTransport(
      Endless(isHeldBack: isHeldBack), limit: .seconds(900), clock: time.clock, stopwatch: time.stopwatch)
    let ended = await limited.roundTrip(request)
    #expect(ended.error == .outOfTime(seconds: 900))
    #expect(ended.attempts.map(\.wasSent) == [!isHeldBack])
    #expect(time.sleeps == [.seconds(900)])
  }

  @Test func `a user who interrupts is told so, and not that time was up`() async {
    let limited = TimeLimitedTransport(
      Endless(), limit: .seconds(900), clock: endlessClock, stopwatch: time.stopwatch)
    let request = request
    let task = Task { await limited.roundTrip(request) }
    task.cancel()
    #expect(await task.value.error == .cancelled)
  }

  @Test func `what a request waits for is what is left and no more`() async {
    let limited = TimeLimitedTransport(
      Endless(), limit: .seconds(900), clock: time.clock, stopwatch: time.stopwatch)
    time.pass(.seconds(850))
    _ = await limited.roundTrip(request)
    #expect(time.sleeps == [.seconds(50)])
  }
}
