import Foundation
import Market
import Pipeline
import Providers
import Store
import Support
import Synchronization
import Threads
import Transport

/// A record, all providers on one loopback server, and one of them that may misbehave: the real rooms from the socket
/// to the file, in this process.
struct FaultScene {
  static let now = Instant(epochSeconds: 1_758_321_000)  // 2025-09-19T22:30:00Z
  /// Those whose good answers are made up here.
  static let names: [ProviderName] = [
    "binance", "coinbase", "kraken", "coingecko", "alternative.me", "farside", "sosovalue", "yahoo", "alphavantage",
    "polygon", "cnn", "rss", "calendar", "sec", "newsapi", "fred", "worldbank", "gdelt",
  ]
  /// FRED as it is asked with a key: by another server, in another form.
  static let keyedFRED: ProviderName = "fred-keyed"
  /// All who may be at fault.
  static let scenes = names + [keyedFRED]
  /// Those that tell of a share, by the day.
  private static let ofShares: Set<ProviderName> = ["yahoo", "alphavantage", "polygon"]
  /// Those that are looked at by the clock, unless somebody says since when: they are asked for all they have.
  private static let lookedAt: Set<ProviderName> = ["fred", "worldbank"]
  private static let monthly: Set<ProviderName> = ["worldbank", keyedFRED]
  /// Made up for those that want one.
  private static let keys: [ProviderName] = ["sosovalue", "alphavantage", "polygon", "sec", "newsapi"]

  let provider: ProviderName
  /// Who plays it: the provider, or one as which it is asked.
  private let player: ProviderName
  let home: Home

  init(_ player: ProviderName) throws {
    self.player = player
    provider = player == FaultScene.keyedFRED ? "fred" : player
    home = try Home()
  }

  /// One run.
  ///
  /// - Parameters:
  ///   - fault: what the scene's provider does to each of its answers; `nil` for nothing.
  ///   - address: where it is asked in place of the server.
  func run(
    _ fault: Fault?, at now: Instant = FaultScene.now, address: String? = nil, authorities: String? = nil
  ) async throws -> (report: RunReport, requests: [LoopbackServer.Request]) {
    let server = try LoopbackServer { request in self.answer(request, fault, at: now) }
    let store = try Store.writing(home.database, command: "test")
    defer { store.close() }
    let providers = marketProviders.map { fault?.isSlow == true && $0.profile.name == provider ? Hasty($0) : $0 }
    let profiles = providers.map(\.profile)
    try store.catalogue.add(catalogue, providers: profiles)
    let time = PassingTime(now)
    let keys = FaultScene.keys + (player == FaultScene.keyedFRED ? [provider] : [])
    let transport = HTTPTransport(
      profiles: profiles,
      addresses: try Addresses(of: profiles, everything: server.url, moved: address.map { [provider: $0] } ?? [:]),
      keys: Dictionary(uniqueKeysWithValues: try keys.map { ($0, try Secret("\($0)-key-0123456789")) }),
      clock: time.clock, quotas: try store.runs.quotas(),
      random: { 0 }, version: "test", proxies: .none, authorities: authorities, stopwatch: time.stopwatch)
    defer { transport.shutDown() }
    let ingest = Ingest(
      store: store,
      Ingest.Dependencies(
        providers: providers, transport: transport, clock: time.clock, quotas: { await transport.quotas() },
        keyed: Set(keys), command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in }))
    var options = RunOptions()
    // Two sessions of a market that has some, and two days of others.
    let days: Int64 =
      GoodAnswers.world.contains(provider) ? 12 : FaultScene.ofShares.contains(provider) ? 4 : 2
    options.since = FaultScene.lookedAt.contains(provider) ? nil : FaultScene.now - days * 86_400
    options.skip = [.snapshot]
    let report = try await ingest.run(options)
    return (report, server.requests)
  }

  private func answer(
    _ request: LoopbackServer.Request, _ fault: Fault?, at now: Instant
  ) -> LoopbackServer.Response {
    guard let name = FaultScene.names.first(where: { request.path.hasPrefix("/\($0.pathName)/") }) else {
      return .status(404)
    }
    let question = Fault.Question(
      answers: GoodAnswers(provider: name == provider ? player : name, now: now), request: request)
    if name == provider, let fault { return fault.answer(question) }
    return question.whole(question.bytes)
  }

  /// The scene's provider first; where it gives prices, another stands behind it. Sentiment and flows besides.
  private var catalogue: Catalogue {
    let prices: [ProviderName] = FaultScene.lookedAt.contains(provider) ? [] : ["binance", "coinbase"]
    let order = [provider] + prices.filter { $0 != provider }.prefix(1) + ["alternative.me", "farside"]
    let series = order.enumerated().compactMap { index, name in
      order.firstIndex(of: name) == index
        ? FaultScene.series(of: name == provider ? player : name, priority: name == "sosovalue" ? 2 : index + 1) : nil
    }
    let components = SeriesKey(dataset: .moodComponent, provider: "cnn", providerSymbol: "fgi", interval: .day1)
    let beside = SeriesDefinition(key: components, asset: nil, quoteCurrency: nil, priority: 9)
    return Catalogue(
      assets: [
        Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto),
        Asset(symbol: "ACME", name: "Acme", assetClass: .stock),
      ], funds: [],
      series: series.sorted { $0.priority < $1.priority } + (provider == "cnn" ? [beside] : []))
  }

  private static func series(of provider: ProviderName, priority: Int) -> SeriesDefinition {
    let (dataset, symbol, interval): (Dataset, String, Interval) =
      switch provider.description {
      case "fred-keyed": (.macroObservation, "CPIAUCSL", .day1)
      case "binance": (.bar, "BTCUSDT", .hour1)
      case "coinbase": (.bar, "BTC-USD", .hour1)
      case "kraken": (.bar, "XBTUSD", .hour1)
      case "coingecko": (.pricePoint, "bitcoin", .hour1)
      case "alternative.me": (.sentiment, "fng", .day1)
      case "yahoo", "alphavantage", "polygon": (.bar, "ACME", .day1)
      case "cnn": (.sentiment, "fgi", .day1)
      case "rss": (.newsItem, "https://wire.example/feed", .day1)
      case "newsapi": (.newsItem, "coins", .day1)
      case "calendar": (.eventItem, "week", .day1)
      case "sec": (.eventItem, "ACME", .day1)
      case "fred": (.macroObservation, "DGS10", .day1)
      case "worldbank": (.macroObservation, "USA:CPTOTSAXN", .day1)
      case "gdelt": (.themeValue, "(port OR dock) strike", .day1)
      default: (.etfFlow, "btc", .day1)
      }
    return SeriesDefinition(
      key: SeriesKey(
        dataset: dataset, provider: provider == keyedFRED ? "fred" : provider, providerSymbol: symbol,
        interval: interval),
      asset: provider == "sec" || ofShares.contains(provider)
        ? "ACME" : dataset == .sentiment || GoodAnswers.world.contains(provider) ? nil : "BTC",
      quoteCurrency: dataset == .sentiment || GoodAnswers.world.contains(provider) ? nil : "USD",
      priority: priority, needsKey: keys.contains(provider),
      macro: [.macroObservation, .themeValue].contains(dataset)
        ? MacroSeries(title: symbol, units: nil, frequency: monthly.contains(provider) ? .monthly : .daily) : nil)
  }
}

/// A provider that allows each request one second.
private struct Hasty: Provider {
  let provider: any Provider

  init(_ provider: any Provider) { self.provider = provider }

  var profile: ProviderProfile { provider.profile }
  var questions: [Question] { provider.questions }

  func requests(for want: Want, at now: Instant) -> [Request] {
    provider.requests(for: want, at: now).map { $0.limited(toSeconds: 1) }
  }

  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    try provider.read(answer, to: request)
  }
}

/// Time that passes at once when somebody waits, and never otherwise.
final class PassingTime: Sendable {
  private let start: Instant
  private let passed = Mutex(Duration.zero)

  init(_ start: Instant) { self.start = start }

  var clock: Clock {
    Clock(isSet: true, now: { self.start + self.passed.withLock { $0.components.seconds } }) { duration in
      try Task.checkCancellation()
      self.passed.withLock { $0 += duration }
    }
  }

  var stopwatch: Stopwatch { Stopwatch { self.passed.withLock { $0 } } }
}
