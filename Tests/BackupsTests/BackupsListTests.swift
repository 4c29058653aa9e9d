import Formats
import Market
import Testing

@testable import Backups

@Suite struct BackupsListTests {
  private let oneMinuteLater = TestHome.now + 60

  @Test func `archives are listed oldest first with what their proofs say, other files are named`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let later = try home.backups(at: oneMinuteLater).create(automatic: true)
    let made = try home.backups().create()
    try write([1, 2], to: "\(home.folder)/appliance_20250101T000000Z.tar.zst")
    try write([3], to: "\(home.folder)/holiday.jpg")
    try write([4], to: "\(home.folder)/.appliance_x.tar.zst.abc.part")
    try write([5], to: "\(home.folder)/appliance_20240101T000000Z.tar.zst.proof.json")
    try write([], to: "\(home.folder)/.gitignore")
    let list = try home.backups().list()
    #expect(list.backups.map(\.name) == ["appliance_20250101T000000Z.tar.zst", made.name, later.name])
    #expect(list.backups.map(\.state) == [.proofMissing, .proven(at: TestHome.now), .proven(at: oneMinuteLater)])
    #expect(list.backups.map(\.automatic) == [nil, false, true])
    #expect(list.backups[1].rows == made.rows)
    #expect(
      list.others.map(\.reason) == [
        "a backup that is being made or was never finished", "a proof without its archive", "not one of our backups",
      ])
  }

  @Test func `a shorter archive and an altered proof do not match`() throws {
    let shared = try SharedBackup.it.get()
    let home = try TestHome()
    let name = try shared.lay(archive: Array(shared.archive.dropLast()), proof: shared.proof, into: home)
    #expect(
      try home.backups().list().backups[0].state
        == .proofMismatch(
          "the archive has \(shared.archive.count - 1) bytes where its proof says \(shared.archive.count)"))
    _ = try shared.lay(archive: shared.archive, proof: shared.proof + [10], into: home)
    #expect(try home.backups().list().backups[0].state == .proofMismatch("the proof itself was altered"))
    #expect(try home.backups().list().backups[0].name == name)
  }

  @Test func `without a folder the list is empty`() throws {
    let home = try TestHome()
    #expect(try home.backups().list() == BackupList(backups: [], others: []))
  }

  @Test(arguments: [
    "appliance_20250919T223000Z.tar.zst", "appliance_20250919T223000Z-2.tar.zst",
    "appliance_20250919T223000Z-10.tar.zst",
  ])
  func `names of archives are read back`(name: String) {
    #expect(BackupNames.stamp(ofArchive: name).map { BackupNames.archive($0) } == name)
  }

  @Test func `names of encrypted archives are read back`() {
    let name = "appliance_20250919T223000Z-2.tar.zst.age"
    #expect(BackupNames.stamp(ofArchive: name).map { BackupNames.archive($0, isEncrypted: true) } == name)
    #expect(BackupNames.isEncrypted(name))
    #expect(!BackupNames.isEncrypted("appliance_20250919T223000Z.tar.zst"))
  }

  @Test(arguments: [
    (".appliance_20250919T223000Z.tar.zst.1x2y.part", true),
    (".appliance_20250919T223000Z.tar.zst.age.1x2y.part", true),
    (".appliance_20250919T223000Z.tar.zst.enc.1x2y.part", true),
    (".appliance_20250919T223000Z.tar.zst.proof.json.1x2y.part", true),
    (".ohlc_hourly_20250919T223000Z.csv.1x2y.part", true), (".ledger.json.1.part", true),
    (".letter.txt.1x2y.part", false), ("appliance_20250919T223000Z.tar.zst.1x2y.part", false),
    (".appliance_x.tar.zst.abc.part", false), (".part", false),
  ])
  func `what a kill left unfinished of ours is known by its name`(name: String, isOurs: Bool) {
    #expect(BackupNames.isUnfinished(name) == isOurs)
  }

  @Test(arguments: [
    "appliance_20250919T223000Z-1.tar.zst", "appliance_20250931T223000Z.tar.zst", "appliance_2025.tar.zst",
    "appliance_20250919T223000Z-.tar.zst", "appliance_20250919T223000Z.tar.gz", "appliance_2025091९T223000Z.tar.zst",
    "appliance_20250919T223000Z-+2.tar.zst", "appliance_.tar.zst",
  ])
  func `other names are not ours`(name: String) {
    #expect(BackupNames.stamp(ofArchive: name) == nil)
  }
}
