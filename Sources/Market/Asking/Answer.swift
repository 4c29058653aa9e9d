/// What came back for a request: status, the headers that matter, and the body with its transfer and content coding
/// taken off.
package struct Answer: Hashable, Sendable {
  package let status: Int
  /// Names in lower case, in the order received; only those in `keptHeaders`.
  package let headers: [HeaderField]
  package let body: [UInt8]
  /// When the answer was complete.
  package let receivedAt: Instant

  /// Headers worth keeping with an answer: its kind, its age, its validators, what it says about limits.
  package static let keptHeaders: Set<String> = [
    "content-type", "content-encoding", "date", "last-modified", "etag", "cache-control", "age", "retry-after",
    "x-mbx-used-weight-1m", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "location", "server",
  ]

  package init(status: Int, headers: [HeaderField], body: [UInt8], receivedAt: Instant) {
    self.status = status
    self.headers = headers
    self.body = body
    self.receivedAt = receivedAt
  }

  /// The value of the first header of this name, whatever its case; `nil` where there is none.
  package func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}
