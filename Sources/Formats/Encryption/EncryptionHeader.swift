/// What an encrypted file begins with, in the format age v1 (age-encryption.org/v1; C2SP's `age.md`), for a passphrase:
///
///     age-encryption.org/v1
///     -> scrypt <salt, 16 bytes> <work factor, decimal>
///     <file key, wrapped: 32 bytes>
///     --- <MAC of everything before the space, 32 bytes>
///
/// Bytes are in unpadded base64, and lines end with a line feed. The payload follows, a nonce of 16 bytes and the chunks
/// told at `PayloadKey`. Of what age knows only this is read: one recipient, of type scrypt, no ASCII armor.
struct EncryptionHeader {
  static let opening = Array("age-encryption.org/".utf8)
  private static let version = Array("age-encryption.org/v1\n".utf8)
  private static let armor = Array("-----BEGIN AGE ".utf8)
  private static let mark = Array("---".utf8)
  private static let macSize = 32

  let recipient: ScryptRecipient
  private let mac: [UInt8]

  /// A new one.
  init(for recipient: ScryptRecipient, key: FileKey) {
    self.recipient = recipient
    mac = key.headerMAC(of: Self.authenticated(recipient))
  }

  /// All of it.
  var bytes: [UInt8] {
    Self.authenticated(recipient) + [UInt8(ascii: " ")] + UnpaddedBase64.text(mac) + [newline]
  }

  /// Takes one off a file, strictly: what is read is what would be written.
  ///
  /// - Throws: `encryption`, for a work factor above the largest before any work is done.
  init(from file: ByteFeed, largest: WorkFactor = .largest) throws(ArchiveError) {
    try Self.readVersion(from: file)
    var lines = HeaderLines(of: file, after: Self.version)
    let first = try lines.next()
    guard first.starts(with: Stanza.opening) else { throw .encryption(.header(.noRecipient)) }
    let stanza = try Stanza(first, from: &lines)
    recipient = try inArchive { () throws(EncryptionError) in try ScryptRecipient(stanza, largest: largest) }
    let last = try lines.next()
    if last.starts(with: Stanza.opening) { throw .encryption(.header(.severalRecipients)) }
    guard last.starts(with: Self.mark + [UInt8(ascii: " ")]),
      let mac = UnpaddedBase64.bytes(last.dropFirst(Self.mark.count + 1)), mac.count == Self.macSize
    else { throw .encryption(.header(.mac)) }
    self.mac = mac
  }

  /// The file key. Throws `notOpened`, `memory`, or `header` where the passphrase is right and the MAC is not.
  func fileKey(_ passphrase: Passphrase) throws(EncryptionError) -> FileKey {
    let key = try recipient.fileKey(passphrase)
    guard key.isHeaderMAC(mac, of: Self.authenticated(recipient)) else { throw .header(.otherMAC) }
    return key
  }

  /// What the MAC is of. Reading takes one spelling only, so that this is also what was read.
  private static func authenticated(_ recipient: ScryptRecipient) -> [UInt8] {
    version + recipient.stanza.text + mark
  }

  private static func readVersion(from file: ByteFeed) throws(ArchiveError) {
    let start = try file.take(version.count)
    if start == version { return }
    if version.starts(with: start) { throw .encryption(.header(.cutOff(at: start.count))) }
    if start.dropLast() == version.dropLast(), start.last == UInt8(ascii: "\r") {
      throw .encryption(.header(.carriageReturn))
    }
    if start.starts(with: opening) { throw .encryption(.header(.version)) }
    throw .encryption(start.starts(with: armor) ? .armored : .notEncrypted)
  }
}

/// A fault of the encryption as an archive's.
func inArchive<Value>(_ body: () throws(EncryptionError) -> Value) throws(ArchiveError) -> Value {
  do throws(EncryptionError) { return try body() } catch { throw .encryption(error) }
}
