import ArgumentParser
import CBuild
import Commands
import FlatFiles
import Formats
import Market
import Providers
import Store
import Transport
import seeds

/// What the commands are made of in earnest: the providers there are, libcurl, and what is embedded in the binary.
struct RealRooms: Wiring {
  var root: any ParsableCommand.Type { Appliance.self }
  var version: String { "0.1.0" }
  var commit: String { String(cString: appliance_commit()) }
  var providers: [any Provider] { marketProviders }
  var listings: [Listing] { Universe.listings }

  func universe(following names: [String]) -> (catalogue: Catalogue, unknown: [String]) {
    Universe.catalogue(following: names)
  }

  var wellKnown: [Asset] { Universe.wellKnown }

  func assetClass(of symbol: String) -> AssetClass? { Universe.assetClass(of: symbol) }

  func usualSeries(of asset: Asset, named symbols: [ProviderName: String]) -> [SeriesDefinition] {
    Universe.usualSeries(of: asset, named: symbols)
  }

  func symbol(of asset: Asset, at source: ProviderName) -> String? { Universe.symbol(of: asset, at: source) }

  var figureWords: [FigureWords] { FigureWords.languages }

  func demoCapture() throws(CaptureError) -> Capture { try DemoCapture.capture() }

  func fileOpener(knowing knowledge: FileKnowledge?, checksColumns: Bool) -> any FactFileOpener {
    MarketFiles(shapes: Kinds.standard.shapes, knowing: knowledge, checksColumns: checksColumns)
  }

  func network(_ order: NetworkOrder) -> any Network {
    HTTPTransport(
      profiles: order.profiles, addresses: order.addresses, keys: order.keys, clock: order.clock, quotas: order.quotas,
      pace: order.pace, spacing: order.spacing, version: order.version, authorities: order.authorities)
  }
}

extension HTTPTransport: Network {}
