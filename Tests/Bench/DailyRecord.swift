import Market
import Pipeline
import Providers
import SQLite
import Schema
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A record of some assets with so many days each, of which measures are made from the file to the file.
struct DailyRecord {
  let file: String

  /// Stores all days with their snapshots, but no indicators of them.
  func fill(days: Int, assets: Int) async throws {
    let store = try Store.writing(file, command: "bench")
    try store.claim(.live)
    try store.catalogue.add(BenchCatalogue.days(series: assets), providers: [Binance().profile])
    try add(0..<days, of: assets, to: store)
    try await Bench.derive(in: store)
    try store.write { db in
      let file = Statements(db)
      try file.run("DELETE FROM indicator_value")
      try file.run("DELETE FROM indicator_checkpoint")
      try file.run(
        "INSERT INTO indicator_due (series_id, from_time) SELECT series_id, ? FROM series",
        IndicatorStatements.everything)
    }
    store.close()
  }

  /// Stores one day more for each.
  func addDay(after days: Int, assets: Int) throws {
    let store = try Store.writing(file, command: "bench")
    try add(days..<days + 1, of: assets, to: store)
    store.close()
  }

  /// Makes what is due of what is stored.
  func derive() async throws {
    let began = ContinuousClock.now
    let store = try Store.writing(file, command: "bench")
    try await Bench.derive(in: store)
    let elapsed = ContinuousClock.now - began
    let rows = try store.read { db in
      let count = try Statements(db).kept("SELECT count(*) FROM indicator_value")
      return try count.step() ? Int(count.integer(0)) : 0
    }
    store.close()
    report(rows: rows, elapsed)
  }

  private func add(_ days: Range<Int>, of assets: Int, to store: Store) throws {
    let began = ContinuousClock.now
    let run = try store.runs.begin(command: "ingest", at: Workload.now, processID: getpid(), version: "bench")
    for number in 0..<assets {
      let walk = RandomWalk(
        seed: UInt64(number), decimals: 2 + number % 5, start: Instant(epochSeconds: 315_532_800), interval: .day1,
        count: days.upperBound)
      try store.fillBars(BenchCatalogue.key(number, .day1), of: "A\(number)", walk, days, run)
      _ = try store.catalogue.choosePrice(
        of: "A\(number)", interval: .day1, due: walk.openTime(days.upperBound - 1), run: run)
    }
    try store.runs.finish(run, outcome: .done, at: Workload.now, quotas: [])
    report(rows: assets * days.count, .now - began)
  }
}
