import Formats
import Market
import Testing

@testable import Backups
@testable import Store

/// Two databases that keep their backups in one folder.
@Suite struct BackupsOfTwoTests {
  private let home: TestHome
  private let hour: Int64 = 3600

  init() throws {
    home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    _ = try SmallMarket.filled("\(home.path)/other.db", hours: 30)
  }

  private func backups(of name: String = "appliance.db", later hours: Int64 = 0) -> Backups {
    Backups(
      of: "\(home.path)/\(name)", in: home.folder, csvFolder: nil, settings: [], version: "1.0-test",
      clock: .standing(at: TestHome.now + hours * hour))
  }

  @Test func `neither holds up the automatic backup of the other`() throws {
    let made = try backups().automatic().made
    #expect(made != nil)
    let other = try backups(of: "other.db", later: 1).automatic().made
    #expect(other != nil)
    #expect(try backups(later: 2).automatic() == .recent(name: made?.name ?? "", age: 2 * hour))
    #expect(try backups(of: "other.db", later: 2).automatic() == .recent(name: other?.name ?? "", age: hour))
  }

  @Test func `each sees its own as its newest, and goes back to its own`() throws {
    let made = try backups().create()
    let other = try backups(of: "other.db", later: 1).create()
    #expect(try backups().list().newestProven?.name == made.name)
    #expect(try backups().list().backups.map(\.isOwn) == [true, false])
    #expect(try backups().list().backups.map(\.databaseName) == ["appliance.db", "other.db"])
    #expect(try backups(of: "other.db").list().newestProven?.name == other.name)
    #expect(try backups().archive(at: TestHome.now + 9 * hour) == made.path)
    #expect(try backups(of: "other.db").archive(at: TestHome.now + 9 * hour) == other.path)
    #expect(try backups().list().coverage?.count == 1)
    #expect(
      throws: BackupError.notSoOld(instant: TestHome.now, oldest: TestHome.now + hour, folder: home.folder)
    ) { try backups(of: "other.db").archive(at: TestHome.now) }
  }

  @Test func `pruning one leaves those of the other alone and does not count them`() throws {
    let first = try backups().create(automatic: true)
    let other = try backups(of: "other.db", later: 1).create(automatic: true)
    let decisions = try backups().prune(PrunePolicy(last: 1))
    #expect(decisions.map(\.reason) == ["newest 1, newest proven", "of another database"])
    #expect(isThere(first.path) && isThere(other.path))
  }

  @Test func `of a database that is gone those under its name are brought back`() throws {
    let made = try backups().create()
    let other = try backups(of: "other.db", later: 1).create()
    removeFile("\(home.path)/other.db")
    removeFile(home.database)
    #expect(try backups().archive(at: TestHome.now + 9 * hour) == made.path)
    #expect(try backups(of: "other.db").archive(at: TestHome.now + 9 * hour) == other.path)
    #expect(throws: BackupError.self) { try backups(of: "new.db").archive(at: TestHome.now + 9 * hour) }
    removeFile(other.path)
    #expect(try backups(of: "new.db").archive(at: TestHome.now + 9 * hour) == made.path)
  }

  @Test func `a restored copy is the same record, under any name`() throws {
    let made = try backups().create()
    _ = try backups().restore(made.name, to: "\(home.path)/copy.db")
    _ = try backups(of: "other.db", later: 1).create()
    #expect(try backups(of: "copy.db").list().backups.map(\.isOwn) == [true, false])
    #expect(
      try Store.reading("\(home.path)/copy.db").identity() == Store.reading(home.database).identity())
  }

  @Test func `an archive or a file from before belongs to all`() throws {
    #expect(!BackupOwner(of: home.database, among: []).has(BackupSubject(id: "x", name: "appliance.db")))
    #expect(BackupOwner(of: home.database, among: []).has(nil))
    let store = try Store.writing(home.database, command: "test")
    try store.write { db in try db.execute(sql: "DELETE FROM meta WHERE key = 'record_id'") }
    #expect(BackupOwner(of: home.database, among: []).has(BackupSubject(id: "x", name: "other.db")))
  }

  @Test func `the identity is made once`() throws {
    let first = try Store.reading(home.database).identity()
    #expect(first?.count == 32)
    #expect(try SmallMarket(home.database).store.identity() == first)
    #expect(try Store.reading("\(home.path)/other.db").identity() != first)
  }
}
