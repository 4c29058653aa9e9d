import Formats
import Market

/// An archive in the folder.
package struct BackupEntry: Hashable, Sendable {
  package let stamp: BackupStamp
  package let name: String
  /// Bytes.
  package let size: Int
  package let state: State
  /// Whether it was made by itself, by a run; `nil` where no proof tells it.
  package let automatic: Bool?
  /// Rows in all its tables; `nil` where no proof tells it.
  package let rows: Int?
  /// What the database was called that it is of; `nil` where no proof tells it.
  package var databaseName: String? { subject?.name }
  var subject: BackupSubject?
  /// Whether it is of the database that these are the backups of, as opposed to another one that shares the folder.
  package fileprivate(set) var isOwn = true
  package var isEncrypted: Bool { BackupNames.isEncrypted(name) }

  /// What its proof says, and what is remembered of the last look at it, without reading the archive.
  package enum State: Hashable, Sendable {
    case proven(at: Instant)
    /// It was not what it should be when it was last verified, and why.
    case damaged(String)
    case proofMissing
    /// Why the proof is none, or not of this file.
    case proofMismatch(String)
    /// Made by a newer version of the appliance.
    case newer(version: Int)
    /// An earlier version encrypted it in a format that this one does not read. It is neither counted on nor removed.
    case earlierEncryption
  }
}

/// What lies in the folder.
package struct BackupList: Hashable, Sendable {
  /// Oldest first.
  package let backups: [BackupEntry]
  /// Names of files that are none of ours or were never finished, and what they seem to be. They are left alone.
  package let others: [Other]

  /// A file in the folder that is no backup of this record.
  package struct Other: Hashable, Sendable {
    package let name: String
    package let reason: String
  }
}

extension Backups {
  /// The archives in the folder with what their proofs say; an empty list where there is no folder.
  ///
  /// Reads proofs and the first bytes of archives only, and the ledger, which remembers what came of it when `verify`
  /// looked into archives.
  package func list() throws(BackupError) -> BackupList {
    guard Folder.exists(folder) else { return BackupList(backups: [], others: []) }
    let names = try inBackup(folder) { try Folder.names(in: folder) }
    let archives = names.compactMap { name in BackupNames.stamp(ofArchive: name).map { (name, $0) } }
    let known = Set(archives.map(\.0))
    let ledger = BackupLedger(folder: folder)
    var backups = try archives.map { name, stamp throws(BackupError) in
      try entry(name, stamp, damage: ledger.damage(of: name))
    }
    let owner = BackupOwner(of: database, record: record, among: backups.compactMap(\.subject))
    for index in backups.indices { backups[index].isOwn = owner.has(backups[index].subject) }
    let others = names.filter { !known.contains($0) }.compactMap { other($0, archives: known) }
    return BackupList(backups: backups.sorted { $0.stamp < $1.stamp }, others: others)
  }

  private func entry(_ name: String, _ stamp: BackupStamp, damage: String?) throws(BackupError) -> BackupEntry {
    let path = FilePath.join(folder, name)
    let size = try inBackup(path) { try fileSize(path) }
    let damage = damage.map(BackupEntry.State.damaged)
    let special = EarlierEncryption.isFormat(of: path) ? damage ?? .earlierEncryption : nil
    do throws(BackupError) {
      guard let proof = try BackupProof.beside(path) else {
        let state = special ?? damage ?? .proofMissing
        return BackupEntry(stamp: stamp, name: name, size: size, state: state, automatic: nil, rows: nil)
      }
      let state: BackupEntry.State =
        proof.size == size
        ? special ?? damage ?? .proven(at: proof.provenAt)
        : .proofMismatch("the archive has \(size) bytes where its proof says \(proof.size)")
      return BackupEntry(
        stamp: stamp, name: name, size: size, state: state, automatic: proof.automatic,
        rows: proof.tables.reduce(0) { $0 + $1.rows }, subject: proof.subject)
    } catch {
      let state: BackupEntry.State =
        switch error {
        case .integrity(_, let detail), .unreadable(_, let detail): .proofMismatch(detail)
        case .newer(_, let version, _): .newer(version: version)
        default: .proofMismatch(error.description)
        }
      return BackupEntry(stamp: stamp, name: name, size: size, state: state, automatic: nil, rows: nil)
    }
  }

  private func other(_ name: String, archives: Set<String>) -> BackupList.Other? {
    let path = FilePath.join(folder, name)
    if let archive = BackupNames.archive(ofProof: name) {
      return archives.contains(archive) ? nil : .init(name: name, reason: "a proof without its archive")
    }
    if Scratch.isUnfinished(name) {
      return .init(name: name, reason: "a backup that is being made or was never finished")
    }
    if name == BackupLedger.name || name.hasPrefix(".") || Folder.exists(path) { return nil }
    return .init(name: name, reason: "not one of our backups")
  }
}
