import Glibc
import Market
import Pipeline
import SQLite
import Store
import Support

/// A record in a temporary folder, written through the store's own doors, gone when it is let go.
final class Record {
  let store: Store
  private let folder: String

  init(_ catalogue: Catalogue = .small, providers: [ProviderProfile] = .known) throws {
    var template = Array("\(TemporaryFolder.parent)/reports-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw StoreError.notWritable(path: TemporaryFolder.parent, detail: "no folder")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    store = try Store.writing(folder + "/appliance.db", command: "test")
    try store.catalogue.add(catalogue, providers: providers)
  }

  /// The record as it was known at an instant.
  func reading(asOf text: String) throws -> Store {
    try Store.reading(folder + "/appliance.db", asOf: instant(text))
  }

  deinit {
    for name in ["appliance.db", "appliance.db-wal", "appliance.db-shm", "appliance.db.lock"] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  /// A run at an instant that brings readings; then prices are chosen and snapshots made.
  func run(at now: String, _ readings: [Reading]) async throws {
    let now = instant(now)
    let run = try store.runs.begin(command: "ingest", at: now, processID: 1, version: "test")
    for reading in readings {
      let series = try store.catalogue.series(reading.series)
      let step = try store.runs.beginStep(.prices, series: series?.id, of: run, at: now)
      if let fetch = try store.vault.keep(roundTrip(of: reading, at: now), of: run, quotas: []) {
        _ = try store.facts.store(reading, from: fetch, step: step, at: now)
      }
      try store.runs.finish(step, StepReport(name: .prices, outcome: .done))
    }
    for asset in try store.catalogue.assets() {
      _ = try store.catalogue.choosePrice(
        of: asset.symbol, interval: .hour1, due: (now - 60).floored(to: 3600) - 3600, run: run)
      _ = try store.catalogue.choosePrice(of: asset.symbol, interval: .day1, due: (now.day - 1).start, run: run)
    }
    try store.runs.finish(run, outcome: .done, at: now, quotas: [])
    try await snapshots(at: now)
  }

  private func snapshots(at now: Instant) async throws {
    var options = RunOptions()
    options.only = [.snapshot]
    let dependencies = Ingest.Dependencies(
      providers: [], transport: Nobody(), clock: .standing(at: now), quotas: { [] }, keyed: [], command: "ingest",
      version: "test", processID: 1, closing: [], onEvent: { _ in })
    _ = try await Ingest(store: store, dependencies).run(options)
  }

  private func roundTrip(of reading: Reading, at now: Instant) -> RoundTrip {
    let request = Request(provider: reading.series.provider, path: "/\(reading.series.providerSymbol)")
    let answer = Answer(status: 200, headers: [], body: Array("\(reading.series) at \(now)".utf8), receivedAt: now)
    let attempt = Attempt(
      url: "http://127.0.0.1", startedAt: now, elapsed: .zero, wireBytes: answer.body.count, result: .success(answer))
    return RoundTrip(request: request, attempts: [attempt])
  }
}

/// Never asked.
struct Nobody: Transport {
  func roundTrip(_ request: Request) async -> RoundTrip {
    RoundTrip(
      request: request,
      attempts: [
        Attempt(url: "", startedAt: Instant(epochSeconds: 0), elapsed: .zero, wireBytes: 0, result: .failure(.offline))
      ])
  }
}

// Texts of this file that are no day or no instant are faults of the test and stop it.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("'\(text)' is no day") }
  return day
}

func instant(_ text: String) -> Instant {
  guard let instant = Instant(text) else { preconditionFailure("'\(text)' is no instant") }
  return instant
}

/// The day that most tests are about.
let friday = day("2025-09-19")

extension SeriesKey {
  static let btc = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let eth = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "ETHUSDT", interval: .hour1)
  static let sol = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "SOLUSDT", interval: .hour1)
  static let fng = SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)
  static let btcFlows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)
  static let ethFlows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "eth", interval: .day1)
}

extension Catalogue {
  static let small = Catalogue.naming(bitcoin: "Bitcoin")

  /// - Parameter bitcoin: what BTC is called.
  static func naming(bitcoin: String) -> Catalogue {
    Catalogue(
      assets: [
        Asset(symbol: "BTC", name: bitcoin, assetClass: .crypto),
        Asset(symbol: "ETH", name: "Ethereum", assetClass: .crypto),
        Asset(symbol: "SOL", name: "Solana", assetClass: .crypto),
      ],
      funds: [
        Fund(ticker: "IBIT", asset: "BTC", name: "iShares"), Fund(ticker: "FBTC", asset: "BTC", name: "Fidelity"),
      ],
      series: [
        price(.btc, of: "BTC"), price(.eth, of: "ETH"), price(.sol, of: "SOL"),
        SeriesDefinition(key: .fng, asset: nil, quoteCurrency: nil, priority: 1),
        SeriesDefinition(key: .btcFlows, asset: "BTC", quoteCurrency: "USD", priority: 1),
        SeriesDefinition(key: .ethFlows, asset: "ETH", quoteCurrency: "USD", priority: 1),
      ])
  }

  private static func price(_ key: SeriesKey, of asset: String) -> SeriesDefinition {
    SeriesDefinition(key: key, asset: asset, quoteCurrency: "USDT", priority: 1)
  }
}

extension [ProviderProfile] {
  static let known: [ProviderProfile] = [
    profile("binance", "Binance", "https://www.binance.com"),
    profile("alternative.me", "Alternative.me", "https://alternative.me/crypto/fear-and-greed-index/"),
    profile("farside", "Farside Investors", "https://farside.co.uk"),
  ]

  static func profile(_ name: ProviderName, _ title: String, _ homepage: String) -> ProviderProfile {
    ProviderProfile(
      name: name, title: title, baseURL: "http://127.0.0.1", homepage: homepage,
      politeness: Politeness(limit: 1, window: 1, concurrency: 1), safety: 60,
      probe: Request(provider: name, path: "/"))
  }
}
