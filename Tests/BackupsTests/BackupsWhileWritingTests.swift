import Dispatch
import Market
import Synchronization
import Testing

@testable import Backups
@testable import Store

@Suite struct BackupsWhileWritingTests {
  @Test func `backups made while a run writes hold one moment each, and prove equal`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let hour = Mutex(60)
    // The writer commits at every word that a backup gives about its progress, the middle of the copy included.
    let made = try (0..<3).map { number in
      try home.backups(at: TestHome.now + Int64(number)) { _, _ in
        hour.withLock { hour in
          // A failure shows as rows that are missing below.
          if (try? market.add(hours: hour..<hour + 10)) != nil { hour += 10 }
        }
      }.create()
    }
    #expect(hour.withLock { $0 } > 60 + 3 * 10)
    for backup in made {
      let target = "\(home.path)/\(backup.stamp).db"
      _ = try home.backups().restore(backup.name, to: target)
      let restored = try Store.reading(target)
      let series = try restored.catalogue.series(SmallMarket.bitcoin)
      // The counters beside the series and the rows were committed together.
      #expect(try restored.contents(of: ["bar"]).first?.rows == series?.count)
    }
  }
}
