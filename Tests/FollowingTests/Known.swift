import Market
import Store

@testable import Following

/// A small catalogue, and what another edition of it says.
enum Known {
  static let btc = Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)
  static let meta = Asset(symbol: "META", name: "Meta Platforms", assetClass: .stock)
  static let cameco = Asset(symbol: "CCJ", name: "Cameco", assetClass: .stock)
  static let start = Instant("2026-03-02T00:00:00Z")!

  static func days(_ symbol: String, at source: ProviderName = "yahoo", _ dataset: Dataset = .bar) -> SeriesKey {
    SeriesKey(dataset: dataset, provider: source, providerSymbol: symbol, interval: .day1)
  }

  static func series(_ key: SeriesKey, of asset: String, priority: Int = 1) -> SeriesDefinition {
    SeriesDefinition(
      key: key, asset: asset, quoteCurrency: "USD", priority: priority, basis: PriceBasis(of: key.provider))
  }

  static let bitcoin = Listing(
    btc, currency: "USD", groups: ["core"],
    series: [
      series(SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1), of: "BTC"),
      series(
        SeriesKey(dataset: .bar, provider: "coinbase", providerSymbol: "BTC-USD", interval: .hour1), of: "BTC",
        priority: 2),
    ])
  static let platforms = Listing(
    meta, sector: "Communication Services", currency: "USD", groups: ["core", "wide"], formerSymbols: ["FB"],
    series: [series(days("META"), of: "META"), series(days("META", .corporateAction), of: "META")])
  static let uranium = Listing(
    cameco, sector: "Energy", groups: ["wide"], series: [series(days("CCJ"), of: "CCJ")])

  static let catalogue = Catalogue(edition: "one", listings: [bitcoin, platforms], funds: [], others: [])

  /// Everything that an edition may say otherwise: names, sectors, groups, symbols, priorities.
  static let otherEdition = Catalogue(
    edition: "two",
    listings: [
      Listing(
        Asset(symbol: "BTC", name: "Bitcoin, told anew", assetClass: .crypto), sector: "Money", currency: "USD",
        groups: ["core", "coins"], series: bitcoin.series),
      Listing(
        Asset(symbol: "META", name: "Facebook", assetClass: .stock), sector: "Advertising", currency: "USD",
        groups: ["wide"],
        series: [series(days("META.US"), of: "META"), series(days("META.US", .corporateAction), of: "META")]),
    ], funds: [], others: [])

  static let profiles = ["binance", "coinbase", "yahoo"].map { profile($0) }

  static func profile(_ name: String, needsKey: Bool = false) -> ProviderProfile {
    ProviderProfile(
      name: ProviderName(name), title: name.capitalized, baseURL: "https://\(name)", homepage: "https://\(name)",
      politeness: Politeness(
        windows: [.init(limit: 5, seconds: 60), .init(limit: 25, seconds: 86_400)], concurrency: 1,
        spacing: .seconds(2)),
      credential: needsKey ? Credential(query: "key", setting: "\(name.uppercased())_KEY", isRequired: true) : nil,
      safety: 60, probe: Request(provider: ProviderName(name), path: "/"))
  }

  /// A file that follows the catalogue.
  static func store() throws -> Store {
    let store = try Store.scratch()
    try store.following.register(catalogue, providers: profiles)
    return store
  }
}

extension Store {
  /// All that is followed, as programs read it.
  var followed: [String] {
    get throws {
      try following.assets().map(\.json.compact)
        + following.series(askedOf: Known.profiles, keyed: []).map(\.json.compact)
        + following.sources().map { "\($0.credit.name) \($0.disabledAt?.description ?? "asked")" }
    }
  }

  /// The asset of a symbol.
  func asset(_ symbol: String) throws -> FollowedAsset { try FollowedNames(following.assets()).asset(symbol) }

  /// The symbols at a source under which days of an asset are asked for.
  func asked(of asset: String, at source: ProviderName) throws -> [String] {
    try catalogue.series(of: asset).filter { $0.isAsked && $0.key.provider == source && $0.key.dataset == .bar }
      .map(\.key.providerSymbol)
  }
}
