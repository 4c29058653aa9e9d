import Formats
import Store
import Synchronization
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What was read out of an archive, each member compared with the manifest.
struct Unpacked: Sendable {
  let manifest: BackupManifest
  /// The database, written but not yet brought to the disk.
  let database: String
}

extension Backups {
  private static let manifestLimit = 16 << 20

  /// Reads an archive to its end, writes the database to the scratch folder, compares every member's SHA-256 with the
  /// manifest, and looks at all of the database: structure, references, every row of every table.
  ///
  /// - Parameter origin: where a fault in the database comes from.
  /// - Returns: also what its tables hold.
  /// - Throws: `integrity` for the first fault, or for a table that is not as the manifest says.
  func unpackAndExamine(
    _ archive: String, into scratch: Scratch, blaming origin: String
  ) throws -> (Unpacked, [TableRecord]) {
    let isUnpacked = Atomic<Bool>(false)
    let (unpacked, tables) = try unpack(archive, into: scratch) {
      isUnpacked.store(true, ordering: .relaxed)
    } looking: { database in
      try examine(database, blaming: origin) { done in
        if isUnpacked.load(ordering: .relaxed) { onProgress(.comparing, done) }
      }
    }
    if let difference = TableRecord.difference(tables, from: unpacked.manifest.tables) {
      throw BackupError.integrity(path: origin, detail: difference)
    }
    onProgress(.comparing, 1)
    return (unpacked, tables)
  }

  /// The same for an archive that was made just now: its database is compared as a whole with the copy that went in, whose
  /// rows were read then. Equal bytes hold equal rows, so that they are not read a second time.
  ///
  /// - Throws: `integrity` for the first fault, and where anything is not what was written.
  func unpackAndCompare(
    _ archive: String, into scratch: Scratch, with written: BackupManifest, blaming origin: String
  ) throws {
    let (unpacked, isSame) = try unpack(archive, into: scratch, unpacked: {}) { database in
      try checkpoint()
      let (found, fault) = try blaming(origin) {
        // From the file, not from what was sent there.
        try both({ try Fingerprint(ofFile: database) }, { try faults(of: database) })
      }
      if let fault { throw BackupError.integrity(path: origin, detail: "the database is damaged: \(fault)") }
      let member = written.members.first { $0.name == BackupNames.databaseMember }
      return found.description == member?.sha256
    }
    guard isSame, unpacked.manifest == written else {
      throw BackupError.integrity(path: archive, detail: "what was read back is not what was written")
    }
    onProgress(.comparing, 1)
    try checkpoint()
  }

  /// Unpacks an archive; its database is looked at while what follows it in the archive is still read.
  private func unpack<Found: Sendable>(
    _ archive: String, into scratch: Scratch, unpacked isOver: @Sendable () -> Void,
    looking look: @Sendable (String) throws -> Found
  ) throws -> (Unpacked, Found) {
    let ready = Handover<String>()
    return try both(
      {
        defer { ready.end() }
        let unpacked = try unpack(archive, to: scratch.file("restored.db")) { ready.put($0) }
        isOver()
        return unpacked
      },
      {
        // Without one the other thread says what is wrong.
        guard let database = try ready.take() else { throw CancellationError() }
        return try look(database)
      })
  }

  /// - Parameter ready: called with the path of the database when it is written.
  private func unpack(
    _ archive: String, to database: String, ready: (String) -> Void
  ) throws -> Unpacked {
    do {
      let manifest = try readMembers(of: archive, database: database) { ready(database) }
      return Unpacked(manifest: manifest, database: database)
    } catch let error as ArchiveError {
      throw BackupError.of(error, path: archive)
    }
  }

  /// - Parameters:
  ///   - database: where the database goes; `nil` to look at it only.
  ///   - ready: called when the database is written.
  func readMembers(of archive: String, database: String?, ready: () -> Void = {}) throws -> BackupManifest {
    let reader = try reader(of: archive)
    let total = Double(max(1, try fileSize(archive)))
    var found: [BackupManifest.Member] = []
    var manifest: BackupManifest?
    onProgress(.unpacking, 0)
    while let entry = try reader.next() {
      if let manifest {
        throw BackupError.integrity(
          path: archive, detail: "\(entry.name) follows the manifest of \(manifest.createdAt)")
      }
      do {
        if entry.name == BackupNames.manifestMember {
          manifest = try BackupManifest(try reader.readAll(limit: Self.manifestLimit), path: archive)
        } else {
          found.append(try read(entry, of: reader, database: database))
          if entry.name == BackupNames.databaseMember { ready() }
        }
      } catch ArchiveError.damaged(let reason) {
        throw BackupError.integrity(path: archive, detail: "member \(entry.name) is damaged: \(reason)")
      }
      onProgress(.unpacking, min(1, Double(found.reduce(0) { $0 + $1.size }) / total / 4))
    }
    try reader.drain()
    guard let manifest else {
      throw BackupError.integrity(path: archive, detail: "it was cut off: it has no manifest.json")
    }
    if let difference = difference(found, from: manifest.members) {
      throw BackupError.integrity(path: archive, detail: difference)
    }
    onProgress(.unpacking, 1)
    return manifest
  }

  private func read(
    _ entry: ArchiveEntry, of reader: ArchiveReader, database: String?
  ) throws -> BackupManifest.Member {
    let sink: FingerprintingSink
    if let database, entry.name == BackupNames.databaseMember {
      let descriptor = open(database, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw FileError.failed(.create, path: database, code: errno) }
      defer { close(descriptor) }
      sink = FingerprintingSink(into: Stoppable(DescriptorSink(descriptor, name: database), shouldStop))
      try reader.copy(to: sink)
    } else {
      sink = FingerprintingSink(into: Stoppable(Nowhere(), shouldStop))
      try reader.copy(to: sink)
    }
    return .init(name: entry.name, size: sink.count, sha256: sink.fingerprint.description)
  }

  private func difference(_ found: [BackupManifest.Member], from expected: [BackupManifest.Member]) -> String? {
    let known = Dictionary(found.map { ($0.name, $0) }) { first, _ in first }
    for member in expected {
      guard let other = known[member.name] else { return "member \(member.name) is missing" }
      if other.size != member.size { return "member \(member.name) has \(other.size) bytes instead of \(member.size)" }
      if other.sha256 != member.sha256 { return "member \(member.name) holds other bytes: its SHA-256 differs" }
    }
    let names = Set(expected.map(\.name))
    if let other = found.first(where: { !names.contains($0.name) }) {
      return "member \(other.name) does not belong there"
    }
    return names.contains(BackupNames.databaseMember) ? nil : "it holds no \(BackupNames.databaseMember)"
  }
}

extension Backups {
  /// Looks at all of a restored database.
  private func examine(
    _ path: String, blaming origin: String, progress: @Sendable (Double) -> Void
  ) throws -> [TableRecord] {
    try checkpoint()
    let (tables, fault) = try blaming(origin) {
      try both(
        { try Store.readingOfAnyAge(path).contents(progress: progress).map(TableRecord.init) },
        { try faults(of: path) })
    }
    if let fault { throw BackupError.integrity(path: origin, detail: "the database is damaged: \(fault)") }
    try checkpoint()
    return tables
  }

  /// The first thing that is wrong with a database as a whole; `nil` where it is sound.
  private func faults(of path: String) throws -> String? {
    let store = try Store.readingOfAnyAge(path)
    return try store.structuralFaults().first ?? store.schemaFaults().first ?? store.brokenReferences().first
  }
}
