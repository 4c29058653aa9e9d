import Formats
import Market
import Testing

@testable import Backups
@testable import Store

/// What a look at an archive showed is heeded wherever a good one is looked for.
@Suite struct BackupsDamagedTests {
  private let home: TestHome
  private let good: BackupMade
  private let bad: BackupMade
  private let hour: Int64 = 3600

  /// Two automatic archives, of which the newer one has a byte of it altered.
  init() throws {
    home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    good = try home.backups().create(automatic: true)
    try market.add(hours: 60..<61)
    bad = try home.backups(at: TestHome.now + hour).create(automatic: true)
    try alter()
  }

  private func alter() throws {
    var content = try bytes(bad.path)
    content[content.count / 2] ^= 1
    try write(content, to: bad.path)
  }

  private var later: Backups { home.backups(at: TestHome.now + 2 * hour) }

  @Test(arguments: [true, false])
  func `the good one is kept and the damaged one no longer counts as proven`(all: Bool) throws {
    #expect(try later.list().newestProven?.name == bad.name)
    if all { _ = try later.verifyAll() } else { #expect(throws: BackupError.self) { try later.verify(bad.name) } }
    let states = try later.list().backups.map(\.state)
    #expect(states[0] == .proven(at: TestHome.now))
    guard case .damaged(let why) = states[1] else { throw TestFault(what: "\(states)") }
    #expect(why.contains("bytes were altered"))
    let decisions = try later.prune(PrunePolicy(last: 1))
    #expect(decisions.map(\.isKept) == [true, true])
    #expect(decisions[0].reason == "newest 1, newest proven")
    #expect(isThere(good.path))
  }

  @Test func `a time later than both is brought back from the good one`() throws {
    _ = try later.verifyAll()
    #expect(try later.archive(at: TestHome.now + 9 * hour) == good.path)
    #expect(try later.list().coverage?.last == TestHome.now)
  }

  @Test func `it neither holds up the next automatic one nor is copied`() throws {
    _ = try later.verifyAll()
    let disk = "\(home.path)/disk"
    try Folder.create(disk)
    var backups = home.backups(at: TestHome.now + 24 * hour)
    backups.copyFolder = disk
    #expect(try backups.copyAll().map(\.name) == [good.name])
    #expect(try backups.automatic().made != nil)
  }

  @Test func `a later look that finds it good clears it`() throws {
    let altered = try bytes(bad.path)
    _ = try later.verifyAll()
    try alter()
    #expect(try bytes(bad.path) != altered)
    #expect(try later.list().newestProven?.name == good.name)
    _ = try later.verify(bad.name)
    #expect(try later.list().newestProven?.name == bad.name)
    #expect(later.lastVerification?.faults == [])
  }

  @Test func `a new archive under the name of a damaged one is proven`() throws {
    _ = try later.verifyAll()
    removeFile(bad.path)
    removeFile("\(bad.path).proof.json")
    let made = try home.backups(at: TestHome.now + hour).create(automatic: true)
    #expect(made.name == bad.name || made.path != bad.path)
    #expect(try later.list().newestProven?.name == made.name)
  }

  @Test func `that an archive cannot be read now says nothing about it`() throws {
    var ledger = BackupLedger()
    ledger.note(good.name, .failure(.diskFull(path: good.path)))
    ledger.note(good.name, .failure(.unreadable(path: good.path, detail: "no")))
    ledger.note(good.name, .failure(.wrongPassphrase(path: good.path)))
    ledger.note(good.name, .failure(.newer(path: good.path, version: 2, known: 1)))
    #expect(ledger.damaged.isEmpty)
    ledger.note(good.name, .failure(.integrity(path: good.path, detail: "bad")))
    #expect(ledger.damage(of: good.name) == "bad")
  }
}
