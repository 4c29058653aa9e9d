/// One question to a provider, without secrets: it can be stored and shown as it is.
package struct Request: Hashable, Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package let provider: ProviderName
  package let method: Method
  /// The server to ask; `nil` for the provider's own, at its base address.
  package let host: RequestHost?
  /// Begins with a slash, and without a `host` with a single one; follows the base address, or the host.
  package let path: String
  /// In order, not yet percent-encoded.
  package let query: [QueryItem]
  package let headers: [HeaderField]
  /// What is posted; its kind is told by a `content-type` among the headers.
  package let body: [UInt8]
  /// Whether sending it twice does no more than sending it once. A GET is taken to be so in any case; a POST that is not is
  /// sent again only where the first one is known to have had no effect.
  package let isIdempotent: Bool
  /// How much of the provider's quota it uses.
  package let weight: Int
  /// An answer longer than this, decoded, is cut off and counts as too large.
  package let maximumBytes: Int
  /// Seconds it may take in all, connecting included. The provider's patience may end it sooner.
  package let timeLimit: Int

  /// The longest body that is sent, in bytes.
  package static let longestBody = 8 << 20

  package init(
    provider: ProviderName, method: Method = .get, host: RequestHost? = nil, path: String, query: [QueryItem] = [],
    headers: [HeaderField] = [], body: [UInt8] = [], isIdempotent: Bool = false, weight: Int = 1,
    maximumBytes: Int = 32 << 20, timeLimit: Int = 60
  ) {
    self.provider = provider
    self.method = method
    self.host = host
    self.path = host == nil ? Request.singleSlashed(path) : path
    self.query = query
    self.headers = headers
    self.body = body
    self.isIdempotent = isIdempotent
    self.weight = weight
    self.maximumBytes = maximumBytes
    self.timeLimit = timeLimit
  }

  /// A POST of a body of this kind, such as `application/json`.
  package static func post(
    _ body: [UInt8], contentType: String, to provider: ProviderName, path: String, isIdempotent: Bool = false,
    timeLimit: Int = 60
  ) -> Request {
    Request(
      provider: provider, method: .post, path: path, headers: [HeaderField("content-type", contentType)], body: body,
      isIdempotent: isIdempotent, timeLimit: timeLimit)
  }

  /// Two slashes at the start of a stored target announce a host.
  private static func singleSlashed(_ path: String) -> String {
    let slashes = path.utf8.prefix { $0 == UInt8(ascii: "/") }.count
    return slashes < 2 ? path : String(decoding: path.utf8.dropFirst(slashes - 1), as: UTF8.self)
  }

  /// The value of the first query item of that name.
  package func queryValue(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }

  /// The same request with further headers, such as `If-None-Match`.
  package func adding(_ more: [HeaderField]) -> Request {
    Request(
      provider: provider, method: method, host: host, path: path, query: query, headers: headers + more, body: body,
      isIdempotent: isIdempotent, weight: weight, maximumBytes: maximumBytes, timeLimit: timeLimit)
  }

  /// The same request with at most so many seconds to be answered.
  package func limited(toSeconds seconds: Int) -> Request {
    Request(
      provider: provider, method: method, host: host, path: path, query: query, headers: headers, body: body,
      isIdempotent: isIdempotent, weight: weight, maximumBytes: maximumBytes, timeLimit: min(timeLimit, seconds))
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
