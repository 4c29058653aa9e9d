import Foundation
import Support
import Testing

@Suite(.serialized) struct InterruptionTests {
  static let prices = ["ingest", "--only", "prices", "--asset", "BTC"]

  @Test(arguments: [SIGTERM, SIGINT])
  func `a run that is asked to end does so with 130, and the next one goes on`(signal: Int32) async throws {
    let home = try Home(), door = Door()
    let held = try Market { request in
      door.pass()
      return Market.goodHours(request)
    }
    let child = try Child.start(Self.prices + ["--json"], home: home, environment: held.environment)
    door.whenSomebodyComes { child.signal(signal) }
    let end = try await child.end()
    door.open()
    #expect(end.code == 130, "\(end.said)")
    #expect(end.output.contains(#""outcome":"interrupted""#), "\(end.said)")
    try await expectSound(home)
    #expect(try Record(home.database)?.runs() == ["interrupted"])

    let good = try Market(Market.goodHours)
    let next = try await Child.appliance(Self.prices, home: home, environment: good.environment)
    #expect(next.code == 0, "\(next.said)")
    #expect(try Record(home.database)?.runs() == ["interrupted", "done"])
    #expect(try Record(home.database)?.count("bar") == 336)
  }

  @Test func `a second run is turned away at once and told who is at work; what only reads goes on`() async throws {
    let home = try Home(), door = Door()
    let market = try Market { request in
      door.pass()
      return Market.goodHours(request)
    }
    let first = try Child.start(Self.prices, home: home, environment: market.environment)
    await door.waitForArrival()
    let second = try await Child.appliance(Demo.replay, home: home)
    let backup = try await Child.appliance(["backup", "create"], home: home)
    let archive = try #require(home.archives.first)
    let restore = try await Child.appliance(["backup", "restore", home.file(archive), "--force"], home: home)
    door.open()
    let end = try await first.end()

    #expect(second.code == 11, "\(second.said)")
    #expect(second.errors.contains("process \(first.processID), ingest"), "\(second.said)")
    #expect(backup.code == 0, "\(backup.said)")
    #expect(restore.code == 11, "\(restore.said)")
    #expect(end.code == 0, "\(end.said)")
    try await expectSound(home)
    #expect(try Record(home.database)?.count("bar") == 336)
  }

  @Test func `a run that is killed while it waits for an answer leaves nothing that blocks the next`() async throws {
    let home = try Home(), door = Door()
    let market = try Market { request in
      door.pass()
      return Market.goodHours(request)
    }
    let child = try Child.start(Self.prices, home: home, environment: market.environment)
    door.whenSomebodyComes { child.signal(SIGKILL) }
    #expect(try await child.end().code == -9)
    door.open()
    try await expectSound(home)
    let next = try await Child.appliance(Self.prices, home: home, environment: market.environment)
    #expect(next.code == 0, "\(next.said)")
    #expect(try Record(home.database)?.runs() == ["interrupted", "done"])
  }
}
