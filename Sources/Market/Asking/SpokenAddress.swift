/// Parts of an address of the web, as people say them.
package enum SpokenAddress {
  /// `coindesk.com/feed` of `https://www.coindesk.com/feed`
  package static func of(_ address: String) -> String {
    let rest = address.firstRange(of: "//").map { address[$0.upperBound...] } ?? address[...]
    return String(rest.hasPrefix("www.") ? rest.dropFirst(4) : rest)
  }

  /// `coindesk.com` of `https://www.coindesk.com/feed`
  package static func host(of address: String) -> String { String(of(address).prefix { $0 != "/" && $0 != "?" }) }
}
