import Market
import SQLite
import Testing

@testable import Backups
@testable import Store

@Suite struct BackupsAutomaticTests {
  private let day: Int64 = 86_400

  @Test func `the first is made, the next within the interval is not`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let made = try home.backups().automatic().made
    #expect(made?.automatic == true)
    try market.add(hours: 60..<61)
    #expect(
      try home.backups(at: TestHome.now + day - 1).automatic() == .recent(name: made?.name ?? "", age: day - 1))
    #expect(try home.backups(at: TestHome.now + day).automatic().made != nil)
  }

  @Test func `runs that learned nothing make none`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let made = try home.backups().automatic().made
    try market.addNothing()
    #expect(
      try home.backups(at: TestHome.now + 2 * day).automatic() == .unchanged(name: made?.name ?? "", age: 2 * day))
    #expect(home.names(home.folder).count == 2)
  }

  @Test func `in the archive of a run's last deed that run has ended, and nothing else differs`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    _ = try market.store.runs.beginStep(.backup, series: nil, of: market.run, at: SmallMarket.start)
    let made = try #require(try home.backups().automatic(endingRunAs: .partial).made)
    let target = "\(home.path)/copy.db"
    _ = try home.backups().restore(made.name, to: target)
    let status = try Store.reading(target).status(at: TestHome.now)
    #expect(status.unended == nil)
    #expect(status.lastRun?.run.outcome == .partial)
    #expect(status.lastRun?.run.finishedAt == TestHome.now)
    #expect(try Store.reading(target).runs.lastRun()?.steps.last?.outcome == .done)
    #expect(try Store.reading(home.database).status(at: TestHome.now).unended?.id == market.run)
    let differing = zip(try contents(home.database), try contents(target)).filter { $0 != $1 }.map(\.0.name)
    #expect(Set(differing).isSubset(of: ["run", "step"]))
    #expect(
      try home.backups(at: TestHome.now + 2 * day).automatic() == .unchanged(name: made.name, age: 2 * day))
    // Another one's run is under way while a backup is made by hand: there it has not ended.
    let byHand = try home.backups(at: TestHome.now + 9).create()
    _ = try home.backups().restore(byHand.name, to: "\(home.path)/hand.db")
    #expect(try Store.reading("\(home.path)/hand.db").status(at: TestHome.now).unended?.id == market.run)
  }

  @Test func `a backup by hand counts as the last one, but not for the interval`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    #expect(try home.backups(at: TestHome.now + 5).automatic() == .unchanged(name: made.name, age: 5))
    try market.add(hours: 60..<61)
    #expect(try home.backups(at: TestHome.now + 6).automatic().made != nil)
  }

  @Test func `a backup from this clock's future holds nothing up`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    _ = try home.backups(at: TestHome.now + 30 * day).automatic()
    #expect(try home.backups().automatic().made != nil)
  }

  @Test func `older automatic ones are thinned out with their proofs and CSV files`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let byHand = try home.backups().create()
    var removed: [String] = []
    for index in 1...9 {
      try market.add(hours: 60 + index..<61 + index)
      // 2025-09-20 is a Saturday: nine days in three weeks of one month.
      if case .made(_, let names) = try home.backups(at: TestHome.now + Int64(index) * day).automatic() {
        removed += names
      }
    }
    #expect(removed == ["appliance_20250920T223000Z.tar.zst"])
    let left = home.names(home.folder)
    #expect(left.contains(byHand.name))
    #expect(!left.contains { $0.contains("20250920") })
    #expect(left.count == 18)
    #expect(home.names(home.csvFolder).count == 63)
  }

  @Test func `a dry run removes nothing and tells the same`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    for index in 0..<3 {
      try market.add(hours: 60 + index..<61 + index)
      _ = try home.backups(at: TestHome.now + Int64(index)).create(automatic: true)
    }
    let before = home.names(home.folder)
    let told = try home.backups().prune(PrunePolicy(last: 1), dryRun: true)
    #expect(home.names(home.folder) == before)
    #expect(try home.backups().prune(PrunePolicy(last: 1)) == told)
    #expect(told.map(\.isKept) == [false, false, true])
    #expect(home.names(home.folder).count == 2)
  }
}

extension AutomaticBackup {
  var made: BackupMade? { if case .made(let made, _) = self { made } else { nil } }
}
