import Formats
import Market
import Testing

@testable import Backups
@testable import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct BackupsEncryptedTests {
  static let words = "a passphrase that is found nowhere"

  private func backups(of home: TestHome, _ words: String? = Self.words, later: Int64 = 0) throws -> Backups {
    var backups = home.backups(at: TestHome.now + later)
    backups.passphrase = try words.map { try Passphrase(Array($0.utf8)) }
    backups.workFactor = .least
    return backups
  }

  @Test func `an encrypted backup is proven, listed, verified and restored like another`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    #expect(made.name == "appliance_20250919T223000Z.tar.zst.age")
    #expect(made.csvFiles.isEmpty)
    #expect(try home.backups().list().backups.map(\.state) == [.proven(at: TestHome.now)])
    #expect(try backups(of: home).verify(made.name).isOpened)
    let target = "\(home.path)/copy.db"
    _ = try backups(of: home).restore(made.name, to: target)
    #expect(try contents(target) == contents(home.database))
    #expect(
      home.names(home.path)
        == ["appliance.db", "appliance.db-shm", "appliance.db-wal", "appliance.db.lock", "backups", "copy.db"].filter {
          isThere("\(home.path)/\($0)")
        })
  }

  @Test func `without its passphrase only the bytes are compared, and nothing is restored`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    let verified = try home.backups().verify(made.name)
    #expect(!verified.isOpened)
    #expect(verified.rows == made.rows)
    #expect(throws: BackupError.passphraseMissing(path: made.path)) {
      try home.backups().restore(made.name, to: "\(home.path)/new/copy.db")
    }
    #expect(!isThere("\(home.path)/new"))
    unlink("\(made.path).proof.json")
    #expect(throws: BackupError.passphraseMissing(path: made.path)) { try home.backups().verify(made.name) }
  }

  @Test func `without a proof nothing tells another passphrase from a damaged header`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    unlink("\(made.path).proof.json")
    let wrong = try backups(of: home, "wrong")
    #expect(throws: BackupError.notOpened(path: made.path)) { try wrong.verify(made.name) }
    #expect(throws: BackupError.notOpened(path: made.path)) { try wrong.restore(made.name, to: "\(home.path)/x.db") }
    #expect(BackupError.notOpened(path: "x").description.contains("wrong passphrase or damaged header"))
    #expect(!isThere("\(home.path)/x.db"))
    // It may be good: it is none of the faults, and stays what it was.
    #expect(try wrong.verifyAll().count == 1)
    #expect(wrong.lastVerification?.faults == [])
    #expect(wrong.lastVerification?.unopened == 1)
    var content = try bytes(made.path)
    content[40] ^= 1
    try write(content, to: made.path)
    #expect(throws: BackupError.self) { try backups(of: home).verify(made.name) }
  }

  @Test func `with a proof the SHA-256 tells damage from another passphrase`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    let good = try bytes(made.path)
    func detail(altering place: Int, _ words: String? = Self.words) throws -> String {
      var content = good
      // In the header another character of base64.
      content[place] = content[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      try write(content, to: made.path)
      do {
        _ = try backups(of: home, words).verify(made.name)
        throw TestFault(what: "it was taken as good")
      } catch BackupError.integrity(_, let detail) {
        return detail
      }
    }
    let altered = "its SHA-256 is not the one in its proof; bytes were altered"
    #expect(try detail(altering: 40) == "\(altered): wrong passphrase or damaged header")
    #expect(
      try detail(altering: 120)
        == "\(altered): its header is damaged: the passphrase is right, and the MAC is not that of its lines"
    )
    #expect(try detail(altering: 200).hasPrefix("\(altered): its last chunk, number 1, from byte 165, is damaged"))
    #expect(
      try detail(altering: 0, nil) == "\(altered): it is not an age file: it does not begin with age-encryption.org/v1")
    #expect(try detail(altering: 200, nil) == altered)
    #expect(try detail(altering: 200, "wrong") == "\(altered): wrong passphrase or damaged header")
    try write(good, to: made.path)
    #expect(throws: BackupError.wrongPassphrase(path: made.path)) { try backups(of: home, "wrong").verify(made.name) }
  }

  @Test func `another passphrase is told as such`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    #expect(throws: BackupError.wrongPassphrase(path: made.path)) { try backups(of: home, "wrong").verify(made.name) }
    #expect(throws: BackupError.wrongPassphrase(path: made.path)) {
      try backups(of: home, "wrong").restore(made.name, to: "\(home.path)/copy.db")
    }
    #expect(!isThere("\(home.path)/copy.db"))
  }

  @Test func `archives of another passphrase are compared by their bytes, and that is no fault`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    let later = try backups(of: home, "another one", later: 60)
    let verified = try #require(try later.verifyAll().first).result.get()
    #expect(verified.closed == .otherPassphrase)
    #expect(
      later.lastVerification == BackupVerification(at: TestHome.now + 60, archives: 1, unopened: 1, faults: []))
    #expect(throws: BackupError.wrongPassphrase(path: made.path)) { try later.verify(made.name) }
    #expect(try later.list().newestProven?.name == made.name)
    var content = try bytes(made.path)
    content[content.count - 3] ^= 1
    try write(content, to: made.path)
    #expect(try later.verifyAll().map(\.name) == [made.name])
    #expect(later.lastVerification?.faults.map(\.name) == [made.name])
    #expect(try later.list().newestProven == nil)
  }

  @Test func `neither the passphrase nor the data can be read in what lies in the folder`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    var seen: [String] = []
    let made = try backups(of: home).create()
    for name in home.names(home.folder) {
      let text = String(decoding: try bytes("\(home.folder)/\(name)"), as: UTF8.self)
      #expect(!text.contains(Self.words))
      #expect(!text.contains("BTCUSDT"))
      seen.append(name)
    }
    #expect(seen == [made.name, "\(made.name).proof.json"])
  }

  @Test func `automatic backups are encrypted, and thinned out without the passphrase`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    for number in 0..<3 {
      try market.add(hours: 60 + number..<61 + number)
      _ = try backups(of: home, later: Int64(number) * 86_400).automatic()
    }
    #expect(try home.backups().list().backups.map(\.isEncrypted) == [true, true, true])
    _ = try home.backups().prune(PrunePolicy(last: 1))
    #expect(try home.backups().list().backups.count == 1)
    #expect(home.names(home.folder).count == 2)
  }

  @Test func `an archive under a name that hides it is opened all the same`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    let other = "\(home.path)/renamed.tar.zst"
    try write(try bytes(made.path), to: other)
    #expect(try backups(of: home).verify(other).rows == made.rows)
  }
}
