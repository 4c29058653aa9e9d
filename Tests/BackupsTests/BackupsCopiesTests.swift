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

@Suite struct BackupsCopiesTests {
  private func backups(of home: TestHome, later: Int64 = 0) -> Backups {
    var backups = home.backups(at: TestHome.now + later)
    backups.copyFolder = "\(home.path)/disk"
    return backups
  }

  @Test func `a backup is copied with its proof, and the copy proves good there`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    try Folder.create("\(home.path)/disk")
    let made = try backups(of: home).create()
    #expect(made.copy == .made(path: "\(home.path)/disk/\(made.name)"))
    #expect(home.names("\(home.path)/disk") == [made.name, "\(made.name).proof.json"])
    #expect(try backups(of: home).verify("\(home.path)/disk/\(made.name)").rows == made.rows)
    #expect(try backups(of: home).copyAll().map(\.copy) == [.present(path: "\(home.path)/disk/\(made.name)")])
  }

  @Test func `a disk that is not there is told, and the backup is good`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).create()
    #expect(
      made.copy
        == .absent(folder: "\(home.path)/disk", reason: "there is no such folder; is the disk mounted?"))
    #expect(!isThere("\(home.path)/disk"))
    #expect(try backups(of: home).verify(made.name).rows == made.rows)
  }

  @Test func `an empty folder where copies were is a disk that is not mounted`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    try Folder.create("\(home.path)/disk")
    let first = try backups(of: home).create()
    for name in home.names("\(home.path)/disk") { unlink("\(home.path)/disk/\(name)") }
    try market.add(hours: 60..<61)
    let second = try backups(of: home, later: 60).create()
    #expect(first.copy != nil)
    #expect(second.copy?.isAbsent == true)
    #expect(home.names("\(home.path)/disk").isEmpty)
  }

  @Test func `a disk that comes back gets the newest archive at the next run, also when none is due`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try backups(of: home).automatic().made
    try Folder.create("\(home.path)/disk")
    #expect(try backups(of: home, later: 60).automatic() == .recent(name: made?.name ?? "", age: 60))
    #expect(home.names("\(home.path)/disk").first == made?.name)
  }

  @Test func `what is foreign there is named and left alone; what a kill left of a copy goes`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    try Folder.create("\(home.path)/disk")
    try write([1], to: "\(home.path)/disk/letter.txt")
    try write([2], to: "\(home.path)/disk/.appliance_20250101T000000Z.tar.zst.1a2b.part")
    try write([3], to: "\(home.path)/disk/.somebody-else.part")
    let made = try backups(of: home).create()
    #expect(
      home.names("\(home.path)/disk") == [".somebody-else.part", made.name, "\(made.name).proof.json", "letter.txt"])
    #expect(try backups(of: home).listCopies()?.others.map(\.name) == [".somebody-else.part", "letter.txt"])
  }

  @Test func `another file of that name is not replaced`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    try Folder.create("\(home.path)/disk")
    try write([1], to: "\(home.path)/disk/appliance_20250919T223000Z.tar.zst")
    let made = try backups(of: home).create()
    #expect(made.copy?.isFailed == true)
    #expect(try bytes("\(home.path)/disk/appliance_20250919T223000Z.tar.zst") == [1])
  }

  @Test func `automatic copies are thinned out there too`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    try Folder.create("\(home.path)/disk")
    for number in 0..<9 {
      try market.add(hours: 60 + number..<61 + number)
      _ = try backups(of: home, later: Int64(number) * 86_400).automatic()
    }
    #expect(home.names("\(home.path)/disk") == home.names(home.folder).filter { $0.hasPrefix("appliance_") })
    #expect(home.names("\(home.path)/disk").count < 18)
  }
}

extension BackupCopy {
  fileprivate var isAbsent: Bool { if case .absent = self { true } else { false } }
  fileprivate var isFailed: Bool { if case .failed = self { true } else { false } }
}
