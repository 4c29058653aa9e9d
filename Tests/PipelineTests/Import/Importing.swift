import FlatFiles
import Formats
import Market
import Providers
import Support
import seeds

@testable import Pipeline
@testable import Store

/// A store that files are imported into, as the command does it.
struct Importing {
  static let now = Instant(epochSeconds: 1_793_491_200)  // 2026-11-01
  static let opener = MarketFiles(
    shapes: Kinds.standard.shapes,
    knowing: FileKnowledge(
      assets: Universe.wellKnown, funds: Universe.twoCoins.funds))

  let store: Store

  init() throws { store = try Store.scratch() }

  init(store: Store) { self.store = store }

  @discardableResult
  func bring(
    _ bytes: [UInt8], _ order: ImportOrder, source: String = "import", name: String = "a.csv", path: String? = nil,
    byReference: Bool = false, partSize: Int = OpenedImport.partSize, at now: Instant = Importing.now,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ImportReport {
    let asset = order.asset.map { Asset(symbol: $0, name: $0, assetClass: order.assetClass ?? .stock) }
    let key = Importing.series(order, source)
    let opened = try OpenedImport(
      path.map { try UnpackedFile($0, name: name) } ?? UnpackedFile(bytes: bytes, name: name), order: order,
      series: key,
      opener: Importing.opener, at: now, partSize: partSize)
    return try FileImport(
      store: store, clock: .standing(at: now), command: "import", version: "test", processID: 1,
      isCancelled: isCancelled, onProgress: { _ in }
    ).perform(
      opened, .init(name: name, path: path, isReference: byReference),
      definition: SeriesDefinition(key: key, asset: order.asset, quoteCurrency: nil, priority: 100), asset: asset,
      title: source)
  }

  static func series(_ order: ImportOrder, _ source: String) -> SeriesKey {
    SeriesKey(
      dataset: order.dataset, provider: ProviderName(source), providerSymbol: order.asset ?? "fng",
      interval: order.interval)
  }

  static func bars(_ interval: Interval = .hour1, asset: String = "BTC", _ assetClass: AssetClass = .crypto)
    -> ImportOrder
  {
    ImportOrder(dataset: .bar, asset: asset, assetClass: assetClass, interval: interval)
  }

  /// Hourly rows from 2024-11-01 on.
  static func hours(_ range: Range<Int>, price: (Int) -> Double = { 100 + Double($0) }) -> String {
    "unix,open,high,low,close,volume\n"
      + range.map { "\(1_730_419_200 + $0 * 3600),\(price($0)),\(price($0) + 1),\(price($0) - 1),\(price($0)),\($0)" }
      .joined(separator: "\n") + "\n"
  }
}
