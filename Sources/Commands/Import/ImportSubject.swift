import FlatFiles
import Market

/// What a file is about: the order by which it is read, and the series that it fills.
struct ImportSubject: Sendable {
  let order: ImportOrder
  let asset: Asset?
  let definition: SeriesDefinition
  /// Of the source, for people.
  let title: String

  /// After every series that a provider is asked for.
  static let priority = 100

  /// - Parameter isLaidOut: whether the order is all that there is to know, so that the source's layout is not asked for.
  init(
    order: ImportOrder, asset: Asset?, source: String?, providers: [ProviderProfile], isLaidOut: Bool = false
  ) throws {
    let told = (source ?? "import").lowercased()
    guard (1...40).contains(told.utf8.count),
      told.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0) })
    else {
      throw Failure(.usage, "--source: '\(source ?? "")' is no name; take letters, digits, dots and hyphens")
    }
    let maker = told.hasSuffix("-archive") ? String(told.dropLast(8)) : told
    var order = order
    if !isLaidOut, MarketFiles.layouts.contains(maker) { order.layout = maker }
    self.order = order
    self.asset = asset
    // A file is never spliced into what the provider of that name answers.
    let isAsked = providers.contains { $0.name.description == told }
    let name = isAsked ? told + "-archive" : told
    let symbol =
      switch order.dataset {
      case .sentiment: "fng"
      case .etfFlow: asset?.symbol.lowercased() ?? ""
      default: asset?.symbol ?? ""
      }
    definition = SeriesDefinition(
      key: SeriesKey(
        dataset: order.dataset, provider: ProviderName(name), providerSymbol: symbol, interval: order.interval),
      asset: asset?.symbol, quoteCurrency: order.dataset == .etfFlow ? "USD" : nil, priority: ImportSubject.priority,
      // What these let people download was divided by all splits up to that day.
      basis: PriceBasis(of: ProviderName(maker)))
    title = source == nil ? "Imported files" : "\(maker), imported files"
  }
}
