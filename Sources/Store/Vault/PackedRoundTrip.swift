import Crypto
import Formats
import Market
import SQLite

/// An exchange that is ready for the vault: its bodies hashed and compressed, which is work that needs no file.
package struct PackedRoundTrip: Sendable {
  /// The exchange as it was made, with all its attempts.
  package let roundTrip: RoundTrip
  /// One for each attempt; `nil` where it brought no answer.
  let bodies: [PackedBody?]
  /// What was sent with the request; `nil` for nothing.
  let request: PackedBody?

  /// Throws `StoreError` when a body cannot be compressed.
  package init(_ roundTrip: RoundTrip) throws(StoreError) {
    self.roundTrip = roundTrip
    bodies = try roundTrip.attempts.map { attempt throws(StoreError) in try PackedBody(of: attempt) }
    request = roundTrip.request.body.isEmpty ? nil : try PackedBody(roundTrip.request.body, redacted: false)
  }
}

/// The bytes of an answer, or of what was sent, as the vault holds them.
struct PackedBody: Sendable {
  let hash: [UInt8]
  let size: Int
  let redacted: Bool
  let encoding: String
  let content: [UInt8]

  init?(of attempt: Attempt) throws(StoreError) {
    guard case .success(let answer) = attempt.result else { return nil }
    try self.init(answer.body, redacted: answer.header("x-appliance-redacted") != nil)
  }

  static func hash(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  init(_ bytes: [UInt8], redacted: Bool) throws(StoreError) {
    try self.init(bytes, hash: PackedBody.hash(of: bytes), redacted: redacted)
  }

  init(_ bytes: [UInt8], hash: [UInt8], redacted: Bool) throws(StoreError) {
    self.hash = hash
    size = bytes.count
    self.redacted = redacted
    let compressed: [UInt8]
    do {
      // Real klines come out smaller than at level 3, at twice the speed; pages of markup a few per cent larger.
      compressed = try Zstd.compress(bytes, level: 1)
    } catch {
      throw .sqlite(code: 1, message: "compressing \(bytes.count) bytes: \(error)")
    }
    (encoding, content) = compressed.count < bytes.count ? ("zstd", compressed) : ("identity", bytes)
  }
}
