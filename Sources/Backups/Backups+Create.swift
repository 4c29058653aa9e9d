import Formats
import Market
import Store

extension Backups {
  /// Makes a backup while others write, and announces it only after it was read back, restored and compared.
  ///
  /// Until then nothing bears its name; when this throws, nothing is left behind.
  ///
  /// - Parameter automatic: whether it may be thinned out later.
  package func create(automatic: Bool = false) throws(BackupError) -> BackupMade {
    try inBackup(folder) {
      let source = try Store.reading(database)
      try Folder.create(folder)
      if let csvFolder { try Folder.create(csvFolder) }
      let stamp = freeStamp(at: clock.now)
      let draft = try blaming(database) { try self.draft(of: source, stamp: stamp, automatic: automatic) }
      let tables = try prove(draft)
      return try publish(draft, tables: tables)
    }
  }

  /// The first stamp of this second that no file bears.
  private func freeStamp(at now: Instant) -> BackupStamp {
    var stamp = BackupStamp(now)
    while isTaken(stamp) { stamp = stamp.next }
    return stamp
  }

  private func isTaken(_ stamp: BackupStamp) -> Bool {
    let archive = Path.join(folder, BackupNames.archive(stamp))
    if isThere(archive) || isThere(archive + BackupProof.suffix) { return true }
    guard let csvFolder else { return false }
    return NamedDataset.views.contains { isThere(Path.join(csvFolder, BackupNames.csv($0, stamp))) }
  }

  private func draft(of source: Store, stamp: BackupStamp, automatic: Bool) throws -> BackupDraft {
    let scratch = try Scratch(in: folder)
    let copyPath = scratch.file("copy.db")
    try source.copy(to: copyPath) { tell(.copying, $0) }
    let copy = try Store.reading(copyPath)
    tell(.reading, 0)
    let (csv, (fingerprint, tables)) = try both(
      { try NamedDataset.views.map { try CSVFile($0, of: copy, to: scratch.file(BackupNames.csv($0, stamp))) } },
      {
        (
          try Fingerprint(ofFile: copyPath),
          // A connection of its own: each one reads on one thread at a time.
          try Store.reading(copyPath).contents { tell(.reading, $0) }.map(TableRecord.init)
        )
      })
    return try BackupDraft(
      scratch: scratch, stamp: stamp, automatic: automatic, copy: copy, copyFingerprint: fingerprint, csv: csv,
      tables: tables, changeMark: copy.changeMark(), schemaVersion: copy.schemaVersion()
    ).archived(by: self)
  }

  /// Restores the archive to a scratch file and compares it with the copy that it was made from.
  private func prove(_ draft: BackupDraft) throws -> [TableRecord] {
    let (archive, scratch) = (draft.archive, draft.scratch)
    let (unpacked, fingerprint) = try both(
      { try unpack(archive, into: scratch) }, { try Fingerprint(ofFile: archive) })
    guard unpacked.manifest == draft.manifest, fingerprint == draft.archiveFingerprint else {
      throw BackupError.integrity(path: draft.archive, detail: "what was read back is not what was written")
    }
    // The restored file is the copy, byte for byte: a fault found in it is the database's own.
    return try examine(unpacked, archive: database)
  }
}

/// A backup that nobody knows of yet: everything lies in its scratch folder.
struct BackupDraft {
  let scratch: Scratch
  let stamp: BackupStamp
  let automatic: Bool
  let copy: Store
  let copyFingerprint: Fingerprint
  let csv: [CSVFile]
  let tables: [TableRecord]
  let changeMark: String
  let schemaVersion: Int
  private(set) var manifest: BackupManifest?
  private(set) var archiveFingerprint: Fingerprint?
  private(set) var archiveSize = 0

  var archive: String { scratch.file("archive.tar.zst") }

  /// The same with its archive written, complete and on the disk.
  func archived(by backups: Backups) throws -> BackupDraft {
    var draft = self
    let settings = Array(settingsText(backups.settings).utf8)
    let copySize = try fileSize(copy.path)
    let manifest = BackupManifest(
      createdAt: stamp.instant, automatic: automatic, applianceVersion: backups.version, schemaVersion: schemaVersion,
      members: [.init(name: BackupNames.databaseMember, size: copySize, sha256: copyFingerprint.description)]
        + csv.map { .init(name: Path.name(of: $0.path), size: $0.size, sha256: $0.fingerprint.description) }
        + [
          .init(
            name: BackupNames.settingsMember, size: settings.count, sha256: Fingerprint(of: settings).description)
        ],
      tables: tables)
    let file = try SafeFile(archive, replacing: false)
    let sink = FingerprintingSink(into: backups.throughSink(file))
    let writer = try ArchiveWriter(into: sink, modified: stamp.instant, level: 3, threads: 2)
    let total = Double(max(1, copySize + csv.reduce(0) { $0 + $1.size }))
    var done = 0
    for (name, path, size) in [(BackupNames.databaseMember, copy.path, copySize)]
      + csv.map({ (Path.name(of: $0.path), $0.path, $0.size) })
    {
      backups.tell(.archiving, Double(done) / total)
      try writer.add(name: name, contentsOfFile: path)
      done += size
    }
    try writer.add(name: BackupNames.settingsMember, bytes: settings)
    try writer.add(name: BackupNames.manifestMember, bytes: manifest.text)
    try writer.finish()
    try file.finish()
    backups.tell(.archiving, 1)
    draft.manifest = manifest
    draft.archiveFingerprint = sink.fingerprint
    draft.archiveSize = sink.count
    return draft
  }
}
