/// One question to a provider, without secrets: it can be stored and shown as it is.
package struct Request: Hashable, Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package let provider: ProviderName
  package let method: Method
  /// Begins with a slash; follows the provider's base address.
  package let path: String
  /// In order, not yet percent-encoded.
  package let query: [QueryItem]
  package let headers: [HeaderField]
  package let body: [UInt8]
  /// How much of the provider's quota it uses.
  package let weight: Int
  /// An answer longer than this, decoded, is cut off and counts as too large.
  package let maximumBytes: Int
  /// Seconds it may take in all, connecting included.
  package let timeLimit: Int

  package init(
    provider: ProviderName, method: Method = .get, path: String, query: [QueryItem] = [], headers: [HeaderField] = [],
    body: [UInt8] = [], weight: Int = 1, maximumBytes: Int = 32 << 20, timeLimit: Int = 60
  ) {
    self.provider = provider
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.weight = weight
    self.maximumBytes = maximumBytes
    self.timeLimit = timeLimit
  }

  /// The value of the first query item of that name.
  package func queryValue(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }

  /// The same request with further headers, such as `If-None-Match`.
  package func adding(_ more: [HeaderField]) -> Request {
    Request(
      provider: provider, method: method, path: path, query: query, headers: headers + more, body: body,
      weight: weight, maximumBytes: maximumBytes, timeLimit: timeLimit)
  }

  /// Path and encoded query: `/api/v3/klines?symbol=BTCUSDT&interval=1h`.
  package var target: String {
    query.isEmpty
      ? path : path + "?" + query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
  }
}

/// One name and its value in the query of an address.
package struct QueryItem: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// One header of a request or of an answer.
package struct HeaderField: Hashable, Sendable {
  /// Lower-case.
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name.lowercased()
    self.value = value
  }
}

extension String {
  /// Percent-encoded by RFC 3986: all but the unreserved characters, and the comma and colon that providers show in
  /// their own addresses.
  package var percentEncoded: String {
    let hex = Array("0123456789ABCDEF")
    var encoded = ""
    for byte in utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
        UInt8(ascii: ","), UInt8(ascii: ":"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      }
    }
    return encoded
  }
}
