/// Why an encrypted file could not be read. Places are offsets in it, in bytes; chunks are counted from 1.
package enum EncryptionError: Error, Hashable, Sendable {
  /// It does not begin as age files do.
  case notEncrypted
  /// It is an age file as text, in ASCII armor.
  case armored
  /// What it begins with is not what was written, or by nobody who kept to the format.
  case header(HeaderFault)
  /// It was encrypted for somebody's key.
  case otherRecipient(type: String)
  /// It asks for more work to open than any that we wrote.
  case workFactor(WorkFactor, largest: WorkFactor)
  /// The system did not give the memory that the work takes.
  case memory(WorkFactor)
  /// What the passphrase gives does not open the header: it is another one, or the header was altered.
  case notOpened
  /// Bytes of a chunk are not those that were written.
  case damaged(chunk: Int, at: Int)
  /// The same of the last chunk, which may also have been cut, or grown.
  case damagedEnd(chunk: Int, at: Int)
  /// It ends before its last chunk.
  case cutOff(at: Int)
  /// Bytes follow its last chunk.
  case extended(at: Int)
  /// Its last chunk holds nothing, though others go before it.
  case emptyChunk(at: Int)
}

/// What is wrong with the header of an encrypted file.
package enum HeaderFault: Hashable, Sendable {
  case version, carriageReturn, tooLong, noRecipient, severalRecipients, arguments, salt, workFactor, wrappedKey, mac
  case cutOff(at: Int)
  /// The passphrase is right, and the MAC is not that of the lines.
  case otherMAC
}

extension EncryptionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notEncrypted: "it is not an age file: it does not begin with age-encryption.org/v1"
    case .armored: "it is an age file in ASCII armor, and only the binary form is read; `age -d` opens it"
    case .header(let fault): "its header is damaged: \(fault)"
    case .otherRecipient(let type):
      "it was encrypted for a recipient of type \(type.prefix(32)) and not with a passphrase; `age -d` opens it"
    case .workFactor(let asked, let largest):
      "its header asks for a work factor of 2^\(asked.logN); above 2^\(largest.logN) none is tried, because it would take "
        + "the machine's memory"
    case .memory(let factor):
      "a work factor of 2^\(factor.logN) takes \(factor.memory >> 20) MiB of memory, which the system did not give"
    case .notOpened: "wrong passphrase or damaged header"
    case .damaged(let chunk, let place):
      "it is damaged in chunk \(chunk) of its payload, from byte \(place): the bytes there are not those that were written"
    case .damagedEnd(let chunk, let place):
      "its last chunk, number \(chunk), from byte \(place), is damaged, cut off, or has bytes added to it"
    case .cutOff(let place): "it was cut off at byte \(place)"
    case .extended(let place): "something was added to it at byte \(place), behind its last chunk"
    case .emptyChunk(let place): "its last chunk, from byte \(place), is empty, which no writer of age files makes"
    }
  }
}

extension HeaderFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .version: "its first line is not age-encryption.org/v1"
    case .carriageReturn: "its lines end with CRLF instead of LF"
    case .tooLong: "it has no end within \(HeaderLines.limit) bytes"
    case .noRecipient: "its second line names no recipient"
    case .severalRecipients: "it has another recipient beside the one of the passphrase, which must stand alone"
    case .arguments: "its recipient is not of the form scrypt, salt, work factor"
    case .salt: "its salt is not 16 bytes in unpadded base64"
    case .workFactor: "its work factor is not a number"
    case .wrappedKey: "its file key is not 32 bytes in unpadded base64"
    case .mac: "its last line is not a MAC of 32 bytes in unpadded base64"
    case .cutOff(let place): "it was cut off at byte \(place)"
    case .otherMAC: "the passphrase is right, and the MAC is not that of its lines"
    }
  }
}
