import Formats
import Market

/// An archive that was read back, restored to a scratch file and compared, just now.
package struct BackupVerified: Hashable, Sendable {
  package let name: String
  package let path: String
  package let createdAt: Instant
  /// When the proof beside it was made; `nil` where there is none and it could only be compared with its own manifest.
  package let provenAt: Instant?
  package let tables: Int
  package let rows: Int
  /// Why it was not opened and only compared with the SHA-256 in its proof; `nil` for one that was opened.
  package let closed: Closed?
  package var isOpened: Bool { closed == nil }

  /// Why an archive stays closed.
  package enum Closed: Hashable, Sendable {
    case passphraseMissing
    /// Its passphrase is another one than was given.
    case otherPassphrase
    /// An earlier version encrypted it in a format that this one does not read.
    case earlierEncryption
  }
}

extension Backups {
  /// Proves an archive once more: its SHA-256 against the proof, then everything in it, restored and compared.
  ///
  /// Of one in the folder, or in the second one, it is remembered there whether it is damaged.
  ///
  /// - Parameter archive: a name in the folder, or a path.
  /// - Throws: `integrity` naming the file, and in it the member, table or byte that differs; `notFound`; `newer`;
  ///   `wrongPassphrase`, or without a proof `notOpened`; `earlierEncryption`; `passphraseMissing` for an encrypted one
  ///   that has no proof either.
  package func verify(_ archive: String) throws(BackupError) -> BackupVerified {
    let path = path(of: archive)
    let result = Result { () throws(BackupError) in try look(at: path) }
    let place = FilePath.join(FilePath.folder(of: path), "")
    if place == FilePath.join(folder, "") || place == copyFolder.map({ FilePath.join($0, "") }) {
      remember(in: place) { $0.note(FilePath.name(of: path), result) }
    }
    return try result.get()
  }

  /// Alters what is known of a folder. One that cannot be written was looked at all the same.
  func remember(in folder: String, _ alter: (inout BackupLedger) -> Void) {
    let before = BackupLedger(folder: folder)
    var ledger = before
    alter(&ledger)
    if ledger != before { try? ledger.write(to: folder) }
  }

  private func look(at path: String) throws(BackupError) -> BackupVerified {
    try inBackup(path) {
      if isThere(path), EarlierEncryption.isFormat(of: path) { throw BackupError.earlierEncryption(path: path) }
      if passphrase == nil, isThere(path), isEncrypted(path) { return try compared(path, .passphraseMissing) }
      return try withVerified(path, scratchIn: try scratchFolder(for: path)) { verified, _ in verified }
    }
  }

  /// Verifies every archive in the folder, oldest first; one that fails does not keep the others from being tried.
  ///
  /// One that is encrypted with another passphrase, or by an earlier version, is compared with its proof, like one whose
  /// passphrase nobody gave. What came of it is kept in the folder.
  package func verifyAll() throws(BackupError) -> [(name: String, result: Result<BackupVerified, BackupError>)] {
    var results: [(name: String, result: Result<BackupVerified, BackupError>)] = []
    for backup in try list().backups {
      let result = Result { () throws(BackupError) in try lookOrCompare(FilePath.join(folder, backup.name)) }
      if case .failure(.interrupted) = result { throw .interrupted }
      results.append((backup.name, result))
    }
    guard !results.isEmpty else { return [] }
    remember(in: folder) { ledger in
      for gone in ledger.damaged.map(\.name) where !results.contains(where: { $0.name == gone }) { ledger.forget(gone) }
      for (name, result) in results { ledger.note(name, result) }
      ledger.verification = BackupVerification(results.map { ($0.name, $0.result) }, at: clock.now)
    }
    return results
  }

  private func lookOrCompare(_ path: String) throws(BackupError) -> BackupVerified {
    do {
      return try look(at: path)
    } catch .wrongPassphrase {
      return try inBackup(path) { try compared(path, .otherPassphrase) }
    } catch .earlierEncryption where isThere(path + BackupProof.suffix) {
      return try inBackup(path) { try compared(path, .earlierEncryption) }
    }
  }

  /// Calls `body` with an archive that proved good, and the path of the database restored from it, gone afterwards.
  func withVerified<T>(
    _ path: String, scratchIn folder: String, _ body: (BackupVerified, String) throws -> T
  ) throws -> T {
    guard isThere(path) else { throw BackupError.notFound(path: path) }
    let proof = try BackupProof.beside(path)
    if let proof { try compare(path, with: proof) }
    let scratch = try Scratch(in: folder)
    return try withExtendedLifetime(scratch) {
      let (unpacked, tables) = try unpackAndExamine(path, into: scratch, isProven: proof != nil)
      if let proof, let difference = TableRecord.difference(tables, from: proof.tables) {
        throw BackupError.integrity(path: path, detail: "compared with its proof, \(difference)")
      }
      let verified = BackupVerified(
        name: FilePath.name(of: path), path: path, createdAt: unpacked.manifest.createdAt, provenAt: proof?.provenAt,
        tables: tables.count, rows: tables.reduce(0) { $0 + $1.rows }, closed: nil)
      return try body(verified, unpacked.database)
    }
  }

  /// What is in an archive before it is trusted. What its passphrase does not open though its bytes are those that were
  /// proven has another.
  private func unpackAndExamine(
    _ path: String, into scratch: Scratch, isProven: Bool
  ) throws -> (Unpacked, [TableRecord]) {
    do {
      return try unpackAndExamine(path, into: scratch, blaming: path)
    } catch BackupError.notOpened where isProven {
      throw BackupError.wrongPassphrase(path: path)
    }
  }

  /// An encrypted archive that stays closed: its bytes are those that were proven, or they are not.
  private func compared(_ path: String, _ closed: BackupVerified.Closed) throws -> BackupVerified {
    guard let proof = try BackupProof.beside(path) else { throw BackupError.passphraseMissing(path: path) }
    try compare(path, with: proof)
    return BackupVerified(
      name: FilePath.name(of: path), path: path, createdAt: proof.createdAt, provenAt: proof.provenAt,
      tables: proof.tables.count, rows: proof.tables.reduce(0) { $0 + $1.rows }, closed: closed)
  }

  private func compare(_ path: String, with proof: BackupProof) throws {
    let size = try fileSize(path)
    func place() -> String { placeOfDamage(in: path).map { ": \($0)" } ?? "" }
    guard size == proof.size else {
      throw BackupError.integrity(
        path: path, detail: "it has \(size) bytes where its proof says \(proof.size)\(place())")
    }
    guard try Fingerprint(ofFile: path).description == proof.sha256 else {
      throw BackupError.integrity(
        path: path, detail: "its SHA-256 is not the one in its proof; bytes were altered\(place())")
    }
  }

  /// Where what is unpacked may lie for a moment: beside the archive, but never in the clear beside an encrypted one.
  func scratchFolder(for archive: String) throws -> String {
    let home = FilePath.folder(of: database)
    if isEncrypted(archive), Folder.exists(home) { return home }
    try Folder.create(folder)
    return folder
  }
}

extension BackupVerification {
  /// What stayed closed is no fault.
  init(_ results: [(String, Result<BackupVerified, BackupError>)], at now: Instant) {
    self.init(
      at: now, archives: results.count,
      unopened: results.count { _, result in
        switch result {
        case .success(let verified): !verified.isOpened
        case .failure(let error): error.leavesClosed
        }
      },
      faults: results.compactMap { name, result in
        if case .failure(let error) = result, !error.leavesClosed {
          Fault(name: name, reason: error.reason)
        } else {
          nil
        }
      })
  }
}
