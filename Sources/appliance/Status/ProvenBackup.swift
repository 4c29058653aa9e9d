import Backups
import Market

/// The newest archive in a folder that has its proof beside it, and the last time when all of them were verified.
struct ProvenBackup: Sendable {
  /// Name of the archive in its folder.
  let archive: String
  /// When it was made, as its name says.
  let madeAt: Instant
  /// `nil` where that never was.
  let verification: BackupVerification?

  /// `nil` where there is none, or no such folder.
  ///
  /// Names alone are looked at; `appliance backup verify` looks at what is in them.
  static func newest(in folder: String) -> ProvenBackup? {
    Backups.newestWithProof(in: folder).map { name, stamp in
      ProvenBackup(
        archive: name, madeAt: stamp.instant, verification: Backups.lastVerification(ofFolder: folder))
    }
  }
}
