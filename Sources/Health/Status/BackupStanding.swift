import Backups
import Market

/// An archive that was restored and compared.
package struct ProvenBackup: Sendable {
  /// Name of the archive in its folder.
  package let archive: String
  /// When it was made, as its name says.
  package let madeAt: Instant
}

/// What is known of the folder of backups without looking into an archive: the newest proven one, what is known to be
/// damaged, and the last time when all were verified.
package struct BackupStanding: Sendable {
  /// `nil` where there is none, or no such folder.
  package let newest: ProvenBackup?
  /// Names of those that were not what they should be when they were last verified; oldest first.
  package let damaged: [String]
  /// Whether one of them is newer than every proven one.
  package let isNewestDamaged: Bool
  /// `nil` where that never was.
  package let verification: BackupVerification?
  /// The second folder; `nil` where none is set.
  package let second: SecondFolder?

  /// What the second folder has.
  package struct SecondFolder: Sendable {
    package let path: String
    /// `nil` where there is none yet.
    package let newest: ProvenBackup?
    /// Why it cannot be used now.
    package let absence: String?
  }

  /// Proofs alone are looked at, and what was remembered; `appliance backup verify` looks at what is in the archives.
  package init(_ backups: Backups) {
    // A folder that cannot be read holds nothing to rely on; `doctor` says why.
    let list = try? backups.list()
    let damaged = list?.backups.filter { $0.isOwn && $0.isDamaged } ?? []
    let proven = list?.newestProven
    newest = proven.map { ProvenBackup(archive: $0.name, madeAt: $0.stamp.instant) }
    self.damaged = damaged.map(\.name)
    isNewestDamaged = damaged.last.map { last in proven.map { $0.stamp < last.stamp } ?? true } ?? false
    verification = backups.lastVerification
    second = backups.copyFolder.map { path in
      let copy = (try? backups.newestCopy()) ?? nil
      return SecondFolder(
        path: path, newest: copy.map { ProvenBackup(archive: $0.name, madeAt: $0.madeAt) },
        absence: backups.reasonForAbsence)
    }
  }
}
