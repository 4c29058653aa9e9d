import Crypto
import _CryptoExtras

/// What it costs to try one passphrase, for its owner as for anybody else (RFC 7914).
package struct EncryptionCost: Hashable, Sendable {
  /// The binary logarithm of N.
  let logN: UInt8
  let r: UInt8
  let p: UInt8

  /// N 2¹⁵, r 8, p 3: 32 MiB and a fraction of a second. As strong as N 2¹⁷, p 1 by OWASP's table, in a quarter of the
  /// memory.
  package static let usual = EncryptionCost(logN: 15, r: 8, p: 3)
  /// For tests.
  package static let least = EncryptionCost(logN: 4, r: 8, p: 1)

  /// At most 256 MiB: a header that was altered must not take the machine's memory.
  var isBearable: Bool {
    (1...20).contains(logN) && (1...32).contains(r) && (1...16).contains(p) && (128 << Int(logN)) * Int(r) <= 256 << 20
  }
}

/// The first 80 bytes of an encrypted file. All numbers are big-endian.
///
///     offset  bytes
///          0      8   "appl.enc"
///          8      1   version, 1
///          9      3   scrypt: log₂ N, r, p
///         12      4   most plaintext bytes in a record: 65,536
///         16     32   salt, random
///         48      7   nonce prefix, random
///         55      1   0
///         56     16   key check
///         72      8   checksum: the first 8 bytes of the SHA-256 of the 72 before
///
/// The master key is scrypt(passphrase, salt) of 32 bytes; the content key and the key check are HKDF-SHA-256 of it, without
/// salt, with the infos "appliance content" (32 bytes) and "appliance key check" (16 bytes).
///
/// Records follow, each
///
///          4   length of the plaintext, with the highest bit set in the last record
///     length   ciphertext
///         16   tag
///          8   checksum: the first 8 bytes of the SHA-256 of the above
///
/// ChaCha20-Poly1305 (RFC 8439) with the nonce prefix ‖ number of the record from 0, 4 bytes ‖ 1 in the last record, else
/// 0 (the STREAM construction), and the 80 bytes of the header and the 4 of the length as associated data. All records but
/// the last are full. The checksums need no key: they tell what a bad disk did from what somebody did on purpose.
struct EncryptionHeader {
  static let magic = Array("appl.enc".utf8)
  static let size = 80
  static let version: UInt8 = 1
  static let recordSize = 64 << 10
  static let tagSize = 16
  static let checksumSize = 8
  static let lastMark: UInt32 = 1 << 31

  let bytes: [UInt8]
  let cost: EncryptionCost
  private var salt: [UInt8] { Array(bytes[16..<48]) }
  private var prefix: ArraySlice<UInt8> { bytes[48..<55] }
  private var keyCheck: ArraySlice<UInt8> { bytes[56..<72] }

  /// A new one with the key that it belongs to.
  static func make(_ passphrase: Passphrase, cost: EncryptionCost) throws(EncryptionError) -> (
    EncryptionHeader, SymmetricKey
  ) {
    var random = SystemRandomNumberGenerator()
    let salt = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    let prefix = (0..<7).map { _ in UInt8.random(in: 0...255, using: &random) }
    let master = try master(passphrase, salt: salt, cost: cost)
    var bytes = magic + [version, cost.logN, cost.r, cost.p] + bigEndian(UInt32(recordSize)) + salt + prefix + [0]
    bytes += derived(master, "appliance key check", count: 16).withUnsafeBytes { Array($0) }
    bytes += checksum(bytes)
    return (EncryptionHeader(bytes: bytes, cost: cost), derived(master, "appliance content", count: 32))
  }

  private init(bytes: [UInt8], cost: EncryptionCost) {
    self.bytes = bytes
    self.cost = cost
  }

  /// Reads one.
  init(_ bytes: [UInt8]) throws(EncryptionError) {
    guard bytes.prefix(8).elementsEqual(Self.magic.prefix(bytes.count)), bytes.count >= 8 else {
      throw bytes.count < 8 ? .cutOff(at: bytes.count) : .notEncrypted
    }
    guard bytes.count == Self.size else { throw .cutOff(at: bytes.count) }
    guard bytes[72...].elementsEqual(Self.checksum(Array(bytes[..<72]))) else { throw .damaged(at: 0) }
    guard bytes[8] == Self.version else { throw .newer(version: Int(bytes[8])) }
    let cost = EncryptionCost(logN: bytes[9], r: bytes[10], p: bytes[11])
    guard cost.isBearable, bytes[12..<16].elementsEqual(bigEndian(UInt32(Self.recordSize))) else { throw .tooCostly }
    self.init(bytes: bytes, cost: cost)
  }

  /// The content key. Throws `wrongPassphrase`.
  func key(_ passphrase: Passphrase) throws(EncryptionError) -> SymmetricKey {
    let master = try Self.master(passphrase, salt: salt, cost: cost)
    let check = Self.derived(master, "appliance key check", count: 16).withUnsafeBytes { Array($0) }
    guard keyCheck.elementsEqual(check) else { throw .wrongPassphrase }
    return Self.derived(master, "appliance content", count: 32)
  }

  func nonce(of record: UInt32, isLast: Bool) -> [UInt8] { prefix + bigEndian(record) + [isLast ? 1 : 0] }

  static func checksum(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes).prefix(checksumSize)) }

  private static func master(
    _ passphrase: Passphrase, salt: [UInt8], cost: EncryptionCost
  ) throws(EncryptionError) -> SymmetricKey {
    do {
      return try KDF.Scrypt.deriveKey(
        from: passphrase.bytes, salt: salt, outputByteCount: 32, rounds: 1 << Int(cost.logN), blockSize: Int(cost.r),
        parallelism: Int(cost.p))
    } catch {
      // It fails for parameters out of range and for want of memory only.
      throw .tooCostly
    }
  }

  private static func derived(_ master: SymmetricKey, _ info: String, count: Int) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Array(info.utf8), outputByteCount: count)
  }
}

func bigEndian(_ number: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
}
