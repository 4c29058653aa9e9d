import Formats

/// How an archive is opened, encrypted or not.
extension Backups {
  /// Whether an archive needs a passphrase: its name says so, or its first bytes.
  func isEncrypted(_ archive: String) -> Bool {
    BackupNames.isEncrypted(archive) || DecryptingSource.isEncrypted(archive)
  }

  /// Refuses what cannot be opened, before anything is made or locked for it.
  func checkReadable(_ archive: String) throws(BackupError) {
    if EarlierEncryption.isFormat(of: archive) { throw .earlierEncryption(path: archive) }
    if passphrase == nil, isEncrypted(archive) { throw .passphraseMissing(path: archive) }
  }

  /// - Throws: `passphraseMissing`, `notOpened`, `earlierEncryption`, `integrity` for a header that was altered.
  func reader(of archive: String) throws -> ArchiveReader {
    try checkReadable(archive)
    guard let passphrase, isEncrypted(archive) else { return try ArchiveReader(path: archive) }
    return try ArchiveReader(source: DecryptingSource(path: archive, passphrase: passphrase))
  }

  /// Where an archive that is not what its proof says was altered, as far as its own checks tell; `nil` where they are
  /// content: a byte of padding, say.
  func placeOfDamage(in archive: String) -> String? {
    do {
      if isEncrypted(archive), passphrase == nil, !EarlierEncryption.isFormat(of: archive) {
        // Without it the header is all that can be looked at.
        try DecryptingSource.checkHeader(of: archive)
      } else {
        _ = try readMembers(of: archive, database: nil)
      }
      return nil
    } catch {
      return switch BackupError.of(error, path: archive) {
      case .integrity(_, let detail): detail
      case .notOpened: EncryptionError.notOpened.description
      default: nil
      }
    }
  }
}
