import Market
import Providers
import SQLite
import Store
import Support
import seeds

/// A record made by hand: a day of prices of two assets, sentiment, and the flows of one fund each.
struct StatusRecord {
  static let now = Instant(epochSeconds: 1_758_321_000)  // 2025-09-19T22:30:00Z
  let scratch: Scratch
  var path: String { scratch.file("appliance.db") }

  init() throws { scratch = try Scratch() }

  /// The file with nothing in it but what it is to follow.
  func empty() throws -> Store {
    let store = try Store.writing(path, command: "ingest")
    try store.catalogue.add(Universe.twoCoins, providers: marketProviders.map(\.profile))
    return store
  }

  /// One good run, after which all that was due is there.
  func fresh() throws -> Store {
    let store = try empty()
    try store.claim(.live)
    let run = try store.runs.begin(command: "ingest", at: Self.now, processID: 1, version: "0.1.0")
    try keep(.bar, "binance", "BTCUSDT", .hour1, .bars(StatusRecord.bars(114_000)), run, in: store)
    try keep(.bar, "binance", "ETHUSDT", .hour1, .bars(StatusRecord.bars(4500)), run, in: store)
    let day = Self.now.day
    let mood = SentimentValue(day: day, value: 53, classification: "Neutral")
    try keep(.sentiment, "alternative.me", "fng", .day1, .sentiment([mood]), run, in: store)
    let flow = EtfFlow(day: day - 1, ticker: "IBIT", netFlowUSD: 246_100_000)
    try keep(.etfFlow, "farside", "btc", .day1, .flows([flow]), run, in: store)
    let other = EtfFlow(day: day - 1, ticker: "ETHA", netFlowUSD: 144_000_000)
    try keep(.etfFlow, "farside", "eth", .day1, .flows([other]), run, in: store)
    try store.runs.finish(run, outcome: .done, at: Self.now + 2, quotas: [])
    return store
  }

  /// A second run an hour later, in which prices could not be had.
  func failing() throws -> Store {
    let store = try fresh()
    let now = Self.now + 3600
    let run = try store.runs.begin(command: "ingest", at: now, processID: 1, version: "0.1.0")
    for series in try store.catalogue.series() where series.key.provider == "binance" {
      let step = try store.runs.beginStep(.prices, series: series.id, of: run, at: now)
      let report = StepReport(
        name: .prices, series: series.key, asset: series.asset, outcome: .failed, reason: .unreachable,
        detail: "cannot be reached: no route to host", counts: StepCounts(requests: 3), seconds: 3)
      try store.runs.finish(step, report)
    }
    let quota = QuotaState(provider: "binance", window: 60, windowStart: now, used: 6, notBefore: now + 900)
    let other = QuotaState(provider: "coingecko", window: 60, windowStart: now, used: 3)
    try store.runs.finish(run, outcome: .failed, at: now + 3, quotas: [quota, other])
    return store
  }

  private func keep(
    _ dataset: Dataset, _ provider: ProviderName, _ symbol: String, _ interval: Interval, _ facts: Facts,
    _ run: RunID, in store: Store
  ) throws {
    let request = Request(provider: provider, path: "/\(symbol)")
    let answer = Answer(status: 200, headers: [], body: Array("answer of \(symbol)".utf8), receivedAt: Self.now)
    let attempt = Attempt(
      url: "https://example.com/\(symbol)", startedAt: Self.now, elapsed: .zero, wireBytes: 20,
      result: .success(answer))
    let step = try store.runs.beginStep(.prices, series: nil, of: run, at: Self.now)
    guard let fetch = try store.vault.keep(RoundTrip(request: request, attempts: [attempt]), of: run, quotas: []) else {
      return
    }
    let key = SeriesKey(dataset: dataset, provider: provider, providerSymbol: symbol, interval: interval)
    let reading = Reading(series: key, facts: facts, covers: nil)
    let counts = try store.facts.store(reading, from: fetch, step: nil, at: Self.now)
    try store.runs.finish(step, StepReport(name: .prices, outcome: .done, counts: counts))
  }

  /// The 24 hours that end at 22:00.
  private static func bars(_ price: Double) -> [Bar] {
    let last = Instant(epochSeconds: 1_758_315_600)
    return (0..<24).map { index in
      Bar(
        openTime: last - Int64(23 - index) * 3600, open: price, high: price + 10, low: price - 10, close: price + 5,
        volume: 1)
    }
  }
}
