import Datasets
import Formats
import Market
import Schema
import Store
import Threads

/// A backup that nobody knows of yet: everything lies in its scratch folders.
struct BackupDraft: Sendable {
  let stamp: BackupStamp
  let automatic: Bool
  let isEncrypted: Bool
  let csv: [CSVFile]
  let changeMark: String
  let manifest: BackupManifest
  let archive: String
  let archiveFingerprint: Fingerprint
  let archiveSize: Int
  /// Kept, because what lies in it goes with it.
  let scratch: Scratch

  /// Copies the database and writes the archive, complete and on the disk.
  ///
  /// One thread feeds the archive while another prints the CSV files that go into it next and a third reads the tables.
  ///
  /// - Parameters:
  ///   - scratch: where the archive is written.
  ///   - clear: where everything that is not encrypted is.
  init(
    of source: Store, by backups: Backups, stamp: BackupStamp, automatic: Bool, endingRunAs outcome: RunOutcome?,
    scratch: Scratch, clear: Scratch
  ) throws {
    let path = clear.file("copy.db")
    let archive = scratch.file("archive")
    let (_, writing) = try both(
      {
        try source.copy(to: path, endingRunAs: outcome.map { ($0, stamp.instant) }) { backups.onProgress(.copying, $0) }
        try backups.checkpoint()
      },
      // Meanwhile: making a key of a passphrase takes its time.
      { try ArchiveWriting(to: archive, by: backups, stamp: stamp) })
    let copy = try Store.readingOfAnyAge(path)
    // An older file may lack one.
    let views = try NamedDataset.inBackups.filter { try copy.datasets.holds($0) }
    let ready = Handover<CSVFile>()
    // The printing thread first: if it fails, the one that writes only says that nothing came.
    let (csv, (members, tables)) = try both(
      {
        defer { ready.end() }
        return try views.map { view in
          try backups.checkpoint()
          let file = try CSVFile(
            view, of: copy, to: clear.file(BackupNames.csv(view, stamp)), shouldStop: backups.shouldStop)
          ready.put(file)
          return file
        }
      },
      {
        try both(
          { try writing.addMembers(copy: path, csv: ready, count: views.count) },
          // A connection of its own: each one reads on one thread at a time.
          { try Store.readingOfAnyAge(path).contents().map(TableRecord.init) })
      })
    self.csv = csv
    self.stamp = stamp
    self.automatic = automatic
    self.scratch = scratch
    self.archive = archive
    isEncrypted = backups.passphrase != nil
    changeMark = try copy.changeMark()
    manifest = BackupManifest(
      createdAt: stamp.instant, automatic: automatic, applianceVersion: backups.version,
      schemaVersion: try copy.schemaVersion(),
      subject: try copy.identity().map { BackupSubject(id: $0, name: FilePath.name(of: backups.database)) },
      members: members, tables: tables)
    try writing.finish(manifest)
    (archiveFingerprint, archiveSize) = writing.written
  }
}

/// An archive that is being written, encrypted or not.
private final class ArchiveWriting: @unchecked Sendable {
  // One thread uses it at a time: while members are added, only that thread does.
  private let backups: Backups
  private let file: SafeFile
  private let sink: FingerprintingSink
  private let encrypting: EncryptingSink?
  private let writer: ArchiveWriter

  init(to path: String, by backups: Backups, stamp: BackupStamp) throws {
    self.backups = backups
    file = try SafeFile(path, replacing: false)
    sink = FingerprintingSink(into: Stoppable(backups.throughSink(file), backups.shouldStop))
    let (below, workFactor) = (sink, backups.workFactor)
    encrypting = try backups.passphrase.map {
      try EncryptingSink(into: below, passphrase: $0, workFactor: workFactor)
    }
    writer = try ArchiveWriter(into: encrypting ?? below, modified: stamp.instant, level: 1, threads: 2)
  }

  /// - Parameters:
  ///   - csv: the files as they become ready.
  ///   - count: how many there will be.
  func addMembers(copy: String, csv: Handover<CSVFile>, count: Int) throws -> [BackupManifest.Member] {
    backups.onProgress(.archiving, 0)
    var members = [try add(BackupNames.databaseMember, copy)]
    for number in 0..<count {
      backups.onProgress(.archiving, Double(number + 1) / Double(count + 1))
      // The other thread's error says why there is none.
      guard let file = try csv.take() else { throw CancellationError() }
      members.append(try add(FilePath.name(of: file.path), file.path))
    }
    let settings = Array(settingsText(backups.settings).utf8)
    try writer.add(name: BackupNames.settingsMember, bytes: settings)
    members.append(
      .init(name: BackupNames.settingsMember, size: settings.count, sha256: Fingerprint(of: settings).description))
    return members
  }

  private func add(_ name: String, _ path: String) throws -> BackupManifest.Member {
    let (fingerprint, size) = try writer.addFingerprinting(name: name, contentsOfFile: path)
    return .init(name: name, size: size, sha256: fingerprint.description)
  }

  func finish(_ manifest: BackupManifest) throws {
    try writer.add(name: BackupNames.manifestMember, bytes: manifest.text)
    try writer.finish()
    try encrypting?.finish()
    try file.finish()
    backups.onProgress(.archiving, 1)
  }

  var written: (Fingerprint, Int) { (sink.fingerprint, sink.count) }
}
