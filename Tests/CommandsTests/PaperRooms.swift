import ArgumentParser
import Commands
import Formats
import Market

/// What commands are made of in these tests: one provider, who answers nothing.
struct PaperRooms: Wiring {
  var root: any ParsableCommand.Type { CompletionsCommand.self }
  var version: String { "9.9.9" }
  var commit: String { "none" }
  var providers: [any Provider] { [PaperProvider()] }
  var listings: [Listing] { universe.listings }
  func universe(following names: [String]) -> (catalogue: Catalogue, unknown: [String]) { (universe, []) }

  private var universe: Catalogue {
    let key = SeriesKey(dataset: .bar, provider: "paper", providerSymbol: "BTC", interval: .hour1)
    return Catalogue(
      assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
      series: [SeriesDefinition(key: key, asset: "BTC", quoteCurrency: "USD", priority: 1)])
  }

  var wellKnown: [Asset] { universe.assets }
  func assetClass(of symbol: String) -> AssetClass? { nil }
  func usualSeries(of asset: Asset, named symbols: [ProviderName: String]) -> [SeriesDefinition] { universe.series }
  func symbol(of asset: Asset, at source: ProviderName) -> String? { asset.symbol }
  var figureWords: [FigureWords] { [] }
  func demoCapture() throws(CaptureError) -> Capture { Capture(origin: .demo, title: "paper", runs: []) }
  func fileOpener(knowing knowledge: FileKnowledge?, checksColumns: Bool) -> any FactFileOpener { PaperFiles() }
  func network(_ order: NetworkOrder) -> any Network { PaperNetwork(order: order) }
}

private struct PaperProvider: Provider {
  let profile = ProviderProfile(
    name: "paper", title: "Paper", baseURL: "https://paper.example", homepage: "https://paper.example",
    politeness: Politeness(limit: 10, window: 60, concurrency: 1),
    credential: Credential(header: "x-key", setting: "PAPER_KEY", isRequired: false), safety: 60,
    probe: Request(provider: "paper", path: "/"))

  func requests(for want: Want, at now: Instant) -> [Request] { [] }
  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading { throw .empty }
}

private struct PaperFiles: FactFileOpener {
  func open(
    _ order: ImportOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) -> any FactFile { throw FileRefusal("it is paper", hint: "") }
}

/// A network that asks nobody, and keeps how it was ordered.
struct PaperNetwork: Network {
  let order: NetworkOrder

  func roundTrip(_ request: Request) async -> RoundTrip { RoundTrip(request: request, attempts: []) }
  func quotas() async -> [QuotaState] { order.quotas }
  func shutDown() {}
}
