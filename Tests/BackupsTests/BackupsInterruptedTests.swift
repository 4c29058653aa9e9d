import Formats
import Market
import Synchronization
import Testing

@testable import Backups
@testable import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct BackupsInterruptedTests {
  @Test(arguments: BackupPhase.allCases)
  func `a backup that is asked to end does so and leaves nothing behind`(phase: BackupPhase) throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let isAsked = Atomic<Bool>(false)
    var backups = home.backups { current, _ in
      if current == phase { isAsked.store(true, ordering: .relaxed) }
    }
    backups.shouldStop = { isAsked.load(ordering: .relaxed) }
    #expect(throws: BackupError.interrupted) { try backups.create() }
    #expect(home.names(home.folder).isEmpty)
    #expect(home.names(home.csvFolder).isEmpty)
  }

  @Test func `a restore that is asked to end leaves what was there`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    var backups = home.backups()
    backups.shouldStop = { true }
    #expect(throws: BackupError.interrupted) { try backups.restore(made.name, force: true) }
    #expect(home.names(home.path).filter { $0.contains("before-restore") || $0.hasPrefix(".") }.isEmpty)
  }

  @Test func `what a killed backup left half-written goes with the next one`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    try Folder.create(home.csvFolder)
    try write([1], to: "\(home.folder)/.appliance_20250101T000000Z.tar.zst.proof.json.1x2y.part")
    try write([1], to: "\(home.csvFolder)/.ohlc_hourly_20250101T000000Z.csv.1x2y.part")
    try write([1], to: "\(home.folder)/.letter.txt.1x2y.part")
    let made = try home.backups().create()
    #expect(home.names(home.folder) == [".letter.txt.1x2y.part", made.name, "\(made.name).proof.json"])
    #expect(home.names(home.csvFolder).count == 7)
  }

  @Test func `while another one is at work nothing half-written is touched`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    try Folder.create(home.folder)
    let other = try Scratch(in: home.folder)
    let part = ".appliance_20250101T000000Z.tar.zst.proof.json.1x2y.part"
    try write([1], to: "\(home.folder)/\(part)")
    _ = try home.backups().create()
    #expect(home.names(home.folder).contains(part))
    #expect(isThere(other.path))
  }

  @Test func `a second name that a killed restore gave the database is taken away by the next`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let second = "\(home.database).before-restore-20240101T000000Z"
    #expect(link(home.database, second) == 0)
    let restored = try home.backups().restore(made.name, force: true)
    #expect(!isThere(second))
    #expect(isThere(restored.keptOld ?? ""))
  }
}
