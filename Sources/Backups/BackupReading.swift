import Formats

/// How an archive is opened, encrypted or not.
extension Backups {
  /// Whether an archive needs a passphrase: its name says so, or its first bytes.
  func isEncrypted(_ archive: String) -> Bool {
    BackupNames.isEncrypted(archive) || DecryptingSource.isEncrypted(archive)
  }

  /// - Throws: `passphraseMissing`, `wrongPassphrase`, `integrity` for a header that was altered.
  func reader(of archive: String) throws -> ArchiveReader {
    guard isEncrypted(archive) else { return try ArchiveReader(path: archive) }
    guard let passphrase else { throw BackupError.passphraseMissing(path: archive) }
    return try ArchiveReader(source: DecryptingSource(path: archive, passphrase: passphrase))
  }

  /// Where an archive that is not what its proof says was altered, as far as its own checks tell; `nil` where they are
  /// content: a byte of padding, say.
  func placeOfDamage(in archive: String) -> String? {
    do {
      if isEncrypted(archive), passphrase == nil {
        // The checksums need no key.
        let source = try DecryptingSource(path: archive, passphrase: nil)
        while try !source.next().isEmpty {}
      } else {
        _ = try readMembers(of: archive, database: nil)
      }
      return nil
    } catch {
      guard case .integrity(_, let detail) = BackupError.of(error, path: archive) else { return nil }
      return detail
    }
  }
}
