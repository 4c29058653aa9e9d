import Threads
import Market
import Support
import Synchronization
import Transport

/// A transport whose providers are loopback servers, on a clock that only advances when somebody waits.
struct Rig {
  static let start = Instant(epochSeconds: 1_758_320_000)

  let transport: HTTPTransport
  let time: TestTime
  /// Kept running as long as the rig.
  let servers: [ProviderName: LoopbackServer]

  init(
    _ profiles: [ProviderProfile], servers: [ProviderName: LoopbackServer] = [:],
    moved: [ProviderName: String] = [:], keys: [ProviderName: Secret] = [:], quotas: [QuotaState] = [],
    pace: HTTPTransport.Pace = .asConfigured, spacing: Duration? = nil, time: TestTime = TestTime(Rig.start)
  ) throws {
    self.time = time
    self.servers = servers
    let addresses = try Addresses(
      of: profiles, moved: servers.mapValues(\.url).merging(moved) { _, moved in moved })
    transport = HTTPTransport(
      profiles: profiles, addresses: addresses, keys: keys, clock: time.clock, quotas: quotas, pace: pace,
      spacing: spacing, random: { 0 }, version: "1.2.3", proxies: .none, stopwatch: time.stopwatch)
  }
}

/// Time that passes when somebody sleeps, at once, and never otherwise. Remembers who slept for how long.
final class TestTime: Sendable {
  private struct State {
    var passed = Duration.zero
    var sleeps: [Duration] = []
    var sleepers: [CheckedContinuation<Void, Never>] = []
    var watchers: [CheckedContinuation<Void, Never>] = []
  }

  private let start: Instant
  private let state = Mutex(State())
  /// Whether sleepers stay asleep until `wake()`.
  private let isHeld: Bool

  init(_ start: Instant, isHeld: Bool = false) {
    self.start = start
    self.isHeld = isHeld
  }

  var sleeps: [Duration] { state.withLock { $0.sleeps } }

  var clock: Clock {
    Clock(isSet: true, now: { self.start + self.state.withLock { $0.passed.components.seconds } }) { duration in
      try Task.checkCancellation()
      await self.sleep(duration)
      try Task.checkCancellation()
    }
  }

  var stopwatch: Stopwatch { Stopwatch { self.state.withLock { $0.passed } } }

  private func sleep(_ duration: Duration) async {
    state.withLock { state in
      state.passed += duration
      if duration > .zero { state.sleeps.append(duration) }
    }
    guard isHeld, duration > .zero else { return }
    await withCheckedContinuation { continuation in
      let watchers = state.withLock { state in
        defer { state.watchers = [] }
        state.sleepers.append(continuation)
        return state.watchers
      }
      for watcher in watchers { watcher.resume() }
    }
  }

  /// Returns once somebody lies asleep.
  func untilSomebodySleeps() async {
    await withCheckedContinuation { continuation in
      let isSoundAsleep = state.withLock { state in
        if state.sleepers.isEmpty { state.watchers.append(continuation) }
        return !state.sleepers.isEmpty
      }
      if isSoundAsleep { continuation.resume() }
    }
  }

  /// Ends all sleeping.
  func wake() {
    let sleepers = state.withLock { state in
      defer { state.sleepers = [] }
      return state.sleepers
    }
    for sleeper in sleepers { sleeper.resume() }
  }
}

extension ProviderProfile {
  static func profile(
    _ name: ProviderName, baseURL: String = "https://provider.invalid", limit: Int = 1000, limitWithKey: Int? = nil,
    window: Int64 = 60, concurrency: Int = 4, spacing: Duration = .zero, credential: Credential? = nil
  ) -> ProviderProfile {
    ProviderProfile(
      name: name, title: name.description, baseURL: baseURL, homepage: "",
      politeness: Politeness(
        limit: limit, window: window, limitWithKey: limitWithKey, concurrency: concurrency, spacing: spacing),
      credential: credential, safety: 0, probe: Request(provider: name, path: "/"))
  }
}

extension RoundTrip {
  /// Why the last attempt brought no answer; `nil` when it did.
  var error: TransportError? {
    guard case .failure(let error) = last?.result else { return nil }
    return error
  }
}
