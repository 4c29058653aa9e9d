import Formats
import Market
import Testing

@testable import Backups

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Archives that an earlier version encrypted in a format of its own are kept, told of, and left alone.
@Suite struct EarlierEncryptionTests {
  private let home: TestHome
  private let backups: Backups
  /// Two archives of the earlier format, each with its proof, as that version left them: automatic ones.
  private let earlier: [String]

  init() throws {
    home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    var names: [String] = []
    for number in 0..<2 {
      try market.add(hours: 60 + number..<61 + number)
      let made = try home.backups(at: TestHome.now + Int64(number) * 86_400).create(automatic: true)
      names.append(try Self.asEarlier(made))
    }
    earlier = names
    var backups = home.backups(at: TestHome.now + 9 * 86_400)
    backups.passphrase = try Passphrase(Array("a passphrase".utf8))
    backups.workFactor = .least
    self.backups = backups
  }

  /// Puts bytes of the earlier format into the place of an archive, under its name of then, with a proof of them.
  private static func asEarlier(_ made: BackupMade) throws -> String {
    let content = Array("appl.enc".utf8) + [1, 15, 8, 3, 0, 1, 0, 0] + [UInt8](repeating: 0xA5, count: 300)
    let proof = try BackupProof(try bytes("\(made.path).proof.json"), path: "proof")
    let of = BackupProof(
      sha256: Fingerprint(of: content).description, size: content.count, createdAt: proof.createdAt,
      provenAt: proof.provenAt, automatic: true, applianceVersion: "0.1.0", sqliteVersion: "3.40.1", schemaVersion: 1,
      changeMark: proof.changeMark, subject: proof.subject, csvFiles: [], tables: proof.tables)
    removeFile(made.path)
    removeFile("\(made.path).proof.json")
    try write(content, to: "\(made.path).enc")
    try write(of.text, to: "\(made.path).enc.proof.json")
    return "\(made.name).enc"
  }

  @Test func `they are listed, and counted on by nothing`() throws {
    let list = try backups.list()
    #expect(list.backups.map(\.name) == earlier)
    #expect(list.backups.map(\.state) == [.earlierEncryption, .earlierEncryption])
    #expect(list.backups.map(\.isEncrypted) == [true, true])
    #expect(list.others.isEmpty)
    #expect(list.newestProven == nil)
    #expect(list.coverage == nil)
    #expect(throws: BackupError.self) { try backups.archive(at: TestHome.now + 30 * 86_400) }
  }

  @Test func `they are never pruned, by no rule and by no run`() throws {
    let decisions = try backups.prune(PrunePolicy(last: 1))
    #expect(decisions.map(\.isKept) == [true, true])
    #expect(decisions[0].reason.contains("earlier version"))
    let made = try #require(try backups.automatic().made)
    #expect(made.name.hasSuffix(".tar.zst.age"))
    #expect(try backups.list().backups.map(\.name) == earlier + [made.name])
  }

  @Test(arguments: [true, false])
  func `verify and restore refuse them in a sentence that says what to do`(hasPassphrase: Bool) throws {
    let backups = hasPassphrase ? backups : home.backups()
    let refusal = BackupError.earlierEncryption(path: "\(home.folder)/\(earlier[0])")
    #expect(throws: refusal) { try backups.verify(earlier[0]) }
    #expect(throws: refusal) { try backups.restore(earlier[0], to: "\(home.path)/new/x.db") }
    #expect(throws: refusal) { try backups.restore(earlier[0], force: true) }
    #expect(!isThere("\(home.path)/new"))
    #expect(refusal.description.contains("an earlier version's own format, which this version does not read"))
    #expect(refusal.description.contains("Restore it with the version that made it"))
    #expect(!refusal.isIntegrity)
  }

  @Test func `when all are verified their bytes are compared, and what has no proof is no fault`() throws {
    unlink("\(home.folder)/\(earlier[1]).proof.json")
    let results = try backups.verifyAll()
    #expect(try results[0].result.get().closed == .earlierEncryption)
    #expect(throws: BackupError.earlierEncryption(path: "\(home.folder)/\(earlier[1])")) { try results[1].result.get() }
    #expect(backups.lastVerification?.unopened == 2)
    #expect(backups.lastVerification?.faults == [])
  }

  @Test func `one that was altered since is a fault, and still kept`() throws {
    var content = try bytes("\(home.folder)/\(earlier[0])")
    content[100] ^= 1
    try write(content, to: "\(home.folder)/\(earlier[0])")
    _ = try backups.verifyAll()
    #expect(
      backups.lastVerification?.faults
        == [.init(name: earlier[0], reason: "its SHA-256 is not the one in its proof; bytes were altered")])
    #expect(try backups.list().backups[0].isDamaged)
    #expect(try backups.prune(PrunePolicy(last: 1)).map(\.isKept) == [true, true])
  }

  @Test func `one under another name is known by its first bytes`() throws {
    let other = "appliance_20240101T000000Z.tar.zst"
    try write(try bytes("\(home.folder)/\(earlier[0])"), to: "\(home.folder)/\(other)")
    #expect(try backups.list().backups.first { $0.name == other }?.state == .earlierEncryption)
    #expect(throws: BackupError.earlierEncryption(path: "\(home.folder)/\(other)")) { try backups.verify(other) }
  }

  @Test func `their stamp is taken`() throws {
    let made = try home.backups().create()
    #expect(made.name == "appliance_20250919T223000Z-2.tar.zst")
  }
}
