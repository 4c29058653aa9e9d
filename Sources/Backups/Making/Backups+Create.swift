import Formats
import Market
import Schema
import Store
import Threads

extension Backups {
  /// Makes a backup while others write, and announces it only after it was read back, restored and compared.
  ///
  /// Until then nothing bears its name; when this throws, nothing is left behind.
  ///
  /// - Parameters:
  ///   - automatic: whether it may be thinned out later.
  ///   - outcome: what the run comes to that makes it as its last deed. In the archive that run has ended, at the moment
  ///     of the copy; without one it would look like a run that died.
  package func create(
    automatic: Bool = false, endingRunAs outcome: RunOutcome? = nil
  ) throws(BackupError) -> BackupMade {
    try inBackup(folder) {
      let source = try Store.readingOfAnyAge(database)
      try Folder.create(folder)
      if let openCSVFolder { try Folder.create(openCSVFolder) }
      let scratch = try Scratch(in: folder)
      removeUnfinished()
      // Nothing lies in the clear beside encrypted archives, not for a moment either.
      let clear = passphrase == nil ? scratch : try Scratch(in: FilePath.folder(of: database))
      let draft = try withExtendedLifetime(clear) {
        let stamp = freeStamp(at: clock.now)
        let draft = try blaming(database) {
          try BackupDraft(
            of: source, by: self, stamp: stamp, automatic: automatic, endingRunAs: outcome, scratch: scratch,
            clear: clear)
        }
        try prove(draft, clear: clear)
        return try publish(draft, tables: draft.manifest.tables)
      }
      return draft
    }
  }

  /// The first stamp of this second that no file bears.
  private func freeStamp(at now: Instant) -> BackupStamp {
    var stamp = BackupStamp(now)
    while isTaken(stamp) { stamp = stamp.next }
    return stamp
  }

  private func isTaken(_ stamp: BackupStamp) -> Bool {
    for archive in BackupNames.archives(stamp).map({ FilePath.join(folder, $0) }) {
      if isThere(archive) || isThere(archive + BackupProof.suffix) { return true }
    }
    guard let csvFolder else { return false }
    return NamedDataset.inBackups.contains { isThere(FilePath.join(csvFolder, BackupNames.csv($0, stamp))) }
  }

  /// Removes what a killed backup left half-written under a name of its own, unless another one is at work.
  private func removeUnfinished() {
    guard !Scratch.othersAreAtWork(in: folder) else { return }
    for folder in [folder, csvFolder].compactMap({ $0 }) {
      for name in (try? Folder.names(in: folder)) ?? [] where BackupNames.isUnfinished(name) {
        removeFile(FilePath.join(folder, name))
      }
    }
  }

  /// Restores the archive to a scratch file and compares it with the copy that it was made from.
  private func prove(_ draft: BackupDraft, clear: Scratch) throws {
    let archive = draft.archive
    // The restored file is the copy, byte for byte: a fault found in it is the database's own.
    let (_, fingerprint) = try both(
      { try unpackAndCompare(archive, into: clear, with: draft.manifest, blaming: database) },
      { try Fingerprint(ofFile: archive) })
    guard fingerprint == draft.archiveFingerprint else {
      throw BackupError.integrity(path: draft.archive, detail: "what was read back is not what was written")
    }
  }
}
