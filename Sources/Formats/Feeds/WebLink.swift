/// Addresses of pages as feeds write them, made whole.
package enum WebLink {
  /// Bytes of an address that is believed.
  package static let longest = 2048

  /// An `http` or `https` address: `text` as it stands, or completed by where it was found (RFC 3986, section 5.2).
  /// Characters that no address has are percent-encoded, line breaks taken out.
  ///
  /// `nil` for other schemes (`javascript:`, `data:`), for one with a user in it, for nothing, and for what is too long.
  package static func resolved(_ text: String, against base: String) -> String? {
    guard let link = cleaned(text), link.utf8.count <= longest else { return nil }
    if let scheme = scheme(of: link) {
      guard scheme == "http" || scheme == "https", let place = Parts(link) else { return nil }
      return place.address
    }
    guard let place = Parts(base) else { return nil }
    if link.hasPrefix("//") { return Parts("\(place.scheme):\(link)")?.address }
    if link.hasPrefix("/") { return place.with(path: withoutDots(link)) }
    if link.isEmpty || link.hasPrefix("#") { return nil }
    if link.hasPrefix("?") { return place.with(path: place.path + link) }
    let folder = place.path.lastIndex(of: "/").map { place.path[...$0] } ?? "/"
    return place.with(path: withoutDots(folder + link))
  }

  /// An address in its parts.
  struct Parts {
    let scheme: String
    let authority: String
    /// From the slash on, without query and fragment; at least the slash.
    let path: String
    /// With its question mark or number sign; empty where there is none.
    let rest: String

    init?(_ address: String) {
      guard let colon = address.firstIndex(of: ":") else { return nil }
      scheme = address[..<colon].lowercased()
      let behind = address[address.index(after: colon)...]
      guard scheme == "http" || scheme == "https", behind.hasPrefix("//") else { return nil }
      let body = behind.dropFirst(2)
      let end = body.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? body.endIndex
      authority = body[..<end].lowercased()
      guard !authority.isEmpty, !authority.contains("@"), !authority.contains("%") else { return nil }
      let tail = body[end...]
      let pathEnd = tail.firstIndex { $0 == "?" || $0 == "#" } ?? tail.endIndex
      path = pathEnd == tail.startIndex ? "/" : String(tail[..<pathEnd])
      rest = String(tail[pathEnd...])
    }

    var address: String { "\(scheme)://\(authority)\(path)\(rest)" }

    func with(path: String) -> String { "\(scheme)://\(authority)\(path)" }
  }

  private static func scheme(of link: String) -> String? {
    guard let end = link.utf8.firstIndex(where: { [0x3A, 0x2F, 0x3F, 0x23].contains($0) }),
      link.utf8[end] == UInt8(ascii: ":")
    else { return nil }
    return link[..<end].lowercased()
  }

  private static func cleaned(_ text: String) -> String? {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
    guard !bytes.isEmpty, bytes.count <= longest else { return nil }
    let hex = Array("0123456789ABCDEF".utf8)
    var clean: [UInt8] = []
    for byte in bytes where byte != 0x09 && byte != 0x0A && byte != 0x0D {
      switch byte {
      case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: clean.append(byte)
      default: clean += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: clean, as: UTF8.self)
  }

  /// RFC 3986, section 5.2.4; what follows a question mark is no path.
  private static func withoutDots(_ path: String) -> String {
    let end = path.firstIndex { $0 == "?" || $0 == "#" } ?? path.endIndex
    var kept: [Substring] = []
    let segments = path[..<end].dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/") + path[end...]
  }
}
