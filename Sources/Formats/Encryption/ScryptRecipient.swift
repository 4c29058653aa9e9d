import Crypto
import _CryptoExtras

/// Who knows a passphrase: a file key wrapped with what scrypt makes of it.
struct ScryptRecipient: Hashable {
  private static let type = "scrypt"
  private static let saltSize = 16
  private static let saltLabel = Array("age-encryption.org/v1/scrypt".utf8)
  private static let tagSize = 16

  /// 16 random bytes.
  let salt: [UInt8]
  let workFactor: WorkFactor
  /// 32 bytes: the encrypted file key and its tag.
  private let wrapped: [UInt8]

  /// Wraps a file key, which takes as long as the work factor says.
  init(
    wrapping key: FileKey, with passphrase: Passphrase, salt: [UInt8] = randomBytes(saltSize), workFactor: WorkFactor
  ) throws(EncryptionError) {
    self.salt = salt
    self.workFactor = workFactor
    let wrapKey = try Self.wrapKey(passphrase, salt: salt, workFactor: workFactor)
    do {
      let plain = key.key.withUnsafeBytes { Array($0) }
      let box = try ChaChaPoly.seal(plain, using: wrapKey, nonce: try Self.nonce())
      wrapped = Array(box.ciphertext + box.tag)
    } catch {
      // A key and a nonce of the right length cannot fail.
      throw .memory(workFactor)
    }
  }

  /// Reads the arguments and the body of a stanza. A work factor that is too large is refused here, before any work.
  init(_ stanza: Stanza, largest: WorkFactor) throws(EncryptionError) {
    let (arguments, body) = (stanza.arguments, stanza.body)
    guard arguments[0] == Self.type else { throw .otherRecipient(type: arguments[0]) }
    guard arguments.count == 3 else { throw .header(.arguments) }
    guard let salt = UnpaddedBase64.bytes(arguments[1].utf8), salt.count == Self.saltSize else {
      throw .header(.salt)
    }
    guard let workFactor = WorkFactor(arguments[2]) else { throw .header(.workFactor) }
    // Looked at before it is decrypted: else files could be made that several passphrases open.
    guard body.count == FileKey.size + Self.tagSize else { throw .header(.wrappedKey) }
    guard workFactor <= largest else { throw .workFactor(workFactor, largest: largest) }
    self.salt = salt
    self.workFactor = workFactor
    wrapped = body
  }

  var stanza: Stanza {
    let salt = String(decoding: UnpaddedBase64.text(salt), as: UTF8.self)
    return Stanza(arguments: [Self.type, salt, "\(workFactor.logN)"], body: wrapped)
  }

  /// The file key. Throws `notOpened`, or `memory`.
  func fileKey(_ passphrase: Passphrase) throws(EncryptionError) -> FileKey {
    let wrapKey = try Self.wrapKey(passphrase, salt: salt, workFactor: workFactor)
    do {
      let box = try ChaChaPoly.SealedBox(
        nonce: Self.nonce(), ciphertext: wrapped.prefix(FileKey.size), tag: wrapped.suffix(Self.tagSize))
      return FileKey(SymmetricKey(data: try ChaChaPoly.open(box, using: wrapKey)))
    } catch {
      throw .notOpened
    }
  }

  private static func wrapKey(
    _ passphrase: Passphrase, salt: [UInt8], workFactor: WorkFactor
  ) throws(EncryptionError) -> SymmetricKey {
    do {
      return try KDF.Scrypt.deriveKey(
        from: passphrase.bytes, salt: saltLabel + salt, outputByteCount: 32, rounds: 1 << workFactor.logN, blockSize: 8,
        parallelism: 1)
    } catch {
      // With parameters in range it fails for want of memory only.
      throw .memory(workFactor)
    }
  }

  /// All zeros: a wrap key is used once.
  private static func nonce() throws -> ChaChaPoly.Nonce {
    try ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
  }
}
