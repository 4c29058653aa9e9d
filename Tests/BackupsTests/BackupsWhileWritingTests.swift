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
    let isDone = Atomic(false)
    let made = Mutex<[BackupMade]>([])
    let writes = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        defer { isDone.store(true, ordering: .releasing) }
        for number in 0..<3 {
          // A failure shows as a backup that is missing below.
          guard let backup = try? home.backups(at: TestHome.now + Int64(number)).create() else { return }
          made.withLock { $0.append(backup) }
        }
      } else {
        var hour = 60
        while !isDone.load(ordering: .acquiring), hour < 100_000 {
          guard (try? market.add(hours: hour..<hour + 10)) != nil else { return }
          hour += 10
          writes.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(made.withLock { $0.count } == 3)
    #expect(writes.load(ordering: .relaxed) > 0)
    for backup in made.withLock({ $0 }) {
      let target = "\(home.path)/\(backup.stamp).db"
      _ = try home.backups().restore(backup.name, to: target)
      let restored = try Store.reading(target)
      let series = try restored.series(SmallMarket.bitcoin)
      // The counters beside the series and the rows were committed together.
      #expect(try restored.contents(of: ["bar"]).first?.rows == series?.count)
    }
  }
}
