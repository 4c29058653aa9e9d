import Backups
import Market

/// The newest proven archive of the database, what is known to be damaged, and the last time when all were verified.
struct ProvenBackup: Sendable {
  /// Name of the archive in its folder.
  let archive: String
  /// When it was made, as its name says.
  let madeAt: Instant
}

/// What is known of the folder of backups without looking into an archive.
struct BackupStanding: Sendable {
  /// `nil` where there is none, or no such folder.
  let newest: ProvenBackup?
  /// Names of those that were not what they should be when they were last verified; oldest first.
  let damaged: [String]
  /// Whether one of them is newer than every proven one.
  let isNewestDamaged: Bool
  /// `nil` where that never was.
  let verification: BackupVerification?
  /// The second folder; `nil` where none is set.
  let second: SecondFolder?

  /// What the second folder has.
  struct SecondFolder: Sendable {
    let path: String
    /// `nil` where there is none yet.
    let newest: ProvenBackup?
    /// Why it cannot be used now.
    let absence: String?
  }

  /// Proofs alone are looked at, and what was remembered; `appliance backup verify` looks at what is in the archives.
  init(_ backups: Backups) {
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
