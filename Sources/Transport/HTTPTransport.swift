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
  private let engine = CurlEngine()
  private let clock: Clock
  private let stopwatch: Stopwatch
  private let proxies: Proxies
  private let authorities: String?
  private let userAgent: String

  /// What is known about one provider.
  private struct Route: Sendable {
    let profile: ProviderProfile
    let place: Addresses.Place
    let key: Secret?
    let gate: PolitenessGate

    /// The setting to fill before anything can be asked; `nil` when nothing is missing.
    var missingKey: String? {
      guard key == nil, let credential = profile.credential, credential.isRequired else { return nil }
      return credential.setting
    }
  }

  /// - Parameters:
  ///   - profiles: the providers that may be asked.
  ///   - addresses: where each of them is asked.
  ///   - keys: sent in the header that the provider's profile names, and nowhere else.
  ///   - clock: for instants, and for all waiting.
  ///   - quotas: what earlier runs used, as `quotas()` gave it.
  ///   - pace: whether providers on this machine are paced too.
  ///   - spacing: `RATE_LIMIT_DELAY`; raises the spacing of every provider that is paced, never lowers it.
  ///   - random: numbers from 0 up to 1, for the jitter of back-off.
  ///   - version: of the appliance, for `User-Agent`.
  ///   - authorities: a PEM file of the certificate authorities that are trusted; `nil` for the system's.
  ///   - stopwatch: monotonic time, for spacing and elapsed times.
  package init(
    profiles: [ProviderProfile], addresses: Addresses, keys: [ProviderName: Secret] = [:], clock: Clock,
    quotas: [QuotaState] = [], pace: Pace = .asConfigured, spacing: Duration? = nil,
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, version: String,
    proxies: Proxies = .ofEnvironment, authorities: String? = nil, stopwatch: Stopwatch = .monotonic
  ) {
    self.clock = clock
    self.stopwatch = stopwatch
    self.proxies = proxies
    self.authorities = authorities
    userAgent = "appliance/\(version)"
    var routes: [ProviderName: Route] = [:]
    for profile in profiles {
      guard let place = addresses.place(of: profile.name) else { continue }
      let key = profile.credential == nil ? nil : keys[profile.name]
      let isFree = addresses.isLoopback(profile.name) && pace == .asConfigured
      let gate = PolitenessGate(
        profile.name,
        rules: .init(politeness: profile.politeness, isKeyed: key != nil, isFree: isFree, spacing: spacing),
        state: quotas.last { $0.provider == profile.name }, clock: clock, stopwatch: stopwatch, random: random)
      routes[profile.name] = Route(profile: profile, place: place, key: key, gate: gate)
    }
    self.routes = routes
  }

  /// What was used of each provider's quota and how long it wants to be left alone, by name; for the next run.
  package func quotas() async -> [QuotaState] {
    var states: [QuotaState] = []
    for (_, route) in routes.sorted(by: { $0.key < $1.key }) {
      if let state = await route.gate.quota { states.append(state) }
    }
    return states
  }

  /// Ends what is under way with `.cancelled`, closes all connections and ends the thread.
  package func shutDown() { engine.shutDown() }

  package func roundTrip(_ request: Request) async -> RoundTrip {
    guard let route = routes[request.provider], let address = WebAddress(route.place.base + request.target) else {
      let reason = "\(request.provider)\(request.path): no address is known for it"
      return RoundTrip(request: request, attempts: [unasked(request.target, .unreachable(reason))])
    }
    if let setting = route.missingKey {
      return RoundTrip(request: request, attempts: [unasked(address.text, .keyMissing(setting: setting))])
    }
    if let name = request.headers.first(where: { !$0.isWellFormed })?.name {
      let error = TransportError.insecure("the header '\(name)' of the request holds a character that could split it")
      return RoundTrip(request: request, attempts: [unasked(address.text, error)])
    }
    return RoundTrip(request: request, attempts: await attempts(at: request, on: route, address))
  }
}

// One request from its first try to its last.
extension HTTPTransport {
  private func attempts(at request: Request, on route: Route, _ start: WebAddress) async -> [Attempt] {
    var address = start
    var attempts: [Attempt] = []
    var tries = 0
    var hops = 0
    while true {
      if case .refused(let error) = await route.gate.admit(weight: request.weight) {
        // After a try, its result says more than that there is no further one.
        if attempts.isEmpty || error == .cancelled { attempts.append(unasked(address.text, error)) }
        return attempts
      }
      let asked = await ask(request, on: route, at: address)
      await route.gate.leave()

      let redirect = asked.redirect(to: request.method, from: address, hops: hops)
      attempts.append(asked.attempt(for: redirect))
      if case .follow(let target) = redirect {
        address = target
        hops += 1
        continue
      }
      tries += 1
      guard redirect == .none,
        case .again(let wait) = await route.gate.next(after: asked.result, method: request.method, tries: tries)
      else { return attempts }
      do { try await clock.sleep(for: wait) } catch {
        return attempts + [unasked(address.text, .cancelled)]
      }
    }
  }

  /// One try, on the network thread.
  private func ask(_ request: Request, on route: Route, at address: WebAddress) async -> Asked {
    let startedAt = clock.now
    let started = stopwatch.now
    let proxy = proxies.proxy(for: address)
    let secrets = (route.key.map { [$0] } ?? []) + Proxies.secrets(in: proxy)
    let timeLimit = Duration.seconds(min(max(request.timeLimit, 1), 86_400))
    let order = CurlOrder(
      method: request.method, address: address, headers: headers(of: request, on: route), body: request.body,
      userAgent: userAgent, maximumBytes: max(request.maximumBytes, 0), timeLimit: timeLimit,
      stallLimit: CurlOrder.stallLimit(within: timeLimit), proxy: proxy,
      allowsPrivateAddresses: route.place.isMoved, authorities: authorities)
    let outcome = await engine.perform(order)
    let receivedAt = clock.now
    let result = outcome.result.map { content in
      Answer(status: content.status, headers: content.headers, body: content.body, receivedAt: receivedAt)
    }
    return Asked(
      url: address.text, startedAt: startedAt, elapsed: stopwatch.now - started, wireBytes: outcome.wireBytes,
      result: result.map { Redaction.removing(secrets, from: $0) }, secrets: secrets)
  }

  private func headers(of request: Request, on route: Route) -> [HeaderField] {
    guard let key = route.key, let credential = route.profile.credential else { return request.headers }
    let carrier = HeaderField(credential.header, key.revealed)
    return request.headers.filter { $0.name != carrier.name } + [carrier]
  }

  /// An attempt that never reached the network.
  private func unasked(_ url: String, _ error: TransportError) -> Attempt {
    Attempt(url: url, startedAt: clock.now, elapsed: .zero, wireBytes: 0, result: .failure(error))
  }
}

/// One try that reached the network, before it is known what it means.
private struct Asked {
  let url: String
  let startedAt: Instant
  let elapsed: Duration
  let wireBytes: Int
  let result: Result<Answer, CurlFailure>
  /// What was sent along and must not be shown.
  let secrets: [Secret]

  func redirect(to method: Request.Method, from address: WebAddress, hops: Int) -> Redirect {
    guard case .success(let answer) = result else { return .none }
    return Redirect(in: answer, to: method, from: address, hops: hops)
  }

  /// The attempt as others see it. A redirect that is not followed is a failure; a provider that repeats the key in
  /// an address of its own must not bring it into ours.
  func attempt(for redirect: Redirect) -> Attempt {
    var shown = result.mapError { $0.error.mapped { Redaction.removing(secrets, from: $0) } }
    if case .refuse(let target) = redirect {
      shown = .failure(.redirected(to: Redaction.removing(secrets, from: target)))
    }
    return Attempt(
      url: Redaction.removing(secrets, from: url), startedAt: startedAt, elapsed: elapsed, wireBytes: wireBytes,
      result: shown)
  }
}

extension TransportError {
  /// The same with the words that came from outside changed.
  fileprivate func mapped(_ change: (String) -> String) -> TransportError {
    switch self {
    case .unreachable(let reason): .unreachable(change(reason))
    case .insecure(let reason): .insecure(change(reason))
    case .redirected(let target): .redirected(to: change(target))
    case .tooLarge, .throttled, .keyMissing, .offline, .cancelled: self
    }
  }
}

extension HeaderField {
  /// Whether it stays one header when it is sent.
  fileprivate var isWellFormed: Bool {
    let isToken = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
    return isToken && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
