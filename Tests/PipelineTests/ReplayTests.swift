import Formats
import Market
import Pipeline
import Providers
import Support
import Testing
import seeds

@testable import Store

@Suite struct ReplayTests {
  let store: Store

  init() throws {
    store = try Store.scratch()
    try store.catalogue.add(Universe.twoCoins, providers: marketProviders.map(\.profile))
  }

  private func replay(_ runs: [CapturedRun], into store: Store? = nil, _ options: RunOptions = RunOptions())
    async throws
    -> RunReport
  {
    let dependencies = Ingest.Dependencies(
      providers: marketProviders, transport: Nobody(), clock: .standing(at: Instant(epochSeconds: 0)), quotas: { [] },
      keyed: [], command: "ingest --replay demo", version: "test", processID: 1, closing: [], onEvent: { _ in })
    return try await Ingest(store: store ?? self.store, dependencies).replay(runs, options)
  }

  @Test func `the demo capture fills an empty file`() async throws {
    let capture = try DemoCapture.capture()
    let report = try await replay(capture.runs)
    #expect(report.outcome == .done)
    #expect(report.counts.refused == 1)
    let bars = try #require(
      try store.catalogue.series(
        SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)))
    // 336 hours and 15 more, less the two that Binance has not.
    #expect(bars.count == 349)
    #expect(try store.rows("SELECT count(*) FROM bar_restatement") == ["1"])
    #expect(try store.rows("SELECT reason FROM quarantine") == ["impossible_range"])
    #expect(try store.rows("SELECT * FROM snapshot_due").isEmpty)
    #expect(
      try store.rows(
        "SELECT DISTINCT reason, missing FROM gap JOIN series USING (series_id) WHERE dataset = 'bar' ORDER BY 1")
        == ["provider_empty|2", "refused|1"])
    #expect(try store.rows("SELECT DISTINCT source FROM ohlc_hourly") == ["binance"])
  }

  @Test func `a replay of some assets leaves the others out, and what is about none in`() async throws {
    let runs = try DemoCapture.capture().runs
    var options = RunOptions()
    options.assets = ["ETH"]
    _ = try await replay(runs, options)
    #expect(try store.rows("SELECT DISTINCT asset FROM ohlc_hourly") == ["ETH"])
    #expect(
      try store.rows("SELECT DISTINCT symbol FROM etf_flow JOIN series USING (series_id) JOIN asset USING (asset_id)")
        == ["ETH"])
    #expect(try store.rows("SELECT count(*) > 0 FROM sentiment") == ["1"])
    _ = try await replay(runs)
    #expect(try store.rows("SELECT DISTINCT asset FROM ohlc_hourly ORDER BY 1") == ["BTC", "ETH"])
  }

  @Test func `each run bears its own instant`() async throws {
    let capture = try DemoCapture.capture()
    _ = try await replay(capture.runs)
    #expect(
      try store.rows("SELECT started_at FROM run ORDER BY run_id") == capture.runs.map { "\($0.instant.epochSeconds)" })
    #expect(try store.rows("SELECT DISTINCT outcome FROM run") == ["done"])
  }

  @Test func `a replay twice changes nothing, the restatement included`() async throws {
    let runs = try DemoCapture.capture().runs
    _ = try await replay(runs)
    let before = try store.dump()
    let report = try await replay(runs)
    #expect(report.counts.new == 0)
    #expect(report.counts.changed == 0)
    #expect(report.counts.refused == 0)
    #expect(report.counts.unchanged > 700)
    #expect(report.outcome == .done)
    #expect(try store.dump() == before)
    #expect(try store.rows("SELECT count(*) FROM fetch") == ["15"])
  }

  @Test func `a replay that was cut short is completed by the next`() async throws {
    let runs = try DemoCapture.capture().runs
    _ = try await replay(Array(runs.prefix(1)))
    _ = try await replay(runs)
    let whole = try Store.scratch()
    try whole.catalogue.add(Universe.twoCoins, providers: marketProviders.map(\.profile))
    _ = try await replay(runs, into: whole)
    #expect(try store.dump() == whole.dump())
  }

  @Test func `answers that a dead replay kept and never read are read by the next`() async throws {
    let runs = try DemoCapture.capture().runs
    let run = try store.runs.begin(command: "ingest", at: runs[0].instant, processID: 1, version: "test")
    // Those that the run of a file of two coins would have kept.
    for (request, answer) in runs[0].roundTrips
    where !["yahoo", "coingecko", "fred", "cnn", "calendar", "rss"].contains(request.provider)
      && request.queryValue("interval") != "1d"
    {
      let attempt = Attempt(
        url: "capture", startedAt: answer.receivedAt, elapsed: .zero, wireBytes: 0, result: .success(answer))
      _ = try store.vault.keep(RoundTrip(request: request, attempts: [attempt]), of: run, quotas: [])
    }
    let report = try await replay(runs)
    #expect(report.counts.new > 700)
    #expect(try store.vault.unreadAnswers().isEmpty)
    #expect(try store.rows("SELECT count(*) FROM fetch") == ["15"])
  }

  @Test func `a replay can be narrowed to steps`() async throws {
    var options = RunOptions()
    options.only = [.sentiment]
    let report = try await replay(try DemoCapture.capture().runs, options)
    #expect(Set(report.steps.map(\.name)) == [.sentiment])
    #expect(try store.rows("SELECT count(*) FROM bar") == ["0"])
  }

  @Test func `a capture without runs is refused`() async throws {
    await #expect(throws: ReplayError.self) { try await replay([]) }
  }

  @Test func `an answer that cannot be read is a failure of its own`() async throws {
    let run = try #require(try DemoCapture.capture().runs.first)
    var roundTrips = run.roundTrips
    roundTrips[0].answer = Answer(status: 200, headers: [], body: Array("half".utf8), receivedAt: run.instant)
    let report = try await replay([CapturedRun(instant: run.instant, roundTrips: roundTrips)])
    #expect(report.outcome == .partial)
    #expect(report.steps.filter { $0.outcome == .failed }.map(\.reason) == [.shapeChanged])
  }
}

/// A replay asks nobody; whoever asks all the same is told so.
private struct Nobody: Transport {
  func roundTrip(_ request: Request) async -> RoundTrip {
    Issue.record("a replay asked \(request.target)")
    return RoundTrip(request: request, attempts: [])
  }
}
