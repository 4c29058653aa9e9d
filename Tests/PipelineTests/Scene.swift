import Market
import Pipeline
import Providers
import Synchronization

@testable import Store

/// A store, a world to ask, and a clock that stands where the test puts it.
final class Scene: Sendable {
  /// A Friday evening.
  static let start = Instant(epochSeconds: 1_773_437_400)  // 2026-03-13T21:30:00Z

  static let bars = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
  static let otherBars = SeriesKey(dataset: .bar, provider: "coinbase", providerSymbol: "BTC-USD", interval: .hour1)
  static let mood = SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)
  static let flows = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)
  static let totals = SeriesKey(dataset: .etfFlow, provider: "sosovalue", providerSymbol: "btc", interval: .day1)

  static let providers: [any Provider] = [
    Binance(), Coinbase(), AlternativeMe(), Farside(), SoSoValue(), Kraken(), CoinGecko(),
  ]

  static let catalogue = Catalogue(
    assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
    series: [
      SeriesDefinition(key: bars, asset: "BTC", quoteCurrency: "USDT", priority: 1),
      SeriesDefinition(key: otherBars, asset: "BTC", quoteCurrency: "USD", priority: 2),
      SeriesDefinition(key: mood, asset: nil, quoteCurrency: nil, priority: 1),
      SeriesDefinition(key: flows, asset: "BTC", quoteCurrency: "USD", priority: 1),
      SeriesDefinition(key: totals, asset: "BTC", quoteCurrency: "USD", priority: 2, needsKey: true),
    ])

  let store: Store
  let bourse: Bourse
  private let told: Mutex<[RunEvent]> = Mutex([])

  /// - Parameter more: assets and series besides those of every scene.
  init(adding more: Catalogue? = nil) throws {
    store = try Store.scratch()
    try store.catalogue.add(Scene.catalogue, providers: Scene.providers.map(\.profile))
    if let more { try store.catalogue.add(more, providers: []) }
    bourse = Bourse(now: Scene.start)
  }

  func dependencies(at now: Instant, closing: [any ClosingStep] = []) -> Ingest.Dependencies {
    Ingest.Dependencies(
      providers: Scene.providers, transport: bourse, clock: .standing(at: now),
      quotas: { [QuotaState(provider: "binance", window: 60, windowStart: now, used: 2)] }, keyed: [],
      command: "ingest",
      version: "test", processID: 1, closing: closing, onEvent: { event in self.told.withLock { $0.append(event) } })
  }

  func ingest(at now: Instant = Scene.start, closing: [any ClosingStep] = []) -> Ingest {
    bourse.change { $0.now = now }
    return Ingest(store: store, dependencies(at: now, closing: closing))
  }

  @discardableResult
  func run(
    at now: Instant = Scene.start, closing: [any ClosingStep] = [], _ adjust: (inout RunOptions) -> Void = { _ in }
  ) async throws -> RunReport {
    var options = RunOptions()
    adjust(&options)
    return try await ingest(at: now, closing: closing).run(options)
  }

  func takeNotes() -> [String] {
    told.withLock { events in
      defer { events = [] }
      return events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    }
  }

  func takePlanned() -> [PlannedSource] {
    told.withLock { events in
      defer { events = [] }
      return events.flatMap { event -> [PlannedSource] in if case .planned(let sources) = event { sources } else { [] }
      }
    }
  }

  func count(_ key: SeriesKey) throws -> Int { try store.catalogue.series(key)?.count ?? 0 }
}

extension RunReport {
  /// The report about a series, or the step of a name that has none.
  func step(_ key: SeriesKey) -> StepReport? { steps.first { $0.series == key } }
  func step(_ name: StepName) -> StepReport? { steps.first { $0.name == name } }
}

extension Instant {
  /// Hours after the opening of the newest closed bar at the scene's start, 20:00Z; negative before it.
  static func hour(_ hour: Int) -> Instant { Scene.start - 5400 + Int64(hour) * 3600 }
}
