import Market
import Support
import Synchronization
import Threads

@testable import Transport

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
    pace: HTTPTransport.Pace = .asConfigured, spacing: Duration? = nil, proxies: Proxies = .none,
    time: TestTime = TestTime(Rig.start), permitting permitted: Set<IPAddress> = []
  ) throws {
    self.time = time
    self.servers = servers
    let addresses = try Addresses(
      of: profiles, moved: servers.mapValues(\.url).merging(moved) { _, moved in moved })
    transport = HTTPTransport(
      profiles: profiles, addresses: addresses, keys: keys, clock: time.clock, quotas: quotas, pace: pace,
      spacing: spacing, random: { 0 }, version: "1.2.3", proxies: proxies, authorities: nil, stopwatch: time.stopwatch,
      permitting: permitted)
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

  /// Lets time go by without anybody sleeping, as while a server thinks.
  func pass(_ duration: Duration) { state.withLock { $0.passed += duration } }

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
    special(
      name, baseURL: baseURL,
      politeness: Politeness(
        limit: limit, window: window, limitWithKey: limitWithKey, concurrency: concurrency, spacing: spacing),
      credential: credential)
  }

  /// One with something special about it.
  static func special(
    _ name: ProviderName, baseURL: String = "https://provider.invalid", hosts: AllowedHosts = .own,
    politeness: Politeness = Politeness(limit: 1000, window: 60, concurrency: 4), patience: Patience = Patience(),
    redirects: RedirectRule? = nil, credential: Credential? = nil,
    verdict: @escaping @Sendable (Answer) -> RetryVerdict? = { _ in nil }
  ) -> ProviderProfile {
    ProviderProfile(
      name: name, title: name.description, baseURL: baseURL, hosts: hosts, homepage: "", politeness: politeness,
      patience: patience, redirects: redirects, credential: credential, safety: 0,
      probe: Request(provider: name, path: "/"), verdict: verdict)
  }
}

extension RoundTrip {
  /// Why the last attempt brought no answer; `nil` when it did.
  var error: TransportError? {
    guard case .failure(let error) = last?.result else { return nil }
    return error
  }
}
