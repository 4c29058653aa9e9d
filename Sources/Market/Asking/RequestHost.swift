/// A server that a request names itself, in place of the one at which its provider is usually asked.
package struct RequestHost: Hashable, Sendable {
  /// Lower-case, with the port where it is not the usual one: `feeds.example.com`, `example.com:8080`, `[2001:db8::1]`.
  package let name: String
  /// Whether it is asked by plain HTTP, without TLS.
  package let isPlain: Bool

  /// Takes a host and, behind a colon, a port.
  ///
  /// `nil` for what could be taken for something else: an empty label, a dot at the end, characters outside of ASCII (write
  /// such names in their `xn--` form), a user or a password.
  package init?(_ text: some StringProtocol, isPlain: Bool = false) {
    let bytes = Array(text.utf8)
    guard let end = RequestHost.endOfHost(bytes) else { return nil }
    let host = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
    if end == bytes.count {
      name = host
    } else {
      let digits = bytes[(end + 1)...]
      guard bytes[end] == UInt8(ascii: ":"), digits.allSatisfy({ (48...57).contains($0) }),
        let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port)
      else { return nil }
      name = port == (isPlain ? 80 : 443) ? host : "\(host):\(port)"
    }
    self.isPlain = isPlain
  }

  /// Reads what `written` gives: `//feeds.example.com`, `http://feeds.example.com`.
  package init?(written text: String) {
    let isPlain = text.utf8.starts(with: "http://".utf8)
    guard isPlain || text.utf8.starts(with: "//".utf8) else { return nil }
    self.init(String(decoding: text.utf8.dropFirst(isPlain ? 7 : 2), as: UTF8.self), isPlain: isPlain)
  }

  /// As it stands in targets and captures, where TLS goes without saying.
  package var written: String { (isPlain ? "http://" : "//") + name }

  /// Scheme, host and port: `https://feeds.example.com`.
  package var origin: String { (isPlain ? "http://" : "https://") + name }

  /// Where the host ends and the colon of a port may stand; `nil` when there is no proper host.
  private static func endOfHost(_ bytes: [UInt8]) -> Int? {
    if bytes.first == UInt8(ascii: "[") {
      guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let inside = bytes[1..<close]
      return inside.count >= 2 && inside.allSatisfy(isInIPv6) ? close + 1 : nil
    }
    let host = bytes.prefix { $0 != UInt8(ascii: ":") }
    guard (1...253).contains(host.count), host.allSatisfy(isInName),
      host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
    else { return nil }
    return host.count
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isInIPv6(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...70, 97...102, UInt8(ascii: ":"), UInt8(ascii: "."): true
    default: false
    }
  }
}

extension RequestHost: CustomStringConvertible {
  package var description: String { origin }
}

/// The servers at which a provider may be asked besides its own.
package enum AllowedHosts: Hashable, Sendable {
  /// None.
  case own
  /// Those with these names, by TLS and at its usual port: `query2.finance.yahoo.com`. They are servers of the same
  /// provider: they share its ration and its moods, its key is sent to each of them, and a provider that was moved is
  /// asked for all of them at the one place to which it was moved.
  case named(Set<String>)
  /// Every server in the open internet, as for feeds that people add. Each has moods of its own. A provider that was moved
  /// is asked at `<where it was moved>/<host>/<path>`.
  case anyPublic

  /// Whether a request may name this host.
  package func includes(_ host: RequestHost) -> Bool {
    switch self {
    case .own: false
    case .named(let names): !host.isPlain && names.contains(host.name)
    case .anyPublic: true
    }
  }
}
