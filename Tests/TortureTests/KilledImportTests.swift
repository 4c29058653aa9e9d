import Foundation
import Testing

/// A first import fills a draft; a later one writes beside what is there.
@Suite(.serialized, .enabled(if: Tracer.works, "\(Tracer.missing)"))
struct KilledImportTests {
  static let points =
    [0, 0.4, 0.9].map { KillPoint("pwrite64", $0) } + [KillPoint("fsync", 0.5), KillPoint("link", 1)]
    + [0, 1].map { KillPoint("unlink", $0) }

  private static let rows = 60_000

  private static func file(in home: Home) throws -> [String] {
    let rows = (0..<Self.rows).map { "\(1_577_836_800 + $0 * 60),\(100 + $0 % 7),110,90,\(101 + $0 % 5),\($0)\n" }
    try home.write("unix,open,high,low,close,volume\n" + rows.joined(), to: "hours.csv")
    return ["import", home.file("hours.csv"), "--asset", "BTC", "--interval", "1m"]
  }

  @Test(arguments: points)
  func `a first import that is killed leaves the whole record or none, and the next one brings all of it`(
    point: KillPoint
  ) async throws {
    let count = try await CallCounts.shared.busiest(point.call, in: "first import") { prefix in
      let home = try Home()
      _ = try await Child.appliance(try Self.file(in: home), home: home, under: prefix)
    }
    let home = try Home()
    let command = try Self.file(in: home)
    let killed = try await Child.appliance(
      command, home: home, under: Tracer.killing(at: point.call, number: point.number(of: count)))
    #expect(killed.code == -9 || killed.code == 0, "\(killed.said)")
    if let record = try Record(home.database) {
      #expect(try record.count("bar") == Self.rows)
      try await expectSound(home)
    }
    let again = try await Child.appliance(command, home: home)
    #expect(again.code == 0, "\(again.said)")
    #expect(try Record(home.database)?.count("bar") == Self.rows)
    #expect(!home.files.contains { $0.hasSuffix(".draft") })
    try await expectSound(home)
  }

  @Test func `a first import that the user ends leaves a record with what was stored`() async throws {
    let home = try Home()
    let pipe = home.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let child = try Child.start(["import", pipe, "--asset", "BTC", "--interval", "1m"], home: home)
    let writer = try #require(FileHandle(forWritingAtPath: pipe))
    try writer.write(contentsOf: Data("unix,open,high,low,close,volume\n".utf8))
    let rows = (0..<Self.rows).map { "\(1_577_836_800 + $0 * 60),100.25,110.5,90.125,101.5,\($0)\n" }
    try writer.write(contentsOf: Data(rows.joined().utf8))
    child.signal(SIGINT)
    try writer.close()
    let end = try await child.end()
    #expect([0, 130].contains(end.code), "\(end.said)")
    let stored = try #require(try Record(home.database)).count("bar")
    #expect(end.code == 0 ? stored == Self.rows : stored <= Self.rows)
    try await expectSound(home)
  }
}
