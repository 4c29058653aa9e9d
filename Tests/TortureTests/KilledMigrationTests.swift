import Schema
import Support
import Testing

/// A file of an older appliance is opened for writing: backed up, then brought up to date.
@Suite(.serialized, .enabled(if: Tracer.works, "\(Tracer.missing)"))
struct KilledMigrationTests {
  /// The backup before it makes the first third of the writes and of the waits for the disk.
  static let points =
    [0, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1].map { KillPoint("pwrite64", $0) }
    + [0, 0.25, 0.5, 0.75, 1].map { KillPoint("fdatasync", $0) } + [KillPoint("link", 1), KillPoint("ftruncate", 1)]

  private static let command = ["query", "save", "one", "SELECT 1 AS one"]

  private static func home() throws -> Home {
    let home = try Home()
    try OlderRecord.put(at: home.database)
    return home
  }

  private static func schema(_ record: Record) throws -> String { try record.rows("PRAGMA user_version")[0] }

  @Test(arguments: points)
  func `a migration that is killed leaves the old file or the new one, whole, and the next run ends it`(
    point: KillPoint
  ) async throws {
    let count = try await CallCounts.shared.busiest(point.call, in: "migration") { prefix in
      _ = try await Child.appliance(Self.command, home: try Self.home(), under: prefix)
    }
    let home = try Self.home()
    let facts = try #require(try Record(home.database)).facts()
    let killed = try await Child.appliance(
      Self.command, home: home, under: Tracer.killing(at: point.call, number: point.number(of: count)))
    #expect(killed.code == -9, "\(killed.said)")

    let record = try #require(try Record(home.database))
    #expect(try record.faults() == [])
    #expect(try (2...Migration.latest).map(String.init).contains(Self.schema(record)))
    #expect(try record.facts() == facts)
    let again = try await Child.appliance(Self.command, home: home)
    #expect(again.code == 0, "\(again.said)")
    let healed = try #require(try Record(home.database))
    #expect(try Self.schema(healed) == "\(Migration.latest)")
    #expect(try healed.faults() == [])
    #expect(try healed.facts() == facts)
    #expect(try healed.rows("SELECT name FROM saved_query ORDER BY 1") == ["'mood'", "'one'"])
    let rebuilt = try await Child.appliance(["rebuild", "--verify"], home: home)
    #expect(rebuilt.code == 0, "\(rebuilt.said)")
    try await expectSound(home)
  }
}
