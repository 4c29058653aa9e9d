#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An IPv4 or IPv6 address, and whether it leads out of this network.
struct IPAddress: Hashable, Sendable {
  /// In network order; 4 or 16.
  let bytes: [UInt8]

  /// `nil` unless there are 4 or 16 bytes.
  init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads `127.0.0.1` or `::1`.
  init?(_ text: String) {
    var four = [UInt8](repeating: 0, count: 4)
    var sixteen = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = four
    } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
      bytes = sixteen
    } else {
      return nil
    }
  }

  /// The IPv4 address inside an IPv6 one: mapped (`::ffff:…`), compatible (`::…`), NAT64 (`64:ff9b::…`) or 6to4.
  private var embedded: IPAddress? {
    guard bytes.count == 16 else { return nil }
    let zeros = [UInt8](repeating: 0, count: 10)
    if bytes.starts(with: zeros + [0xFF, 0xFF]) { return IPAddress(bytes: Array(bytes[12...])) }
    if bytes.starts(with: zeros + [0, 0]), bytes[12] != 0 { return IPAddress(bytes: Array(bytes[12...])) }
    if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
      return IPAddress(bytes: Array(bytes[12...]))
    }
    if bytes.starts(with: [0x20, 0x02]) { return IPAddress(bytes: Array(bytes[2..<6])) }
    return nil
  }

  var isLoopback: Bool {
    if let embedded { return embedded.isLoopback }
    return bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
  }

  /// Whether it leads to the open internet: not this machine, a private, shared or link-local network, or a group.
  ///
  /// 198.18.0.0/15, set apart for benchmarks, counts as public: local proxies answer for any name from that range.
  var isPublic: Bool {
    if let embedded { return embedded.isPublic }
    return bytes.count == 4 ? isPublicIPv4 : isPublicIPv6
  }

  private var isPublicIPv4: Bool {
    switch (bytes[0], bytes[1]) {
    case (0, _), (10, _), (127, _), (224..., _): false
    case (100, 64...127), (169, 254), (172, 16...31), (192, 168): false
    case (192, 0): bytes[2] != 0
    default: true
    }
  }

  private var isPublicIPv6: Bool {
    // Only 2000::/3 is given out as global unicast; `::`, `::1`, fc00::/7, fe80::/10 and ff00::/8 all lie outside.
    bytes[0] & 0xE0 == 0x20
  }
}

extension IPAddress: CustomStringConvertible {
  var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "\(bytes)" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
