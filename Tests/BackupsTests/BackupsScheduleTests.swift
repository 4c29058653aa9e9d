import Formats
import Market
import Testing

@testable import Backups
@testable import Store

@Suite struct BackupsScheduleTests {
  private let day: Int64 = 86_400

  @Test func `a folder is verified when its oldest proof is old enough, and then not before the interval is over`()
    throws
  {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    _ = try home.backups().create()
    #expect(try home.backups(at: TestHome.now + 7 * day - 1).verifyIfDue() == nil)
    let verification = try home.backups(at: TestHome.now + 7 * day).verifyIfDue()
    #expect(verification == BackupVerification(at: TestHome.now + 7 * day, archives: 1, unopened: 0, faults: []))
    #expect(try home.backups(at: TestHome.now + 14 * day - 1).verifyIfDue() == nil)
    #expect(try home.backups(at: TestHome.now + 14 * day).verifyIfDue() != nil)
  }

  @Test func `an archive that fails is remembered by name`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    var content = try bytes(made.path)
    content[content.count / 2] ^= 1
    try write(content, to: made.path)
    let verification = try #require(try home.backups(at: TestHome.now + 8 * day).verifyIfDue())
    #expect(verification.faults.map(\.name) == [made.name])
    #expect(verification.faults[0].reason.contains("bytes were altered"))
    #expect(home.backups().lastVerification == verification)
  }

  @Test func `without backups nothing is verified and nothing is written`() throws {
    let home = try TestHome()
    #expect(try home.backups().verifyIfDue() == nil)
    #expect(!isThere(home.folder))
  }

  @Test func `a verification in this clock's future says nothing`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    _ = try home.backups().create()
    _ = try home.backups(at: TestHome.now + 30 * day).verifyAll()
    #expect(try home.backups(at: TestHome.now + day).verifyIfDue()?.at == TestHome.now + day)
  }

  @Test func `a ledger that was altered counts as none`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    _ = try home.backups().create()
    _ = try home.backups().verifyAll()
    #expect(home.backups().lastVerification != nil)
    let path = "\(home.folder)/ledger.json"
    try write(try bytes(path) + [10], to: path)
    #expect(home.backups().lastVerification == nil)
    #expect(try home.backups().list().others.isEmpty)
  }
}

@Suite struct BackupsPointInTimeTests {
  @Test func `the newest archive that is not later is chosen`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let first = try home.backups().create()
    try market.add(hours: 60..<61)
    let second = try home.backups(at: TestHome.now + 3600).create()
    let backups = home.backups()
    #expect(try backups.archive(at: TestHome.now) == first.path)
    #expect(try backups.archive(at: TestHome.now + 3599) == first.path)
    #expect(try backups.archive(at: TestHome.now + 99_999) == second.path)
    #expect(
      throws: BackupError.notSoOld(instant: TestHome.now - 1, oldest: TestHome.now, folder: home.folder)
    ) { try backups.archive(at: TestHome.now - 1) }
    #expect(
      try backups.list().coverage
        == BackupCoverage(
          first: TestHome.now, last: TestHome.now + 3600, count: 2, widestGap: TestHome.now...TestHome.now + 3600))
  }

  @Test func `one that is not proven is passed over`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let first = try home.backups().create()
    try market.add(hours: 60..<61)
    let second = try home.backups(at: TestHome.now + 3600).create()
    try write(Array(try bytes(second.path).dropLast()), to: second.path)
    #expect(try home.backups().archive(at: TestHome.now + 7200) == first.path)
  }

  @Test func `one that has gone from the folder is found in the second one`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    var backups = home.backups()
    backups.copyFolder = "\(home.path)/disk"
    try Folder.create("\(home.path)/disk")
    let made = try backups.create()
    removeFile(made.path)
    #expect(try backups.archive(at: TestHome.now) == "\(home.path)/disk/\(made.name)")
  }
}
