import Crypto

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The key of a payload, and how its chunks are encrypted with it.
///
/// Each chunk of 64 KiB is encrypted by itself with ChaCha20-Poly1305 (RFC 8439); its nonce is its number and whether it is
/// the last (the STREAM construction), so that none can be moved, left out or put behind the last. The last one may be
/// shorter, and is empty only where the whole payload is.
struct PayloadKey {
  /// Bytes before the payload that make its key unique.
  static let nonceSize = 16
  /// Of the plaintext.
  static let chunkSize = 64 << 10
  static let tagSize = 16
  static let encryptedChunkSize = chunkSize + tagSize

  private let key: SymmetricKey

  init(_ key: SymmetricKey) { self.key = key }

  /// A chunk and its tag. Throws only what a nonce and a key of the right length do not give.
  func encrypt(_ plain: [UInt8], number: UInt64, isLast: Bool) throws -> [UInt8] {
    let box = try ChaChaPoly.seal(plain, using: key, nonce: nonce(number, isLast))
    var encrypted: [UInt8] = []
    encrypted.reserveCapacity(plain.count + Self.tagSize)
    encrypted.append(contentsOf: box.ciphertext)
    encrypted.append(contentsOf: box.tag)
    return encrypted
  }

  /// The plaintext of a chunk with its tag; `nil` where it is not what was encrypted, or not in its place.
  func decrypt(_ chunk: UnsafeRawBufferPointer, number: UInt64, isLast: Bool) -> Data? {
    guard chunk.count >= Self.tagSize else { return nil }
    let text = UnsafeRawBufferPointer(rebasing: chunk.dropLast(Self.tagSize))
    let tag = UnsafeRawBufferPointer(rebasing: chunk.suffix(Self.tagSize))
    // Any failure means that the tag is another.
    guard let nonce = try? nonce(number, isLast),
      let box = try? ChaChaPoly.SealedBox(nonce: nonce, ciphertext: text, tag: tag)
    else { return nil }
    return try? ChaChaPoly.open(box, using: key)
  }

  /// Eleven bytes of the number, big-endian, and one that is 1 in the last chunk.
  private func nonce(_ number: UInt64, _ isLast: Bool) throws -> ChaChaPoly.Nonce {
    let digits = (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    return try ChaChaPoly.Nonce(data: [0, 0, 0] + digits + [isLast ? 1 : 0])
  }
}
