/// Why an encrypted file could not be read. Places are offsets in it, in bytes.
package enum EncryptionError: Error, Hashable, Sendable {
  case notEncrypted
  /// Written by a newer version.
  case newer(version: Int)
  /// It asks for more memory or time to open than any that we wrote.
  case tooCostly
  /// The key that comes of this passphrase is not the file's.
  case wrongPassphrase
  /// Bytes are not those that were written: a checksum without any secret tells.
  case damaged(at: Int)
  /// It ends before its last record.
  case cutOff(at: Int)
  /// Bytes follow its last record.
  case extended(at: Int)
  /// The checksums are right and the seal is not: somebody who does not know the passphrase changed it.
  case tampered(at: Int)
}

extension EncryptionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notEncrypted: "it is not one of our encrypted files"
    case .newer(let version): "its encryption has format \(version), which this version does not know"
    case .tooCostly: "opening it would take more memory than is ever needed; its header was altered"
    case .wrongPassphrase: "the passphrase is not the one that it was encrypted with"
    case .damaged(let place): "it is damaged at byte \(place): the bytes there are not those that were written"
    case .cutOff(let place): "it was cut off at byte \(place)"
    case .extended(let place): "something was added to it at byte \(place)"
    case .tampered(let place): "it was tampered with at byte \(place): the checksum is right and the seal is not"
    }
  }
}
