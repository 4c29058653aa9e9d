import Backups
import Market
import Store
import Support

@testable import Health

/// Hours of Bitcoin from two venues and the fund flows of one provider, in a file of its own.
struct SmallRecord {
  let folder: TemporaryFolder
  let store: Store

  static let profiles: [ProviderProfile] = [.named("binance"), .named("kraken"), .named("farside")]
  static let first = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let second = SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: "XBTUSD", interval: .hour1)
  static let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    let bitcoin = Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)
    let series = [Self.first, Self.second, Self.flows].enumerated().map { index, key in
      SeriesDefinition(key: key, asset: "BTC", quoteCurrency: "USD", priority: index + 1)
    }
    try store.catalogue.add(Catalogue(assets: [bitcoin], funds: [], series: series), providers: Self.profiles)
  }

  /// A run that brings readings, and ends so two seconds later.
  func run(
    _ readings: [Reading], outcome: RunOutcome = .done, origin: Origin = .live, at now: Instant = Known.now
  ) throws {
    try store.claim(origin)
    let run = try store.runs.begin(command: "ingest", at: now, processID: 1, version: "test")
    for reading in readings {
      let request = Request(provider: reading.series.provider, path: "/")
      let answer = Answer(status: 200, headers: [], body: Array("\(reading.series)".utf8), receivedAt: now)
      let attempt = Attempt(url: "x", startedAt: now, elapsed: .zero, wireBytes: 1, result: .success(answer))
      let fetch = try store.vault.keep(RoundTrip(request: request, attempts: [attempt]), of: run, quotas: [])
      if let fetch { _ = try store.facts.store(reading, from: fetch, step: nil, at: now) }
    }
    try store.runs.finish(run, outcome: outcome, at: now + 2, quotas: [])
  }

  var backups: Backups {
    Backups(
      of: store.path, in: folder.file("backups"), csvFolder: nil, settings: [], version: "test",
      clock: .standing(at: Known.now))
  }

  func report(at now: Instant = Known.now) throws -> StatusReport {
    try StatusReport(
      of: store, clock: .standing(at: now), profiles: Self.profiles, keyed: [], backups: backups, cron: "5 * * * * it")
  }
}

extension Reading {
  /// Three hours of the first venue, the last of which opens then.
  static func hours(through last: Instant) -> Reading {
    let bars = (0..<3).reversed().map { hours in
      Bar(openTime: last - Int64(hours) * 3600, open: 100, high: 110, low: 90, close: 105, volume: 1)
    }
    return Reading(series: SmallRecord.first, facts: .bars(bars), covers: nil)
  }

  /// What one fund took in on a day.
  static func flows(of day: Day) -> Reading {
    Reading(
      series: SmallRecord.flows, facts: .flows([EtfFlow(day: day, ticker: "IBIT", netFlowUSD: 1)]), covers: nil)
  }
}
