import Formats
import Market
import Store

/// A database that was brought back.
package struct BackupRestored: Hashable, Sendable {
  package let backup: BackupVerified
  /// Where it stands now.
  package let path: String
  /// What the file that stood there before is called now; `nil` where there was none.
  package let keptOld: String?
}

extension Backups {
  /// Brings a database back, after everything in the archive was read and compared.
  ///
  /// A kill at any moment leaves either the old or the new file under the name. A file that was there is kept as
  /// `<name>.before-restore-<stamp>`, with what its write-ahead log held.
  ///
  /// - Parameters:
  ///   - archive: a name in the folder, or a path.
  ///   - target: where to; the database of these backups by default.
  ///   - force: whether a file may stand there already.
  /// - Throws: `exists` without force, `store(.locked)` while another run writes the file, else as `verify`.
  package func restore(
    _ archive: String, to target: String? = nil, force: Bool = false
  ) throws(BackupError) -> BackupRestored {
    let source = path(of: archive)
    let target = target ?? database
    return try inBackup(target) {
      guard isThere(source) else { throw BackupError.notFound(path: source) }
      try checkReadable(source)
      try Folder.create(FilePath.folder(of: target))
      guard try Store.exists(target) else { return try restore(source, toNew: target) }
      guard force else { throw BackupError.exists(path: target) }
      return try Store.exclusively(target, command: "backup restore") { try restore(source, over: target) }
    }
  }

  /// Calls `body` with the database of an archive, after everything in it was read and compared, and with a folder for
  /// what is written meanwhile. Both are gone afterwards. What an older appliance packed has the schema of today there.
  ///
  /// - Parameter archive: a name in the folder, or a path.
  /// - Throws: as `verify`, and what `body` throws.
  package func withRestored<T>(
    _ archive: String, _ body: (BackupVerified, Store, _ folder: String) throws -> T
  ) throws -> T {
    let source = path(of: archive)
    guard isThere(source) else { throw BackupError.notFound(path: source) }
    try checkReadable(source)
    return try withVerified(source, scratchIn: try scratchFolder(for: source)) { backup, restored in
      let store = try Store.broughtUpToDate(restored)
      defer { store.close() }
      return try body(backup, store, FilePath.folder(of: restored))
    }
  }

  private func restore(_ source: String, toNew target: String) throws -> BackupRestored {
    try withVerified(source, scratchIn: FilePath.folder(of: target)) { backup, restored in
      try Store.place(restored, at: target, keepingRemainsAs: nameForOld(target))
      return BackupRestored(backup: backup, path: target, keptOld: nil)
    }
  }

  private func restore(_ source: String, over target: String) throws -> BackupRestored {
    try withVerified(source, scratchIn: FilePath.folder(of: target)) { backup, restored in
      let kept = nameForOld(target)
      try Store.replace(target, with: restored, keepingOldAs: kept)
      return BackupRestored(backup: backup, path: target, keptOld: kept)
    }
  }

  private func nameForOld(_ target: String) -> String {
    var stamp = BackupStamp(clock.now)
    func name() -> String { "\(target).before-restore-\(stamp)" }
    while isThere(name()) || isThere(name() + "-wal") { stamp = stamp.next }
    return name()
  }
}
