import Formats
import Market
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Backups {
  /// Gives a proven draft its names: the CSV files, the proof, and last the archive, which therefore never stands there
  /// without its proof.
  func publish(_ draft: BackupDraft, tables: [TableRecord]) throws -> BackupMade {
    let archive = FilePath.join(folder, BackupNames.archive(draft.stamp, isEncrypted: draft.isEncrypted))
    let provenAt = clock.now
    var published: [String] = []
    do {
      for file in draft.csv {
        guard let openCSVFolder else { break }
        let target = FilePath.join(openCSVFolder, FilePath.name(of: file.path))
        try give(target, to: file.path)
        published.append(target)
      }
      if let openCSVFolder { try Folder.sync(openCSVFolder) }
      let csvFiles = published
      let proof = try proof(of: draft, tables: tables, csvFiles: csvFiles, provenAt: provenAt)
      let proofDraft = draft.scratch.file("proof.json")
      try WholeFile.write(proof.text, to: proofDraft, replacing: false)
      try give(archive + BackupProof.suffix, to: proofDraft)
      published.append(archive + BackupProof.suffix)
      try give(archive, to: draft.archive)
      published.append(archive)
      try Folder.sync(folder)
      remember(in: folder) { $0.forget(FilePath.name(of: archive)) }
      return BackupMade(
        stamp: draft.stamp, name: FilePath.name(of: archive), path: archive, size: draft.archiveSize,
        automatic: draft.automatic, provenAt: provenAt, tables: tables.count, rows: tables.reduce(0) { $0 + $1.rows },
        csvFiles: csvFiles, copy: copyOut(FilePath.name(of: archive)))
    } catch {
      // The archive goes before its proof, so that it never stands there without.
      for path in published.reversed() { unlink(path) }
      throw error
    }
  }

  private func proof(
    of draft: BackupDraft, tables: [TableRecord], csvFiles: [String], provenAt: Instant
  ) throws -> BackupProof {
    BackupProof(
      sha256: draft.archiveFingerprint.description, size: draft.archiveSize, createdAt: draft.stamp.instant,
      provenAt: provenAt,
      automatic: draft.automatic, applianceVersion: version, sqliteVersion: Store.sqliteVersion,
      schemaVersion: draft.manifest.schemaVersion, changeMark: draft.changeMark, subject: draft.manifest.subject,
      csvFiles: csvFiles.map(FilePath.name(of:)),
      tables: tables)
  }

  /// Gives a complete file another name, on the same file system or by a copy. A name that is taken is refused.
  private func give(_ target: String, to file: String) throws {
    if link(file, target) == 0 { return }
    switch errno {
    case EXDEV, EPERM, ENOTSUP, EMLINK: try copyFile(file, to: target)
    case EEXIST: throw FileError.exists(path: target)
    case let code: throw FileError.failed(.create, path: target, code: code)
    }
  }

  /// Writes the same bytes under another name, complete and on the disk or not at all.
  func copyFile(_ file: String, to target: String) throws {
    let copy = try SafeFile(target, replacing: false)
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError.failed(.open, path: file, code: errno) }
    defer { close(descriptor) }
    let sink = Stoppable(copy, shouldStop)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { break }
      guard count > 0 else { throw FileError.failed(.read, path: file, code: errno) }
      try sink.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    try copy.finish()
  }
}

/// Whether anything stands at the path, a broken link too.
func isThere(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}

func fileSize(_ path: String) throws(FileError) -> Int {
  var status = stat()
  guard stat(path, &status) == 0 else { throw .failed(.read, path: path, code: errno) }
  return Int(status.st_size)
}
