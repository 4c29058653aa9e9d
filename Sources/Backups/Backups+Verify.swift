import Formats
import Market

/// An archive that was read back, restored to a scratch file and compared, just now.
package struct BackupVerified: Hashable, Sendable {
  package let name: String
  package let path: String
  package let createdAt: Instant
  /// When the proof beside it was made; `nil` where there is none and it could only be compared with its own manifest.
  package let provenAt: Instant?
  package let tables: Int
  package let rows: Int
}

extension Backups {
  /// Proves an archive once more: its SHA-256 against the proof, then everything in it, restored and compared.
  ///
  /// - Parameter archive: a name in the folder, or a path.
  /// - Throws: `integrity` naming the file, member or table that differs; `notFound`; `newer`.
  package func verify(_ archive: String) throws(BackupError) -> BackupVerified {
    let path = path(of: archive)
    return try inBackup(path) {
      try Folder.create(folder)
      return try withVerified(path, scratchIn: folder) { verified, _ in verified }
    }
  }

  /// Verifies every archive in the folder, oldest first; one that fails does not keep the others from being tried.
  package func verifyAll() throws(BackupError) -> [(name: String, result: Result<BackupVerified, BackupError>)] {
    try list().backups.map { backup in
      (backup.name, Result { () throws(BackupError) in try verify(backup.name) })
    }
  }

  /// Calls `body` with an archive that proved good, and the path of the database restored from it, gone afterwards.
  func withVerified<T>(
    _ path: String, scratchIn folder: String, _ body: (BackupVerified, String) throws -> T
  ) throws -> T {
    guard isThere(path) else { throw BackupError.notFound(path: path) }
    let proof = try BackupProof.beside(path)
    if let proof { try compare(path, with: proof) }
    let scratch = try Scratch(in: folder)
    return try withExtendedLifetime(scratch) {
      let unpacked = try unpack(path, into: scratch)
      let tables = try examine(unpacked, archive: path)
      if let proof, let difference = TableRecord.difference(tables, from: proof.tables) {
        throw BackupError.integrity(path: path, detail: "compared with its proof, \(difference)")
      }
      let verified = BackupVerified(
        name: Path.name(of: path), path: path, createdAt: unpacked.manifest.createdAt, provenAt: proof?.provenAt,
        tables: tables.count, rows: tables.reduce(0) { $0 + $1.rows })
      return try body(verified, unpacked.database)
    }
  }

  private func compare(_ path: String, with proof: BackupProof) throws {
    let size = try fileSize(path)
    guard size == proof.size else {
      throw BackupError.integrity(path: path, detail: "it has \(size) bytes where its proof says \(proof.size)")
    }
    guard try Fingerprint(ofFile: path).description == proof.sha256 else {
      throw BackupError.integrity(path: path, detail: "its SHA-256 is not the one in its proof; bytes were altered")
    }
  }
}
