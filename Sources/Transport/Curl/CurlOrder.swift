import Market

/// All that the network thread needs to know for one transfer.
struct CurlOrder: Sendable {
  let method: Request.Method
  let address: WebAddress
  /// Checked: no control characters; the key is among them.
  let headers: [HeaderField]
  let body: [UInt8]
  let userAgent: String
  /// Decoded bytes.
  let maximumBytes: Int
  let timeLimit: Duration
  /// An answer that brings nothing for so long is given up. Whole seconds, at least one.
  let stallLimit: Duration
  /// `nil` for a direct connection, whatever the environment says.
  let proxy: String?
  /// Whether the connection may lead into this machine or a private network.
  let allowsPrivateAddresses: Bool
  /// Addresses that count as public whatever they are; empty but in tests.
  var permitted: Set<IPAddress> = []
  /// Whether a connection of its own is made, which goes past the check of its address; one that is open may have been
  /// made for somebody who may go where this one must not.
  var needsOwnConnection = false
  /// A PEM file of trusted authorities; `nil` for the system's.
  var authorities: String?

  /// For the connection alone, name and handshake included.
  static let connectLimit = Duration.seconds(10)
  /// Status lines and headers of one answer.
  static let maximumHeaderBytes = 64 << 10

  /// The usual `stallLimit`. Some providers think for 40 seconds before they begin, and who allows minutes in all
  /// expects to wait.
  static func stallLimit(within timeLimit: Duration) -> Duration { max(.seconds(45), timeLimit / 2) }
}

/// What came of a transfer.
struct CurlOutcome: Sendable {
  /// The answer's instant is not known on the network thread.
  struct Content: Sendable {
    let status: Int
    let headers: [HeaderField]
    let body: [UInt8]
  }

  let result: Result<Content, CurlFailure>
  /// Headers and body as they came over the wire, before decoding.
  let wireBytes: Int

  /// Nothing was sent, and nothing will be.
  static let neverBegun = CurlOutcome(result: .failure(CurlFailure(.cancelled, stage: .connecting)), wireBytes: 0)

  static let cancelled = CurlOutcome(result: .failure(CurlFailure(.cancelled, stage: .waiting)), wireBytes: 0)

  /// This machine has no memory or no thread left.
  static let unavailable = CurlOutcome(
    result: .failure(CurlFailure(.unreachable("out of memory for another request"), stage: .connecting)), wireBytes: 0)
}
