import Market
import Threads

// One request from its first try to its last.
extension HTTPTransport {
  func attempts(at request: Request, on route: Route, _ start: WebAddress) async -> [Attempt] {
    let leave = route.leave(of: request, permitting: permitted)
    var address = route.unkeyed(start)
    var attempts: [Attempt] = []
    var tries = 0
    var hops = 0
    while true {
      let pass: PolitenessGate.Pass
      switch await route.gate.admit(request) {
      case .granted(let granted): pass = granted
      case .refused(let error):
        // After a try, its result says more than that there is no further one.
        if attempts.isEmpty || error == .cancelled { attempts.append(unasked(address.text, error)) }
        return attempts
      }
      let isForeign = !address.hasSameOrigin(as: start)
      let asked = await ask(request, on: route, at: address, isForeign: isForeign, within: pass.transfer)
      await route.gate.leave(request, pass, hasLeft: asked.hasLeft)

      let redirect = redirect(by: asked, to: request, on: route, from: address, hops: hops, leave)
      attempts.append(asked.attempt(for: redirect))
      if case .follow(let target) = redirect {
        address = target
        hops += 1
        continue
      }
      tries += 1
      guard redirect == .none,
        case .again(let wait) = await route.gate.next(after: asked.result, to: request, tries: tries)
      else { return attempts }
      do { try await clock.sleep(for: wait) } catch {
        return attempts + [unasked(address.text, .cancelled)]
      }
    }
  }

  /// What an answer says about another place, with the address there as we ask it.
  private func redirect(
    by asked: Asked, to request: Request, on route: Route, from address: WebAddress, hops: Int, _ leave: Redirect.Leave
  ) -> Redirect {
    guard case .success(let answer) = asked.result else { return .none }
    let redirect = Redirect(in: answer, to: request.method, from: address, hops: hops, leave: leave)
    guard case .follow(let target) = redirect else { return redirect }
    if target.hasSameOrigin(as: address) { return .follow(route.unkeyed(target)) }
    return route.place.moved(target).map(Redirect.follow) ?? .refuse(to: target.text)
  }

  /// One try, on the network thread.
  ///
  /// - Parameters:
  ///   - isForeign: whether a redirect led to the address from another server.
  ///   - patience: how long it may take, besides what the request allows.
  private func ask(
    _ request: Request, on route: Route, at address: WebAddress, isForeign: Bool, within patience: Duration
  ) async -> Asked {
    let startedAt = clock.now
    let started = stopwatch.now
    let proxy = proxies.proxy(for: address)
    let secrets = (route.key.map { [$0] } ?? []) + Proxies.secrets(in: proxy)
    let timeLimit = min(Duration.seconds(min(max(request.timeLimit, 1), 86_400)), patience)
    let order = CurlOrder(
      method: request.method, address: route.keyed(address),
      headers: route.headers(of: request, isForeign: isForeign), body: request.body,
      userAgent: route.userAgent(userAgent, isForeign: isForeign), maximumBytes: max(request.maximumBytes, 0),
      timeLimit: timeLimit,
      stallLimit: CurlOrder.stallLimit(within: timeLimit), proxy: proxy,
      allowsPrivateAddresses: route.place.root != nil && !isForeign, permitted: permitted,
      needsOwnConnection: isForeign || route.place.isStrange(request), authorities: authorities)
    let outcome = await engine.perform(order)
    let receivedAt = clock.now
    let result = outcome.result.map { content in
      Answer(status: content.status, headers: content.headers, body: content.body, receivedAt: receivedAt)
    }
    return Asked(
      url: address.text, startedAt: startedAt, elapsed: stopwatch.now - started, wireBytes: outcome.wireBytes,
      result: result.map { Redaction.removing(secrets, from: $0) }, secrets: secrets)
  }
}
