import Foundation
import Testing

@Suite(.serialized, .enabled(if: SmallDisk.canMount, "\(SmallDisk.missing)"))
struct FullDiskTests {
  @Test(arguments: [40, 200, 600, 1500])
  func `a disk that fills up during a run ends it; with more room the next one heals it`(kibibytes: Int) async throws {
    let disk = try SmallDisk(kibibytes: kibibytes)
    let end = try await Child.appliance(Demo.replay, home: disk.home)
    #expect(end.code == 1, "\(end.said)")
    #expect(end.errors.contains("the disk that holds \(disk.home.database) is full"), "\(end.said)")
    try disk.grow(toKibibytes: 40_000)
    try await expectHealing(disk.home, keeping: expectSound(disk.home))
  }

  @Test func `a disk on which not even the lock fits is told to be full`() async throws {
    let disk = try SmallDisk(kibibytes: 40_000, files: 0)
    let end = try await Child.appliance(Demo.replay, home: disk.home)
    #expect(end.code == 1)
    #expect(end.errors.contains("the disk that holds \(disk.home.database) is full"), "\(end.said)")
  }

  @Test func `a run that has room for all but its backup is partly done`() async throws {
    let home = try Home(), disk = try SmallDisk(kibibytes: 300)
    try FileManager.default.createSymbolicLink(atPath: home.backups, withDestinationPath: disk.home.path)
    let end = try await Child.appliance(Demo.replay, home: home)
    #expect(end.code == 3, "\(end.said)")
    #expect(end.said.contains("is full; nothing of the backup was left there"), "\(end.said)")
    #expect(disk.home.files == [])
    try disk.grow(toKibibytes: 40_000)
    try await expectHealing(home, keeping: expectSound(home))
    #expect(disk.home.files.filter { $0.hasSuffix(".tar.zst") }.count == 1)
  }

  @Test(arguments: [20, 300, 900, 1700])
  func `a backup on a full disk leaves nothing, and works when there is room`(room: Int) async throws {
    let disk = try SmallDisk(kibibytes: 40_000)
    try disk.home.fill(try await Demo.whole.files.filter { !$0.key.hasPrefix("backups/") })
    try disk.grow(toKibibytes: disk.used + room)
    let end = try await Child.appliance(["backup", "create"], home: disk.home)
    #expect(end.code == 1, "\(end.said)")
    #expect(end.errors.contains("is full"), "\(end.said)")
    #expect(disk.home.files.filter { $0.hasPrefix("backups/") } == [])
    try disk.grow(toKibibytes: 40_000)
    let next = try await Child.appliance(["backup", "create"], home: disk.home)
    #expect(next.code == 0, "\(next.said)")
    try await expectSound(disk.home)
  }

  @Test func `a report that does not fit leaves the one that was there`() async throws {
    let disk = try SmallDisk(kibibytes: 40_000)
    try disk.home.fill(try await Demo.whole.files)
    let target = disk.home.file("daily.md"), report = ["report", "daily", "-o", target]
    #expect(try await Child.appliance(report, home: disk.home).code == 0)
    let before = try disk.home.bytes("daily.md")
    disk.fill()
    let end = try await Child.appliance(["report", "daily", "--date", "2026-03-12", "-o", target], home: disk.home)
    #expect(end.code == 1, "\(end.said)")
    #expect(end.errors.contains("the disk is full"), "\(end.said)")
    #expect(try disk.home.bytes("daily.md") == before)
    #expect(disk.home.files.filter { $0.contains(".part") } == [])
  }

  @Test func `restoring on a full disk leaves the record that was there`() async throws {
    let disk = try SmallDisk(kibibytes: 40_000)
    try disk.home.fill(try await Demo.whole.files)
    let archive = try #require(disk.home.archives.first)
    disk.fill()
    let before = try disk.home.bytes("appliance.db")
    let restore = ["backup", "restore", disk.home.file(archive), "--force"]
    let end = try await Child.appliance(restore, home: disk.home)
    #expect(end.code == 1, "\(end.said)")
    #expect(try disk.home.bytes("appliance.db") == before)
    #expect(disk.home.scratch == [])
    try disk.unfill()
    #expect(try await Child.appliance(restore, home: disk.home).code == 0)
    try await expectSound(disk.home)
  }
}

extension SmallDisk {
  /// Kibibytes in use.
  fileprivate var used: Int {
    var status = statvfs()
    guard statvfs(home.path, &status) == 0 else { return 0 }
    return Int((status.f_blocks - status.f_bfree) * status.f_frsize) / 1024
  }
}
