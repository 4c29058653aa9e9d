import Market
import Pipeline
import Providers
import SQLite
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A record of some assets with so many hours and minutes each, written through the doors that a run uses, with
/// snapshots.
struct FilledRecord {
  let file: String
  /// Bars an asset.
  let hours: Int
  let minutes: Int
  var assets = 10

  func make() async throws {
    let began = ContinuousClock.now
    let store = try Store.writing(file, command: "bench")
    try store.claim(.live)
    try store.catalogue.add(
      minutes > 0 ? BenchCatalogue.hoursAndMinutes(series: assets) : BenchCatalogue.hours(series: assets),
      providers: [Binance().profile])
    let run = try store.runs.begin(command: "ingest", at: Workload.now, processID: getpid(), version: "bench")
    for number in 0..<assets {
      let walk = walk(number, .hour1, count: hours)
      try store.fillBars(BenchCatalogue.key(number, .hour1), of: "A\(number)", walk, 0..<hours, run)
      if minutes > 0 {
        let walk = self.walk(100 + number, .minute1, count: minutes)
        try store.fillBars(BenchCatalogue.key(number, .minute1), of: "A\(number)", walk, 0..<minutes, run)
      }
      _ = try store.catalogue.choosePrice(
        of: "A\(number)", interval: .hour1, due: (Workload.now - 60).floored(to: 3600) - 3600, run: run)
    }
    try store.runs.finish(run, outcome: .done, at: Workload.now, quotas: [])
    try await Bench.derive(in: store)
    store.close()
    report(rows: assets * (hours + minutes), .now - began)
  }

  /// Ends with the newest bar that is due.
  private func walk(_ number: Int, _ interval: Interval, count: Int) -> RandomWalk {
    let end = (Workload.now - 60).floored(to: interval.seconds)
    return RandomWalk(
      seed: UInt64(number), decimals: 2 + number % 5, start: end - Int64(count) * interval.seconds,
      interval: interval, count: count)
  }
}

extension Store {
  private static let batch = 50_000

  /// Stores such bars of a walk as an answer or several, in a step of the run.
  func fillBars(_ key: SeriesKey, of asset: String, _ walk: RandomWalk, _ bars: Range<Int>, _ run: RunID) throws {
    let step = try runs.beginStep(.prices, series: try catalogue.series(key)?.id, of: run, at: Workload.now)
    var counts = StepCounts()
    for first in stride(from: bars.lowerBound, to: bars.upperBound, by: Self.batch) {
      let range = first..<min(first + Self.batch, bars.upperBound)
      let reading = Reading(
        series: key, facts: .bars(walk.bars(range)),
        covers: walk.openTime(range.lowerBound)...walk.openTime(range.upperBound - 1))
      guard let fetch = try vault.keep(roundTrip(key, first), of: run, quotas: []) else { continue }
      counts = counts + (try facts.store(reading, from: fetch, step: nil, at: Workload.now))
    }
    try runs.finish(step, StepReport(name: .prices, series: key, asset: asset, outcome: .done, counts: counts))
  }

  private func roundTrip(_ key: SeriesKey, _ first: Int) -> RoundTrip {
    let request = Request(provider: key.provider, path: "/bench/\(key.providerSymbol)/\(key.interval)/\(first)")
    let answer = Answer(status: 200, headers: [], body: Array("\(request.path)".utf8), receivedAt: Workload.now)
    return RoundTrip(
      request: request,
      attempts: [
        Attempt(
          url: "http://127.0.0.1", startedAt: Workload.now, elapsed: .zero, wireBytes: answer.body.count,
          result: .success(answer))
      ])
  }
}

extension Bench {
  /// Runs the steps that ask nobody.
  static func derive(in store: Store) async throws {
    var options = RunOptions()
    options.only = [.snapshot]
    let dependencies = Ingest.Dependencies(
      providers: [], transport: Nobody(), clock: .standing(at: Workload.now), quotas: { [] }, keyed: [],
      command: "ingest", version: "bench", processID: getpid(), closing: [], onEvent: { _ in })
    _ = try await Ingest(store: store, dependencies).run(options)
  }
}

/// Never asked.
private struct Nobody: Transport {
  func roundTrip(_ request: Request) async -> RoundTrip {
    RoundTrip(
      request: request,
      attempts: [
        Attempt(url: "", startedAt: Workload.now, elapsed: .zero, wireBytes: 0, result: .failure(.offline))
      ])
  }
}
