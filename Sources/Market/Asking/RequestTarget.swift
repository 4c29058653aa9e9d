extension Request {
  /// The request that a stored target stands for; the reverse of `target`. `nil` when the text is no target.
  package init?(provider: ProviderName, method: Method, target: String, body: [UInt8]) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, path.utf8.first == UInt8(ascii: "/") else { return nil }
    var query: [QueryItem] = []
    if parts.count == 2 {
      for pair in parts[1].split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = String(sides[0]).percentDecoded,
          let value = String(sides.count == 2 ? sides[1] : "").percentDecoded
        else { return nil }
        query.append(QueryItem(name, value))
      }
    }
    self.init(provider: provider, method: method, path: String(path), query: query, body: body)
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
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
