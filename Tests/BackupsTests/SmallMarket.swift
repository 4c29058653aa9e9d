import Market
import SQLite

@testable import Store

/// Fills a database as a run does: a catalogue, answers kept, facts stored, a price chosen, days computed.
struct SmallMarket {
  let store: Store
  let run: RunID
  static let start = Instant(epochSeconds: 1_757_980_800)  // 2025-09-16T00:00:00Z

  static let bitcoin = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let sentiment = SeriesKey(
    dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)
  static let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)

  /// Opens or makes the file and begins a run.
  init(_ path: String) throws {
    store = try Store.writing(path, command: "test")
    try store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)],
        funds: [Fund(ticker: "IBIT", asset: "BTC", name: "iShares, \"Bitcoin\" Trust")],
        series: [
          SeriesDefinition(key: Self.bitcoin, asset: "BTC", quoteCurrency: "USDT", priority: 1),
          SeriesDefinition(key: Self.sentiment, asset: nil, quoteCurrency: nil, priority: 1),
          SeriesDefinition(key: Self.flows, asset: "BTC", quoteCurrency: "USD", priority: 1),
        ]), providers: ["binance", "alternative.me", "farside"].map(Self.profile))
    run = try store.runs.begin(command: "test", at: Self.start, processID: 1, version: "1.0-test")
  }

  /// A whole small record.
  static func filled(_ path: String, hours: Int = 60) throws -> SmallMarket {
    let market = try SmallMarket(path)
    try market.add(hours: 0..<hours)
    try market.add(
      .sentiment([
        SentimentValue(day: start.day, value: 52, classification: "Neutral"),
        SentimentValue(day: start.day + 1, value: 71, classification: "Greed, \"hot\""),
      ]), to: sentiment)
    try market.add(
      .flows([
        EtfFlow(day: start.day, ticker: "IBIT", netFlowUSD: -1_500_000),
        EtfFlow(day: start.day + 1, ticker: "IBIT", netFlowUSD: nil),
      ]), to: flows)
    _ = try market.store.catalogue.choosePrice(of: "BTC", interval: .hour1, due: start, run: market.run)
    try market.addSnapshot()
    return market
  }

  /// Hourly bars of the hours after the start.
  func add(hours: Range<Int>) throws {
    try add(.bars(hours.map(Self.bar)), to: Self.bitcoin)
  }

  static func bar(_ hour: Int) -> Bar {
    let open = 60_000 + Double(hour % 97) * 1.25
    return Bar(
      openTime: start + Int64(hour) * 3600, open: open, high: open + 10.1, low: open - 9.7, close: open + 0.3,
      volume: Double(hour) * 0.1)
  }

  /// Keeps an answer and stores the facts as read from it, in a step of its own.
  func add(_ facts: Facts, to key: SeriesKey) throws {
    let series = try store.catalogue.series(key)
    let step = try store.runs.beginStep(.prices, series: series?.id, of: run, at: Self.start)
    let fetch = try keep("facts \(facts.count) of \(key)", from: key.provider)
    _ = try store.facts.store(
      Reading(series: key, facts: facts, covers: nil), from: fetch, step: step, at: Self.start)
  }

  /// A run that learned nothing new: an answer kept, a step ended.
  func addNothing() throws {
    let step = try store.runs.beginStep(.prices, series: nil, of: run, at: Self.start)
    let fetch = try keep("nothing new", from: "binance")
    try store.vault.mark(fetch, .unchanged)
    try store.runs.finish(step, StepReport(name: .prices, outcome: .done))
  }

  private func keep(_ body: String, from provider: ProviderName) throws -> FetchID {
    let answer = Answer(
      status: 200, headers: [HeaderField("content-type", "text/plain")], body: Array(body.utf8), receivedAt: Self.start)
    let request = Request(provider: provider, path: "/\(body.count)")
    let roundTrip = RoundTrip(
      request: request,
      attempts: [
        Attempt(
          url: "https://example.test/", startedAt: Self.start, elapsed: .milliseconds(5), wireBytes: body.utf8.count,
          result: .success(answer))
      ])
    guard let fetch = try store.vault.keep(roundTrip, of: run, quotas: []) else {
      throw TestFault(what: "nothing was kept")
    }
    return fetch
  }

  private func addSnapshot() throws {
    guard let series = try store.catalogue.series(Self.bitcoin) else { throw TestFault(what: "no series") }
    let row = SnapshotRow(
      MarketSnapshot(
        day: Self.start.day, open: 60_000, high: 60_100.5, low: 59_990.25, close: 60_001, volume: 27.6, change24h: nil,
        volatility7d: nil, asiaReturn: 0.001, europeReturn: -0.002, usReturn: nil, bars: 24, barsExpected: 24,
        isComplete: true),
      fngValue: 52, fngClassification: "Neutral", etfNetFlowUSD: -1_500_000, etfNetFlow5dUSD: nil)
    _ = try store.snapshots.store(
      [ComputedSnapshots(of: "BTC", [(row, series.id)], days: [Self.start.day])], at: Self.start)
  }

  private static func profile(_ name: ProviderName) -> ProviderProfile {
    ProviderProfile(
      name: name, title: "\(name)", baseURL: "https://example.test", homepage: "https://example.test",
      politeness: Politeness(limit: 1, window: 1, concurrency: 1), safety: 60, probe: Request(provider: name, path: "/")
    )
  }
}
