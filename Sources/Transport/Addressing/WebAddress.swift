import CCurl

/// An `http` or `https` address taken apart by libcurl itself, so that what is checked is what is later asked.
struct WebAddress: Hashable, Sendable {
  /// Lower-case: `http` or `https`.
  let scheme: String
  /// Lower-case, without the brackets of an IPv6 address; odd spellings such as `0x7f.1` are resolved to `127.0.0.1`.
  let host: String
  let port: Int
  /// Begins with a slash.
  let path: String
  /// Without the question mark.
  let query: String?
  let hasUser: Bool
  let hasFragment: Bool

  /// `nil` for anything that is not an absolute `http` or `https` address with a host.
  init?(_ text: String) {
    self.init(text, relativeTo: nil)
  }

  /// The same place asked with another query, which is encoded already.
  private init(_ other: WebAddress, query: String?) {
    scheme = other.scheme
    host = other.host
    port = other.port
    path = other.path
    self.query = query
    hasUser = other.hasUser
    hasFragment = other.hasFragment
  }

  /// Reads the `Location` of an answer that came from `base`.
  init?(_ text: String, relativeTo base: WebAddress?) {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    if let base {
      guard curl_url_set(handle, CURLUPART_URL, base.text, 0) == CURLUE_OK else { return nil }
    }
    guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
    func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
      var value: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
      defer { curl_free(value) }
      return String(cString: value)
    }
    guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "http" || scheme == "https",
      let host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty,
      let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) })
    else { return nil }
    self.scheme = scheme
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
    path = part(CURLUPART_PATH) ?? "/"
    query = part(CURLUPART_QUERY)
    hasUser = part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
    hasFragment = part(CURLUPART_FRAGMENT) != nil
  }

  /// Scheme, host and, unless it is the scheme's own, port: `https://api.binance.com`.
  var origin: String { "\(scheme)://\(authority)" }

  /// Host and, unless it is the scheme's own, port.
  var authority: String {
    let shownHost = host.contains(":") ? "[\(host)]" : host
    let isUsualPort = port == (scheme == "https" ? 443 : 80)
    return shownHost + (isUsualPort ? "" : ":\(port)")
  }

  /// The whole address, without user, password and fragment.
  var text: String { origin + path + (query.map { "?\($0)" } ?? "") }

  /// Whether both are asked of the same server in the same way.
  func hasSameOrigin(as other: WebAddress) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// Whether the host is this machine, by its name or its number.
  var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") { return true }
    return IPAddress(host)?.isLoopback ?? false
  }

  /// Whether the host is a number, or a name of a kind, that does not lead out into the open internet. The connection's
  /// address is looked at besides, but not where a proxy makes the connection.
  ///
  /// - Parameter permitted: addresses that count as public all the same; with any, names do as well.
  func leadsInside(permitting permitted: Set<IPAddress>) -> Bool {
    if let number = IPAddress(host) { return !number.isPublic && !permitted.contains(number) }
    let isInnerName =
      !host.contains(".") || [".localhost", ".local", ".internal", ".home.arpa"].contains(where: host.hasSuffix)
    return isInnerName && permitted.isEmpty
  }

  /// The same address without the items of its query that have this name.
  func removing(queryItem name: String) -> WebAddress {
    guard let query else { return self }
    let items = query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
    let kept = items.map { String(decoding: $0, as: UTF8.self) }.filter {
      let itsName = String($0.prefix { $0 != "=" })
      return (itsName.percentDecoded ?? itsName) != name
    }
    return kept.count == items.count ? self : WebAddress(self, query: kept.isEmpty ? nil : kept.joined(separator: "&"))
  }

  /// The same address with this item, and no other of its name, in its query.
  func adding(queryItem name: String, _ value: String) -> WebAddress {
    let bare = removing(queryItem: name)
    let item = "\(name.percentEncoded)=\(value.percentEncoded)"
    return WebAddress(bare, query: bare.query.map { $0.isEmpty ? item : "\($0)&\(item)" } ?? item)
  }
}
