import Crypto
import Formats
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What came of bringing an archive to the second folder. None of it is a failure of the backup itself.
package enum BackupCopy: Hashable, Sendable {
  /// Copied with its proof, read back from there and compared.
  case made(path: String)
  /// It was there already.
  case present(path: String)
  /// There is no such folder, or one that held backups is empty now: the disk is not mounted.
  case absent(folder: String, reason: String)
  case failed(folder: String, reason: String)
}

extension Backups {
  /// The second folder as one of backups: listed, verified and thinned out in the same way.
  var copies: Backups? {
    guard let copyFolder else { return nil }
    var copies = self
    copies.folder = copyFolder
    copies.csvFolder = nil
    copies.copyFolder = nil
    return copies
  }

  /// What lies in the second folder; `nil` where none is set or it is not there now.
  package func listCopies() throws(BackupError) -> BackupList? {
    guard let copies, reasonForAbsence == nil else { return nil }
    return try copies.list()
  }

  /// Why the second folder cannot be used now; `nil` where it can, or none is set.
  package var reasonForAbsence: String? {
    guard let copyFolder, let copies else { return nil }
    guard Folder.exists(copyFolder) else { return "there is no such folder; is the disk mounted?" }
    if BackupLedger(folder: folder).copyFolder == copyFolder, (try? copies.list().backups.isEmpty) ?? false {
      return "it held backups and holds none now; is the disk mounted? (Remove \(BackupLedger.name) if it is)"
    }
    return nil
  }

  /// The newest proven archive of this database in the second folder; where that is not there now, the newest one that
  /// is known to have been brought there. `nil` where there is none.
  package func newestCopy() throws(BackupError) -> (name: String, madeAt: Instant)? {
    if let newest = try listCopies()?.newestProven { return (newest.name, newest.stamp.instant) }
    let ledger = BackupLedger(folder: folder)
    guard reasonForAbsence != nil, ledger.copyFolder == copyFolder, let name = ledger.lastCopy,
      let stamp = BackupNames.stamp(ofArchive: name),
      try list().backups.first(where: { $0.name == name })?.isOwn ?? true
    else { return nil }
    return (name, stamp.instant)
  }

  /// Brings the newest proven archive to the second folder, if it is not there yet.
  func copyNewest() throws(BackupError) -> BackupCopy? {
    guard copyFolder != nil, let newest = try list().newestProven else { return nil }
    return copyOut(newest.name)
  }

  /// Brings every proven archive to the second folder that is not there yet, oldest first.
  package func copyAll() throws(BackupError) -> [(name: String, copy: BackupCopy)] {
    guard copyFolder != nil else { return [] }
    return try list().backups.filter(\.isProven).compactMap { backup in
      copyOut(backup.name).map { (backup.name, $0) }
    }
  }

  /// Copies an archive and its proof, reads both back and compares them. Half a copy never bears a name.
  func copyOut(_ name: String) -> BackupCopy? {
    guard let copyFolder else { return nil }
    if let reason = reasonForAbsence { return .absent(folder: copyFolder, reason: reason) }
    do {
      let result = try withCopyLock { try copy(name, to: copyFolder) }
      try note(name, in: copyFolder)
      return result
    } catch {
      return .failed(folder: copyFolder, reason: BackupError.of(error, path: copyFolder).description)
    }
  }

  /// Remembers what lies in the second folder, for when it is not there.
  private func note(_ name: String, in copyFolder: String) throws(FileError) {
    let before = BackupLedger(folder: folder)
    var ledger = before
    if ledger.copyFolder != copyFolder { ledger.lastCopy = nil }
    ledger.copyFolder = copyFolder
    // All may be brought there, oldest first, those of other databases among them.
    let known = ledger.lastCopy.flatMap { BackupNames.stamp(ofArchive: $0) }
    if let stamp = BackupNames.stamp(ofArchive: name), known.map({ $0 <= stamp }) ?? true { ledger.lastCopy = name }
    if ledger != before { try ledger.write(to: folder) }
  }

  private func copy(_ name: String, to copyFolder: String) throws -> BackupCopy {
    let (source, target) = (FilePath.join(folder, name), FilePath.join(copyFolder, name))
    guard let proof = try BackupProof.beside(source) else {
      throw BackupError.integrity(path: source, detail: "it has no proof")
    }
    if isThere(target) {
      guard try BackupProof.beside(target)?.sha256 == proof.sha256, try fileSize(target) == proof.size else {
        throw BackupError.exists(path: target)
      }
      return .present(path: target)
    }
    for leftover in try Folder.names(in: copyFolder) where BackupNames.isUnfinished(leftover) {
      removeFile(FilePath.join(copyFolder, leftover))
    }
    let proofTarget = target + BackupProof.suffix
    // The remains of a copy that was killed between the two; the archive that it belongs to is not there.
    if isThere(proofTarget) { removeFile(proofTarget) }
    do {
      try copyFile(source + BackupProof.suffix, to: proofTarget)
      try copyFile(source, to: target)
      try compareOnDisk(target, with: proof)
      guard try BackupProof.beside(target) == proof else {
        throw BackupError.integrity(path: proofTarget, detail: "what was read back is not what was written")
      }
    } catch {
      removeFile(target)
      removeFile(proofTarget)
      throw error
    }
    return .made(path: target)
  }

  /// Reads the file as the disk has it, not as memory remembers it.
  private func compareOnDisk(_ path: String, with proof: BackupProof) throws {
    #if canImport(Glibc)
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 {
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        close(descriptor)
      }
    #endif
    guard try Fingerprint(ofFile: path).description == proof.sha256 else {
      throw BackupError.integrity(path: path, detail: "what was read back is not what was written")
    }
  }

  /// One at a time: what lies half-written in the second folder is then nobody's.
  private func withCopyLock<T>(_ body: () throws -> T) throws -> T {
    let path = FilePath.join(folder, BackupNames.copyLock)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileError.failed(.create, path: path, code: errno) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw BackupError.unreadable(path: folder, detail: "another backup is being copied just now")
    }
    return try body()
  }
}

/// Removes a file whose absence is all that counts; what cannot be removed is tried again the next time.
func removeFile(_ path: String) { unlink(path) }
