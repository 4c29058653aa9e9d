import Market
import Threads

/// The network.
///
/// One instance serves one run: what it learns about a provider (that it cannot be reached, how much patience is left)
/// holds for its life. Proxies of the environment are honoured, except for a provider on this machine.
package final class HTTPTransport: Transport {
  /// Whether providers on this machine are paced too.
  package enum Pace: String, CaseIterable, Sendable {
    /// All but those that were moved to a loopback address.
    case asConfigured = "as-configured"
    /// `APPLIANCE_PACE=always`
    case always
  }

  private let routes: [ProviderName: Route]
  let engine = CurlEngine()
  let clock: Clock
  let stopwatch: Stopwatch
  let proxies: Proxies
  let authorities: String?
  let userAgent: String
  /// Addresses that count as public whatever they are; empty but in tests, whose public servers are on this machine.
  let permitted: Set<IPAddress>

  /// - Parameters:
  ///   - profiles: the providers that may be asked.
  ///   - addresses: where each of them is asked.
  ///   - keys: sent in the header or the query item that the provider's profile names, and nowhere else.
  ///   - clock: for instants, and for all waiting.
  ///   - quotas: what earlier runs used, as `quotas()` gave it.
  ///   - pace: whether providers on this machine are paced too.
  ///   - spacing: `RATE_LIMIT_DELAY`; raises the spacing of every provider that is paced, never lowers it.
  ///   - random: numbers from 0 up to 1, for the jitter of back-off.
  ///   - version: of the appliance, for `User-Agent`.
  ///   - authorities: a PEM file of the certificate authorities that are trusted; `nil` for the system's.
  ///   - stopwatch: monotonic time, for spacing and elapsed times.
  package convenience init(
    profiles: [ProviderProfile], addresses: Addresses, keys: [ProviderName: Secret] = [:], clock: Clock,
    quotas: [QuotaState] = [], pace: Pace = .asConfigured, spacing: Duration? = nil,
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, version: String,
    proxies: Proxies = .ofEnvironment, authorities: String? = nil, stopwatch: Stopwatch = .monotonic
  ) {
    self.init(
      profiles: profiles, addresses: addresses, keys: keys, clock: clock, quotas: quotas, pace: pace, spacing: spacing,
      random: random, version: version, proxies: proxies, authorities: authorities, stopwatch: stopwatch, permitting: []
    )
  }

  /// - Parameter permitted: addresses that count as public whatever they are.
  init(
    profiles: [ProviderProfile], addresses: Addresses, keys: [ProviderName: Secret], clock: Clock,
    quotas: [QuotaState], pace: Pace, spacing: Duration?, random: @escaping @Sendable () -> Double, version: String,
    proxies: Proxies, authorities: String?, stopwatch: Stopwatch, permitting permitted: Set<IPAddress>
  ) {
    self.clock = clock
    self.stopwatch = stopwatch
    self.proxies = proxies
    self.authorities = authorities
    self.permitted = permitted
    userAgent = "appliance/\(version)"
    var routes: [ProviderName: Route] = [:]
    for profile in profiles {
      guard let place = addresses.place(of: profile.name) else { continue }
      let key = profile.credential == nil ? nil : keys[profile.name]
      let isFree = addresses.isLoopback(profile.name) && pace == .asConfigured
      let gate = PolitenessGate(
        profile.name,
        rules: PolitenessGate.Rules(
          politeness: profile.politeness, patience: profile.patience, verdict: profile.verdict, isKeyed: key != nil,
          isFree: isFree, spacing: spacing, hasManyServers: profile.hosts == .anyPublic),
        states: quotas.filter { $0.provider == profile.name }, clock: clock, stopwatch: stopwatch, random: random)
      routes[profile.name] = Route(profile: profile, place: place, key: key, gate: gate)
    }
    self.routes = routes
  }

  /// What was used of each provider's quotas and how long it wants to be left alone, by name; for the next run.
  package func quotas() async -> [QuotaState] {
    var states: [QuotaState] = []
    for (_, route) in routes.sorted(by: { $0.key < $1.key }) {
      states += await route.gate.quotas
    }
    return states
  }

  /// Ends what is under way with `.cancelled`, closes all connections and ends the thread.
  package func shutDown() { engine.shutDown() }

  package func roundTrip(_ request: Request) async -> RoundTrip {
    guard let route = routes[request.provider], let address = route.place.address(of: request) else {
      let isElsewhere = routes[request.provider] != nil && request.host != nil
      let error: TransportError =
        isElsewhere
        ? .unsendable("\(request.host?.origin ?? "") is none of the servers of \(request.provider)")
        : .unreachable("\(request.provider)\(request.path): no address is known for it")
      return RoundTrip(request: request, attempts: [unasked(request.target, error)])
    }
    if let objection = route.objection(to: request, at: address, permitting: permitted) {
      return RoundTrip(request: request, attempts: [unasked(address.text, objection)])
    }
    return RoundTrip(request: request, attempts: await attempts(at: request, on: route, address))
  }

  /// An attempt that never reached the network.
  func unasked(_ url: String, _ error: TransportError) -> Attempt {
    Attempt(
      url: url, startedAt: clock.now, elapsed: .zero, wireBytes: 0, result: .failure(error), isHeldBack: true)
  }
}
