import Following
import Market
import Testing
import seeds

@testable import Store

/// What is followed of the world around the prices.
@Suite struct WorldCatalogueTests {
  private static let catalogue = Universe.catalogue(following: ["core", "macro", "mood"]).catalogue

  private func series(_ dataset: Dataset) -> [SeriesDefinition] {
    Self.catalogue.series.filter { $0.key.dataset == dataset }
  }

  @Test func `seventeen economic series, each described, with the releases of those that do not come daily`() {
    let told = series(.macroObservation)
    #expect(told.count == 17 && told.allSatisfy { $0.macro?.units != nil })
    #expect(told.filter { $0.key.provider == "worldbank" }.count == 3)
    let releases = Set(told.compactMap(\.macro?.release).map(String.init))
    #expect(Set(series(.macroRelease).map(\.key.providerSymbol)) == releases)
    #expect(
      told.filter { $0.key.provider == "fred" && $0.macro?.frequency != .daily }.allSatisfy { $0.macro?.release != nil }
    )
  }

  @Test func `the dollar index is an asset of the group, and none of the core`() {
    let dollar = Self.catalogue.listings.first { $0.asset.symbol == "DX-Y.NYB" }
    #expect(dollar?.groups == ["macro"])
    #expect(Universe.catalogue(following: ["core"]).catalogue.listings.count == 61)
    #expect(Self.catalogue.listings.count == 62)
  }

  @Test func `both indices of mood are followed, and without the group only that of coins`() {
    #expect(Set(series(.sentiment).map(\.key.provider)) == ["alternative.me", "cnn"])
    let (plain, unknown) = Universe.catalogue(following: ["BTC", "MOON"])
    #expect(plain.series.filter(\.key.holdsMood).map(\.key.provider) == ["alternative.me"])
    #expect(!plain.series.contains { $0.key.holdsEconomics })
    #expect(unknown == ["MOON"])
  }

  @Test func `what the user says of a series stands over what the catalogue says`() throws {
    let store = try Store.scratch()
    let source = ProviderProfile(
      name: "fred", title: "FRED", baseURL: "https://fred.example", homepage: "https://fred.example",
      politeness: Politeness(limit: 1, window: 60, concurrency: 1), safety: 0,
      probe: Request(provider: "fred", path: "/"))
    try store.following.register(Self.catalogue, providers: [source])
    let gdp = try #require(series(.macroObservation).first { $0.key.providerSymbol == "GDP" })
    let said = MacroSeries(title: "What\nwe make", units: nil, frequency: .monthly, release: 7)
    let edit = SeriesDefinition(key: gdp.key, asset: nil, quoteCurrency: nil, priority: 1, macro: said)
    try store.following.decide([.addSeries(edit)], at: Instant(epochSeconds: 1_726_871_400))
    let (less, _) = Universe.catalogue(following: ["macro"])
    try store.following.register(less, providers: [source])
    let stored = try #require(try store.catalogue.series(gdp.key))
    #expect(stored.macro == MacroSeries(title: "What we make", units: nil, frequency: .monthly, release: 7))
    #expect(stored.publication == Publication(.monthly))
    #expect(try store.following.addedSeries() == [gdp.key])
  }

  @Test func `the dollar index comes with the economic series, and is told of with them`() throws {
    let store = try Store.scratch()
    let source = ProviderProfile(
      name: "yahoo", title: "Yahoo", baseURL: "https://yahoo.example", homepage: "https://yahoo.example",
      politeness: Politeness(limit: 1, window: 60, concurrency: 1), safety: 0,
      probe: Request(provider: "yahoo", path: "/"))
    try store.following.register(Self.catalogue, providers: [source])
    let bars = try store.catalogue.series(of: "DX-Y.NYB").filter(\.key.holdsBars)
    #expect(bars.map(\.isOfMacro) == [true])
    #expect(try store.catalogue.series(of: "AAPL").allSatisfy { !$0.isOfMacro })
  }
}
