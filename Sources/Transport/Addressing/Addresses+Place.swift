import Market

extension Addresses {
  /// Where one provider is asked, whichever server a request names.
  struct Place: Hashable, Sendable {
    /// Scheme, host, port and path prefix, without a slash at the end; `nil` where every request names its host.
    let base: String?
    /// Where a setting moved it to: only then may it lie in a private network.
    let root: WebAddress?
    private let own: WebAddress?
    private let hosts: AllowedHosts
    /// Where it was moved to, with its folder, and without the path prefix of its own address.
    private let movedBase: String

    /// A provider at its own address.
    init(own: WebAddress?, hosts: AllowedHosts) {
      self.own = own
      self.hosts = hosts
      base = own?.base
      root = nil
      movedBase = ""
    }

    /// A provider that a setting moved to `root`, there under `folder`.
    init(own: WebAddress?, hosts: AllowedHosts, movedTo root: WebAddress, folder: String) {
      self.own = own
      self.hosts = hosts
      self.root = root
      movedBase = root.base + folder
      base = movedBase + (own?.prefix ?? "")
    }

    /// The address of a request; `nil` where none is known, or where the request names a host that its provider has not.
    ///
    /// Of a provider that was moved, all hosts with a name are at the one place to which it was moved; where every public
    /// host may be named, each has a folder there.
    func address(of request: Request) -> WebAddress? {
      guard let host = request.host else { return base.flatMap { WebAddress($0 + request.pathAndQuery) } }
      guard hosts.includes(host) || host.origin == own?.origin else { return nil }
      guard root != nil else { return WebAddress(host.origin + request.pathAndQuery) }
      return WebAddress(movedBase + (hosts == .anyPublic ? "/" + host.name : "") + request.pathAndQuery)
    }

    /// Whether a request names a server that nobody but a feed or its user has chosen.
    func isStrange(_ request: Request) -> Bool { request.host != nil && hosts == .anyPublic && root == nil }

    /// Whether redirects may leave the server: a provider that was moved is not asked anywhere else.
    var isLeft: Bool { root == nil || hosts == .anyPublic }

    /// Where a redirect to another server leads: there, or to its folder where the provider was moved to.
    func moved(_ target: WebAddress) -> WebAddress? {
      guard root != nil else { return target }
      return WebAddress(movedBase + "/" + target.authority + target.path + (target.query.map { "?\($0)" } ?? ""))
    }
  }
}

extension WebAddress {
  /// The path without a slash at its end; empty for the root.
  fileprivate var prefix: String {
    var prefix = path[...]
    while prefix.hasSuffix("/") { prefix.removeLast() }
    return String(prefix)
  }

  fileprivate var base: String { origin + prefix }
}
