import Foundation
import Testing

@Suite(.serialized, .enabled(if: Tracer.works, "\(Tracer.missing)"))
struct KilledBackupTests {
  static let points =
    [0.5, 0.9].map { KillPoint("pwrite64", $0) } + [0.3, 0.7, 1].map { KillPoint("fsync", $0) }
    + [0.5, 0.8, 0.9, 1].map { KillPoint("link", $0) } + [KillPoint("write", 0.6), KillPoint("unlink", 1)]

  @Test(arguments: points)
  func `a backup that is killed leaves nothing half-written under a final name`(point: KillPoint) async throws {
    let count = try await CallCounts.shared.busiest(point.call, in: "backup") { prefix in
      _ = try await Child.appliance(["backup", "create"], home: try await Self.home(), under: prefix)
    }
    let home = try await Self.home()
    let database = try home.bytes("appliance.db")
    let killed = try await Child.appliance(
      ["backup", "create"], home: home, under: Tracer.killing(at: point.call, number: point.number(of: count)))
    #expect(killed.code == -9 || point.fraction > 0.3 && killed.code == 0, "\(killed.said)")
    try await expectSound(home)

    let again = try await Child.appliance(["backup", "create"], home: home)
    #expect(again.code == 0, "\(again.said)")
    try await expectSound(home)
    #expect(home.scratch == [])
    #expect(try home.bytes("appliance.db") == database)
  }

  @Test func `a backup whose last sync fails leaves neither an archive nor a proof`() async throws {
    let count = try await CallCounts.shared.busiest("fsync", in: "backup") { prefix in
      _ = try await Child.appliance(["backup", "create"], home: try await Self.home(), under: prefix)
    }
    let home = try await Self.home()
    let failed = try await Child.appliance(
      ["backup", "create"], home: home, under: Tracer.failing("fsync", with: "ENOSPC", number: count))
    #expect(failed.code == 1, "\(failed.said)")
    #expect(!home.files.contains { $0.hasPrefix("backups/appliance_") }, "\(home.files)")
    #expect(try await Child.appliance(["backup", "create"], home: home).code == 0)
  }

  /// A record without a backup.
  private static func home() async throws -> Home {
    let home = try Home()
    try home.fill(try await Demo.whole.files.filter { !$0.key.hasPrefix("backups/") })
    return home
  }
}

@Suite(.serialized, .enabled(if: Tracer.works, "\(Tracer.missing)"))
struct KilledRestoreTests {
  static let points =
    [0, 0.5, 1].map { KillPoint("fsync", $0) } + [0, 1].map { KillPoint("link", $0) }
    + [0.2, 0.6, 0.8, 1].map { KillPoint("unlink", $0) } + [0, 0.9].map { KillPoint("pwrite64", $0) }
    + [KillPoint("rename", 0), KillPoint("write", 0.5)]

  @Test(arguments: points)
  func `a restore that is killed leaves the old record or the new one, and the old one besides`(
    point: KillPoint
  ) async throws {
    let count = try await CallCounts.shared.busiest(point.call, in: "restore") { prefix in
      let home = try await Self.home()
      _ = try await Child.appliance(try Self.restore(in: home), home: home, under: prefix)
    }
    var number = point.number(of: count)
    var (home, restore, killed) = try await Self.restored(at: point.call, number: number)
    // Calls are counted by thread, and another run may share them out among its threads otherwise.
    while killed.code == 0, number > 1 {
      number /= 2
      (home, restore, killed) = try await Self.restored(at: point.call, number: number)
    }
    #expect(killed.code == -9, "\(killed.said)")

    let old = try await Demo.unsettled.facts, new = try await Demo.whole.facts
    let record = try #require(try Record(home.database))
    #expect(try record.faults() == [])
    let facts = try record.facts()
    #expect(facts == old || facts == new)
    #expect(try facts == old || Self.kept(in: home).contains(old), "the old record is gone")

    let again = try await Child.appliance(restore, home: home)
    #expect(again.code == 0, "\(again.said)")
    #expect(try Record(home.database)?.facts() == new)
    #expect(try Self.kept(in: home).contains(old), "the old record is gone")
    #expect(home.scratch == [])
  }

  /// A restore in a home of its own that is killed at a call, with its arguments and how it ended.
  private static func restored(at call: String, number: Int) async throws -> (Home, [String], Child.End) {
    let home = try await home()
    let restore = try restore(in: home)
    let ended = try await Child.appliance(restore, home: home, under: Tracer.killing(at: call, number: number))
    return (home, restore, ended)
  }

  /// An archive of the whole record beside one that holds less, the last of it in its log.
  private static func home() async throws -> Home {
    let home = try Home()
    try home.fill(try await Demo.whole.files.filter { $0.key.hasPrefix("backups/") })
    try home.fill(try await Demo.unsettled.files.filter { $0.key.hasPrefix("appliance.db") })
    return home
  }

  private static func restore(in home: Home) throws -> [String] {
    ["backup", "restore", home.path + "/" + (try #require(home.archives.first)), "--force"]
  }

  /// The facts of every record that was put aside.
  private static func kept(in home: Home) throws -> [[String]] {
    try home.files.filter { name in
      name.hasPrefix("appliance.db.before-restore-") && !["-wal", "-shm", "-journal"].contains { name.hasSuffix($0) }
    }
    .compactMap { try Record(home.file($0))?.facts() }
  }
}
