import Crypto

/// Bytes as they are kept: hashed, and compressed where that makes them shorter.
package struct PackedBody: Sendable {
  /// SHA-256 of the bytes as they came.
  package let hash: [UInt8]
  /// How many they are as they came.
  package let size: Int
  /// Whether a secret was taken out of them.
  package let redacted: Bool
  /// How `content` holds them: `zstd` or `identity`.
  package let encoding: String
  /// The bytes as they are kept.
  package let content: [UInt8]

  /// SHA-256.
  package static func hash(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// - Parameter hash: of the bytes, where it is known.
  /// - Throws: what compressing throws.
  package init(_ bytes: [UInt8], hash: [UInt8]?, redacted: Bool) throws {
    self.hash = hash ?? PackedBody.hash(of: bytes)
    size = bytes.count
    self.redacted = redacted
    // Real klines come out smaller than at level 3, at twice the speed; pages of markup a few per cent larger.
    let compressed = try Zstd.compress(bytes, level: 1)
    (encoding, content) = compressed.count < bytes.count ? ("zstd", compressed) : ("identity", bytes)
  }
}
