import Market

extension WebLink {
  /// The one form of an address under which an article is known: redirectors that hold their target in `url=` unwrapped,
  /// fragment, usual port and what only tracks readers dropped. The rest stays as it is, order included.
  ///
  /// - Parameter link: as `resolved` gives it.
  package static func canonical(_ link: String) -> String {
    var link = link
    for _ in 0..<3 {
      guard let target = wrapped(in: link) else { break }
      link = target
    }
    guard let parts = Parts(link) else { return link }
    let items = items(of: parts).filter { !isTracking($0.name) }
    let query = items.map(\.text).joined(separator: "&")
    return "\(parts.scheme)://\(withoutUsualPort(parts))\(parts.path)\(query.isEmpty ? "" : "?\(query)")"
  }

  private static func withoutUsualPort(_ parts: Parts) -> String {
    let port = parts.scheme == "https" ? ":443" : ":80"
    return parts.authority.hasSuffix(port) ? String(parts.authority.dropLast(port.count)) : parts.authority
  }

  private static func items(of parts: Parts) -> [(name: String, value: String, text: Substring)] {
    guard parts.rest.hasPrefix("?") else { return [] }
    return parts.rest.dropFirst().prefix { $0 != "#" }.split(separator: "&").map { item in
      let sides = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(sides[0]), sides.count == 2 ? String(sides[1]) : "", item)
    }
  }

  private static func wrapped(in link: String) -> String? {
    guard let parts = Parts(link) else { return nil }
    return items(of: parts).lazy.filter { $0.name == "url" }
      .compactMap { $0.value.percentDecoded.flatMap { resolved($0, against: "") } }.first
  }

  private static func isTracking(_ name: String) -> Bool {
    name.lowercased().hasPrefix("utm_") || trackers.contains(name.lowercased())
  }

  private static let trackers: Set<String> = [
    "gclid", "fbclid", "ref", "src", ".tsrc", "tsrc", "guccounter", "cmpid", "mc_cid", "mc_eid",
  ]
}
