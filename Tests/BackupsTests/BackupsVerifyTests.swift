import Formats
import Testing

@testable import Backups
@testable import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct BackupsVerifyTests {
  @Test func `a good archive is restored, compared and told as good`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let verified = try home.backups().verify(made.name)
    #expect(verified.rows == made.rows)
    #expect(verified.provenAt == TestHome.now)
    #expect(home.names(home.folder).count == 2)
  }

  @Test func `an archive without its proof is compared with its own manifest`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    unlink("\(made.path).proof.json")
    let verified = try home.backups().verify(made.name)
    #expect(verified.provenAt == nil)
    #expect(verified.rows == made.rows)
  }

  @Test(arguments: 0..<40)
  func `a flipped byte anywhere in an archive is refused by verify and restore`(position: Int) throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    var archive = shared.archive
    archive[archive.count * position / 40] ^= UInt8(1 << (position % 8))
    let name = try shared.lay(archive: archive, proof: shared.proof, into: home)
    let target = "\(home.path)/restored.db"
    #expect { try home.backups().verify(name) } throws: { isIntegrity($0, naming: name) }
    #expect { try home.backups().restore(name, to: target) } throws: { isIntegrity($0, naming: name) }
    #expect(home.names(home.path) == ["backups"])
    #expect(home.names(home.folder).filter { $0 != BackupLedger.name }.count == 2)
  }

  @Test(arguments: 0..<40)
  func `a flipped byte anywhere in a proof is refused by verify and restore`(position: Int) throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    var proof = shared.proof
    proof[proof.count * position / 40] ^= UInt8(1 << (position % 7))
    let name = try shared.lay(archive: shared.archive, proof: proof, into: home)
    let target = "\(home.path)/restored.db"
    #expect { try home.backups().verify(name) } throws: { isIntegrity($0, naming: name) }
    #expect { try home.backups().restore(name, to: target) } throws: { isIntegrity($0, naming: name) }
    #expect(home.names(home.path) == ["backups"])
  }

  @Test(arguments: 0..<40)
  func `without a proof an altered archive never restores to other contents`(position: Int) throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    var archive = shared.archive
    archive[archive.count * position / 40] ^= UInt8(1 << (position % 8))
    let name = try shared.lay(archive: archive, proof: nil, into: home)
    // A byte that means nothing (of the tar's padding, say) may pass; what comes out must be the same.
    let verified = try? home.backups().verify(name)
    #expect(verified == nil || verified?.rows == shared.rows)
  }

  @Test(arguments: [0, 1, 100, 2000])
  func `a truncated archive is refused`(kept: Int) throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    let archive = Array(shared.archive.prefix(kept))
    let name = try shared.lay(archive: archive, proof: shared.proof, into: home)
    #expect { try home.backups().verify(name) } throws: { error in
      guard case .integrity(_, let detail) = error as? BackupError else { return false }
      return detail.hasPrefix("it has \(kept) bytes where its proof says \(shared.archive.count): ")
    }
    unlink("\(home.folder)/\(name).proof.json")
    #expect { try home.backups().verify(name) } throws: { isIntegrity($0, naming: name) }
  }

  @Test func `the proof of another archive is not taken`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let first = try home.backups().create()
    try market.add(hours: 60..<70)
    let second = try home.backups().create()
    try write(try bytes("\(second.path).proof.json"), to: "\(first.path).proof.json")
    #expect { try home.backups().verify(first.name) } throws: { isIntegrity($0, naming: first.name) }
  }

  @Test func `an archive and a proof that agree on other tables than are in it name the table`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let path = "\(made.path).proof.json"
    let proof = try BackupProof(try bytes(path), path: path)
    let tables = proof.tables.map { $0.name == "bar" ? TableRecord(name: "bar", rows: 61, sha256: $0.sha256) : $0 }
    let forged = BackupProof(
      sha256: proof.sha256, size: proof.size, createdAt: proof.createdAt, provenAt: proof.provenAt, automatic: false,
      applianceVersion: "", sqliteVersion: "", schemaVersion: 1, changeMark: "", subject: nil, csvFiles: [],
      tables: tables)
    try write(forged.text, to: path)
    #expect(
      throws: BackupError.integrity(
        path: made.path, detail: "compared with its proof, table bar has 60 rows instead of 61")
    ) { try home.backups().verify(made.name) }
  }

  @Test func `verify --all tells of every archive, also after a bad one`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let first = try home.backups().create()
    let second = try home.backups().create()
    try write(Array(try bytes(first.path).dropLast()), to: first.path)
    let results = try home.backups().verifyAll()
    #expect(results.map(\.name) == [first.name, second.name])
    #expect(throws: BackupError.self) { try results[0].result.get() }
    #expect(try results[1].result.get().rows == second.rows)
  }

  @Test func `an archive that is not there is not found`() throws {
    let home = try TestHome()
    let path = "\(home.folder)/appliance_20250101T000000Z.tar.zst"
    #expect(throws: BackupError.notFound(path: path)) {
      try home.backups().verify("appliance_20250101T000000Z.tar.zst")
    }
  }

  @Test func `a proof and a manifest from before there were signatures are good still`() throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    let proof = try BackupProof(shared.proof, path: "proof")
    #expect(proof.tables.allSatisfy { $0.signature?.utf8.count == 32 })
    let old = BackupProof(
      sha256: proof.sha256, size: proof.size, createdAt: proof.createdAt, provenAt: proof.provenAt, automatic: false,
      applianceVersion: "", sqliteVersion: "", schemaVersion: 1, changeMark: "", subject: nil, csvFiles: [],
      tables: proof.tables.map { TableRecord(name: $0.name, rows: $0.rows, sha256: $0.sha256) })
    let name = try shared.lay(archive: shared.archive, proof: old.text, into: home)
    #expect(try home.backups().verify(name).rows == shared.rows)
  }

  @Test func `a proof of a newer format is not read as ours`() throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    let proof = ChecksummedText.text([("version", .integer(2)), ("more", .bool(true))])
    let name = try shared.lay(archive: shared.archive, proof: proof, into: home)
    #expect(throws: BackupError.newer(path: "\(home.folder)/\(name).proof.json", version: 2, known: 1)) {
      try home.backups().verify(name)
    }
  }
}

func isIntegrity(_ error: any Error, naming name: String) -> Bool {
  guard case .integrity(let path, _) = error as? BackupError else { return false }
  return path.contains(name)
}
