import Market

/// All that is known about how to ask one provider.
struct Route: Sendable {
  let profile: ProviderProfile
  let place: Addresses.Place
  let key: Secret?
  let gate: PolitenessGate

  /// Headers that may go along to a server to which a redirect led.
  private static let harmless: Set<String> = [
    "accept", "accept-language", "user-agent", "if-none-match", "if-modified-since",
  ]

  /// Why a request cannot be sent at all, whatever its provider would say; `nil` when it can.
  ///
  /// - Parameter permitted: addresses that count as public all the same.
  func objection(to request: Request, at address: WebAddress, permitting permitted: Set<IPAddress>) -> TransportError? {
    if key == nil, let credential = profile.credential, credential.isRequired {
      return .keyMissing(setting: credential.setting)
    }
    if let name = request.headers.first(where: { !$0.isWellFormed })?.name {
      return .insecure("the header '\(name)' of the request holds a character that could split it")
    }
    if request.body.count > Request.longestBody {
      return .unsendable("its body of \(request.body.count) bytes is longer than \(Request.longestBody)")
    }
    if let key, Redaction.finds(key, in: request.body) {
      return .unsendable("what would be sent holds the key itself")
    }
    if request.method == .get, !request.body.isEmpty { return .unsendable("a GET has no body") }
    if place.isStrange(request), address.leadsInside(permitting: permitted) {
      return .insecure("\(address.host) leads into a private network")
    }
    return nil
  }

  /// The headers to send to an address.
  ///
  /// - Parameter isForeign: whether a redirect led there from another server.
  func headers(of request: Request, isForeign: Bool) -> [HeaderField] {
    if isForeign { return request.headers.filter { Route.harmless.contains($0.name) } }
    guard let key, case .header(let name, let prefix) = profile.credential?.carrier else { return request.headers }
    let carrier = HeaderField(name, prefix + key.revealed)
    return request.headers.filter { $0.name != carrier.name } + [carrier]
  }

  /// Who asks, as the provider wants to be told.
  ///
  /// - Parameters:
  ///   - program: `appliance/0.1.0`
  ///   - isForeign: whether a redirect led there from another server.
  func userAgent(_ program: String, isForeign: Bool) -> String {
    let name = profile.userAgent(program)
    guard let key, !isForeign, profile.credential?.carrier == .userAgent else { return name }
    return "\(name) \(key.revealed)"
  }

  /// The address as it is sent, with the key where the provider takes it there. Never to be shown.
  func keyed(_ address: WebAddress) -> WebAddress {
    guard let key, case .query(let name) = profile.credential?.carrier else { return address }
    return address.adding(queryItem: name, key.revealed)
  }

  /// The address as it may be recorded: a provider may put the key that it was sent into an address of its own.
  func unkeyed(_ address: WebAddress) -> WebAddress {
    guard case .query(let name) = profile.credential?.carrier else { return address }
    return address.removing(queryItem: name)
  }

  /// Where redirects of an answer to this request may lead.
  ///
  /// - Parameter permitted: addresses that count as public all the same.
  func leave(of request: Request, permitting permitted: Set<IPAddress>) -> Redirect.Leave {
    let isFree = key == nil && request.method == .get && request.body.isEmpty
    return profile.redirects == .toPublicServers && isFree && place.isLeft ? .toPublic(permitting: permitted) : .never
  }
}

extension HeaderField {
  /// Whether it stays one header when it is sent.
  fileprivate var isWellFormed: Bool {
    let isToken = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
    return isToken && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
