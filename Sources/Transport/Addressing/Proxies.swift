#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The proxies that the environment asks for, read once and then set explicitly.
///
/// `https_proxy`, `http_proxy` (lower-case only: a web server may have set `HTTP_PROXY` from a request header) and
/// `all_proxy`, less what `no_proxy` names: `*`, hosts, and domains with everything below them. A provider on this
/// machine is always asked directly.
package struct Proxies: Sendable {
  private let http: String?
  private let https: String?
  private let exempt: [String]

  /// - Parameter environment: the value of a variable, `nil` where it is not set.
  package init(_ environment: (String) -> String?) {
    func first(of names: String...) -> String? {
      names.lazy.compactMap(environment).first { !$0.isEmpty }
    }
    let all = first(of: "all_proxy", "ALL_PROXY")
    http = first(of: "http_proxy") ?? all
    https = first(of: "https_proxy", "HTTPS_PROXY") ?? all
    exempt = (first(of: "no_proxy", "NO_PROXY") ?? "").split { $0 == "," || $0 == " " }.map { entry in
      let name = entry.lowercased()
      return name.hasPrefix(".") ? String(name.dropFirst()) : name
    }
  }

  /// No proxy for anything.
  package static let none = Proxies { _ in nil }

  /// What the process's environment says.
  package static var ofEnvironment: Proxies {
    Proxies { getenv($0).map { String(cString: $0) } }
  }

  /// The proxy through which to ask an address; `nil` for a direct connection.
  func proxy(for address: WebAddress) -> String? {
    if address.isLoopback || exempt.contains(where: { exempts($0, address.host) }) { return nil }
    return address.scheme == "https" ? https : http
  }

  /// User and password in the address of a proxy, as `Proxy-Authorization` carries them: together, and the password alone.
  static func secrets(in proxy: String?) -> [Secret] {
    guard let proxy else { return [] }
    let start = proxy.firstRange(of: "://")?.upperBound ?? proxy.startIndex
    let authority = proxy[start...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return [] }
    let parts = authority[..<at].split(separator: ":", maxSplits: 1).map { String($0).percentDecoded ?? String($0) }
    // What could not stand in a header could not have been sent.
    return ([parts.joined(separator: ":")] + parts.dropFirst()).compactMap { try? Secret($0) }
  }

  private func exempts(_ entry: String, _ host: String) -> Bool {
    entry == "*" || host == entry || host.hasSuffix(".\(entry)")
  }
}
