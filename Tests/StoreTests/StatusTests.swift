import Foundation
import Market
import SQLite
import Store
import Testing

@Suite struct StatusTests {
  private let file = ScratchFile()
  private let start = Instant(epochSeconds: 1_758_315_600)

  @Test func `an empty file has no run, no rows and no growth`() throws {
    let status = try store().status(at: start)
    #expect(status.origin == nil)
    #expect(status.series.map(\.count) == [0])
    #expect(status.lastRun == nil)
    #expect(status.unended == nil)
    #expect(status.size.vaultBytes == 0)
    #expect(status.size.bytesPerDay == nil)
    #expect(status.size.bytes > 0)
  }

  @Test func `a run that has ended is the last one, with its rows and its failures`() throws {
    let store = try store()
    let run = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
    let good = try store.runs.beginStep(.sentiment, series: nil, of: run, at: start)
    try store.runs.finish(good, StepReport(name: .sentiment, outcome: .done, counts: StepCounts(new: 30)))
    let bad = try store.runs.beginStep(.prices, series: try store.catalogue.series()[0].id, of: run, at: start)
    let failure = StepReport(
      name: .prices, series: Self.key, asset: "BTC", outcome: .failed, reason: .unreachable, detail: "no route",
      counts: StepCounts(new: 2, requests: 3))
    try store.runs.finish(bad, failure)
    try store.runs.finish(run, outcome: .partial, at: start + 5, quotas: [])
    let last = try #require(try store.status(at: start + 5).lastRun)
    #expect(last.run.outcome == .partial)
    #expect(last.counts == StepCounts(new: 32, requests: 3))
    #expect(last.troubled == [failure])
  }

  @Test func `a run without an end stands beside the last one that ended`() throws {
    let store = try store()
    let ended = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
    try store.runs.finish(ended, outcome: .done, at: start, quotas: [])
    let open = try store.runs.begin(command: "ingest", at: start + 60, processID: 1, version: "1")
    let status = try store.status(at: start + 60)
    #expect(status.lastRun?.run.id == ended)
    #expect(status.unended?.id == open)
  }

  @Test func `the size of the vault counts each content once`() throws {
    let store = try store()
    let run = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
    _ = try store.vault.keep(roundTrip("[1]"), of: run, quotas: [])
    _ = try store.vault.keep(roundTrip("[1]"), of: run, quotas: [])
    _ = try store.vault.keep(roundTrip("[22]"), of: run, quotas: [])
    try store.runs.finish(run, outcome: .done, at: start, quotas: [])
    #expect(try store.status(at: start).size.vaultBytes == 7)
    let next = try store.runs.begin(command: "ingest", at: start + 60, processID: 1, version: "1")
    _ = try store.vault.keep(roundTrip("[333]"), of: next, quotas: [])
    #expect(try store.status(at: start).size.vaultBytes == 12)
  }

  @Test func `growth is measured from the end of the first run, over a day at least`() throws {
    let store = try store()
    let run = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
    try store.runs.finish(run, outcome: .done, at: start, quotas: [])
    let before = try store.status(at: start + 86_399).size
    #expect(before.bytesPerDay == nil)
    let later = try store.runs.begin(command: "ingest", at: start + 2 * 86_400, processID: 1, version: "1")
    let noise = (0..<200_000).map { _ in UInt8.random(in: .min ... .max) }
    _ = try store.vault.keep(roundTrip(noise), of: later, quotas: [])
    let after = try store.status(at: start + 2 * 86_400).size
    #expect(after.bytesPerDay == (after.bytes - before.bytes) / 2)
    #expect(after.bytes > before.bytes)
  }

  @Test func `holes are what no answer proves; what one proves, but what lies before the listing, is told beside`()
    throws
  {
    let store = try store()
    let run = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
    // Absent at the provider: the two hours before the first bar, and one within.
    try keep(bars: [2, 3, 5], covering: 0...5, in: store, run)
    // Never asked for: the hours between.
    try keep(bars: [9], covering: 9...9, in: store, run)
    let id = try store.catalogue.series()[0].id
    let gaps = try #require(try store.status(at: start).gaps[id])
    #expect(gaps.count == 1)
    #expect(gaps.missing == 3)
    #expect(gaps.proven == 1)
  }

  @Test func `a sound file has no faults and its answers are as they came`() throws {
    let store = try store()
    let run = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
    try keep(bars: [0, 1], covering: 0...1, in: store, run)
    #expect(try store.structuralFaults() == [])
    #expect(try store.brokenReferences() == [])
    #expect(try store.vault.sample(10) == (1, 1, []))
    #expect(try store.schemaVersion() == Store.knownSchemaVersion)
  }

  @Test func `an answer that was changed on the disk is found`() throws {
    do {
      let store = try store()
      let run = try store.runs.begin(command: "ingest", at: start, processID: 1, version: "1")
      _ = try store.vault.keep(roundTrip("[20250919]"), of: run, quotas: [])
    }
    try file.replace("[20250919]", with: "[20250918]")
    let (checked, all, faults) = try Store.reading(file.path).vault.sample(10)
    #expect(checked == 1)
    #expect(all == 1)
    #expect(faults == ["body of fetch 1: its bytes do not match their SHA-256"])
  }
}

extension StatusTests {
  private static let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)

  private func store() throws -> Store {
    let store = try Store.writing(file.path, command: "test")
    let profile = ProviderProfile(
      name: "binance", title: "Binance", baseURL: "https://example.com", homepage: "https://example.com",
      politeness: Politeness(limit: 1, window: 1, concurrency: 1), safety: 60,
      probe: Request(provider: "binance", path: "/"))
    let series = SeriesDefinition(key: Self.key, asset: "BTC", quoteCurrency: "USDT", priority: 1)
    let catalogue = Catalogue(
      assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [], series: [series])
    try store.catalogue.add(catalogue, providers: [profile])
    return store
  }

  private func roundTrip(_ body: String) -> RoundTrip { roundTrip(Array(body.utf8)) }

  private func roundTrip(_ body: [UInt8]) -> RoundTrip {
    let answer = Answer(status: 200, headers: [], body: body, receivedAt: start)
    let attempt = Attempt(
      url: "https://example.com/", startedAt: start, elapsed: .zero, wireBytes: body.count, result: .success(answer))
    return RoundTrip(request: Request(provider: "binance", path: "/"), attempts: [attempt])
  }

  private func hour(_ number: Int) -> Instant { start + Int64(number) * 3600 }

  private func keep(bars: [Int], covering: ClosedRange<Int>, in store: Store, _ run: RunID) throws {
    let fetch = try #require(try store.vault.keep(roundTrip("\(bars)"), of: run, quotas: []))
    let facts = bars.map { Bar(openTime: hour($0), open: 1, high: 2, low: 1, close: 2, volume: 1) }
    let reading = Reading(
      series: Self.key, facts: .bars(facts), covers: hour(covering.lowerBound)...hour(covering.upperBound))
    _ = try store.facts.store(reading, from: fetch, step: nil, at: start)
  }
}

/// A database file of its own for one test, removed with what lies beside it.
private final class ScratchFile {
  let path: String
  private let folder: String

  init() {
    folder = NSTemporaryDirectory() + "/status-tests-\(UUID().uuidString)"
    path = folder + "/appliance.db"
    // A test that cannot make its folder fails when it opens the file.
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  // A folder left behind does no harm.
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Changes bytes on the disk behind SQLite's back.
  func replace(_ old: String, with new: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let place = try #require(bytes.firstRange(of: Data(old.utf8)))
    bytes.replaceSubrange(place, with: Data(new.utf8))
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}
