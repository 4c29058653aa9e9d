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
  /// The body beside which `content` tells only what differs; `nil` where it holds all.
  package let base: Base?

  /// A body that is kept, beside which another one can be told.
  package struct Base: Sendable {
    /// Its number in the vault.
    package let body: Int64
    /// On how many others it rests itself, one upon the other.
    package let depth: Int
    /// As they came.
    package let bytes: [UInt8]

    /// A body that is kept.
    package init(body: Int64, depth: Int, bytes: [UInt8]) {
      (self.body, self.depth, self.bytes) = (body, depth, bytes)
    }
  }

  /// On so many others a body rests at most: as many are read to read it. What stands at the end of so long a row costs a
  /// thirtieth of what the row saves.
  package static let deepest = 256

  /// The level at which what is kept for long is packed: beyond it each per cent costs ten times the time.
  private static let thorough = 12

  /// SHA-256.
  package static func hash(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// - Parameters:
  ///   - hash: of the bytes, where it is known.
  ///   - base: what they are told beside, where that is much shorter.
  /// - Throws: what compressing throws.
  package init(_ bytes: [UInt8], hash: [UInt8]?, redacted: Bool, beside base: Base? = nil) throws {
    self.hash = hash ?? PackedBody.hash(of: bytes)
    size = bytes.count
    self.redacted = redacted
    // Real klines come out smaller than at level 3, at three times the speed; pages of markup a few per cent larger.
    let whole = try Zstd.compress(bytes, level: 1)
    if let base, base.depth < PackedBody.deepest, !bytes.isEmpty,
      let beside = try ZstdPacker.pack(bytes, beside: base.bytes, level: PackedBody.thorough),
      beside.count < whole.count / 2
    {
      (encoding, content) = ("zstd", beside)
      self.base = base
      return
    }
    self.base = nil
    // Where a row of bodies begins anew, which is seldom, it may take its time.
    let compressed = base == nil ? whole : try Zstd.compress(bytes, level: PackedBody.thorough)
    (encoding, content) = compressed.count < bytes.count ? ("zstd", compressed) : ("identity", bytes)
  }
}

extension PackedBody {
  /// The bytes of a body that is told beside another one.
  ///
  /// A frame that says it comes to all of the body was packed beside the other one. One that says less, or nothing, was made by an
  /// earlier version: it holds a script of the pieces to copy.
  ///
  /// - Parameters:
  ///   - content: as it is kept.
  ///   - isPacked: whether it is a frame of zstd.
  ///   - size: what it comes to.
  /// - Throws: `ArchiveError` or `BodyDelta.Damage` where it comes to nothing of that size.
  package static func bytes(
    of content: [UInt8], isPacked: Bool, beside base: [UInt8], size: Int
  ) throws -> [UInt8] {
    if isPacked, ZstdUnpacker.size(of: content) == size {
      return try ZstdUnpacker.unpack(content, beside: base, size: size)
    }
    // What tells differences is shorter than what it comes to.
    let script = isPacked ? try Zstd.decompress(content, limit: size) : content
    return try BodyDelta.applied(script, to: base, limit: size)
  }
}
