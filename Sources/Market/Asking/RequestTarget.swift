extension Request {
  /// What is asked for, as it is stored: path and encoded query behind the host, if the request names one.
  ///
  /// `/api/v3/klines?symbol=BTCUSDT` at the provider's base address, `//feeds.example.com/rss?s=SPY` at another server,
  /// `http://feeds.example.com/rss` at one that is asked by plain HTTP.
  package var target: String { (host?.written ?? "") + pathAndQuery }

  /// Path and encoded query: `/api/v3/klines?symbol=BTCUSDT&interval=1h`.
  package var pathAndQuery: String {
    query.isEmpty
      ? path : path + "?" + query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
  }

  /// The request that a stored target stands for; the reverse of `target`. `nil` when the text is no target.
  ///
  /// The target of the result is the text again, unless it is one that only other programs write.
  package init?(provider: ProviderName, method: Method, target: String, body: [UInt8]) {
    guard let place = TargetPlace(target) else { return nil }
    let items = QueryItem.items(in: place.query)
    if let host = place.host {
      let request = items.map {
        Request(provider: provider, method: method, host: host, path: place.path, query: $0, body: body)
      }
      // Addresses that people add have spellings of their own, which must not change on the way.
      let isExact = request?.pathAndQuery == place.pathAndQuery
      self.init(
        provider: provider, method: method, host: host, path: isExact ? place.path : place.pathAndQuery,
        query: isExact ? items ?? [] : [], body: body)
    } else {
      guard let items else { return nil }
      self.init(provider: provider, method: method, path: place.path, query: items, body: body)
    }
  }

  /// A question for what lies at an address that somebody wrote down: `https://feeds.example.com/rss?s=SPY`. The part
  /// behind `#` is left out; the rest is asked for just as it stands.
  ///
  /// `nil` for what is no `http` or `https` address, or one with a user, a password, or characters that no address has.
  package init?(provider: ProviderName, address: String, headers: [HeaderField] = [], maximumBytes: Int = 32 << 20) {
    let text = address.utf8.prefix { $0 != UInt8(ascii: "#") }
    guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
      let colon = text.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let scheme = String(decoding: text[..<colon], as: UTF8.self).lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = String(decoding: text[text.index(after: colon)...], as: UTF8.self)
    guard rest.utf8.starts(with: "//".utf8),
      let place = TargetPlace((scheme == "http" ? "http:" : "") + rest),
      let read = Request(provider: provider, method: .get, target: place.target, body: [])
    else { return nil }
    self.init(
      provider: provider, host: read.host, path: read.path, query: read.query, headers: headers,
      maximumBytes: maximumBytes)
  }
}

/// A stored target taken apart.
private struct TargetPlace {
  let host: RequestHost?
  /// Begins with a slash.
  let path: String
  /// Without the question mark; `nil` where there is none.
  let query: String?

  init?(_ target: String) {
    var rest = target.utf8[...]
    let isPlain = rest.starts(with: "http://".utf8)
    if isPlain { rest = rest.dropFirst(5) }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
      guard let host = RequestHost(String(decoding: rest[..<end], as: UTF8.self), isPlain: isPlain) else { return nil }
      self.host = host
      rest = rest[end...]
    } else {
      host = nil
      guard rest.first == UInt8(ascii: "/") else { return nil }
    }
    let mark = rest.firstIndex(of: UInt8(ascii: "?"))
    let start = String(decoding: rest[..<(mark ?? rest.endIndex)], as: UTF8.self)
    path = start.isEmpty ? "/" : start
    query = mark.map { String(decoding: rest[rest.index(after: $0)...], as: UTF8.self) }
  }

  var pathAndQuery: String { path + (query.map { "?\($0)" } ?? "") }

  var target: String { (host?.written ?? "") + pathAndQuery }
}

extension QueryItem {
  /// The items of an encoded query; `nil` where it is wrongly encoded.
  fileprivate static func items(in query: String?) -> [QueryItem]? {
    guard let query else { return [] }
    var items: [QueryItem] = []
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
      let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = String(decoding: sides[0], as: UTF8.self).percentDecoded,
        let value = String(decoding: sides.count == 2 ? Array(sides[1]) : [], as: UTF8.self).percentDecoded
      else { return nil }
      items.append(QueryItem(name, value))
    }
    return items
  }
}

extension String {
  /// `nil` for a per cent sign without two hexadecimal digits, and for bytes that are not UTF-8.
  package var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      // A sign is no digit, though the reader of numbers takes it.
      guard digits.count == 2, digits.allSatisfy({ $0 >= 0x30 }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
