/// What makes a series one series: who tells it, about what, at which interval.
///
/// `providerSymbol` is the provider's own spelling (`BTCUSDT`, `XBTUSD`, `bitcoin`); for a flow table it is the asset's
/// lower-case symbol (`btc`), for a sentiment index the name of the index (`fng`).
package struct SeriesKey: Hashable, Sendable {
  /// What its rows are.
  package let dataset: Dataset
  /// Who tells it; also the name under which files were imported.
  package let provider: ProviderName
  /// In the provider's own spelling.
  package let providerSymbol: String
  /// The length of its bars; a day for facts that come by day.
  package let interval: Interval

  /// A key; that the provider has such a series is not checked.
  package init(dataset: Dataset, provider: ProviderName, providerSymbol: String, interval: Interval) {
    self.dataset = dataset
    self.provider = provider
    self.providerSymbol = providerSymbol
    self.interval = interval
  }
}

extension SeriesKey: CustomStringConvertible {
  /// `binance BTCUSDT 1h`
  package var description: String { "\(provider) \(providerSymbol) \(interval)" }
}

/// A series as the catalogue describes it before anything was asked.
package struct SeriesDefinition: Hashable, Sendable {
  /// Who tells what, at which interval.
  package let key: SeriesKey
  /// Symbol of the asset that the series is about; `nil` for an index of a whole market.
  package let asset: String?
  /// `USDT`, `USD`; `nil` where facts are not prices.
  package let quoteCurrency: String?
  /// 1 is asked first; a higher number is a fallback for the lower ones.
  package let priority: Int
  /// Whether the provider answers only with a key.
  package let needsKey: Bool
  /// What its prices were corrected for by the provider.
  package let basis: PriceBasis
  /// What it measures, where it is an economic one.
  package let macro: MacroSeries?

  /// - Parameter priority: from 1; the lowest number among an asset's series is asked first.
  package init(
    key: SeriesKey, asset: String?, quoteCurrency: String?, priority: Int, needsKey: Bool = false,
    basis: PriceBasis = .asTraded, macro: MacroSeries? = nil
  ) {
    self.key = key
    self.asset = asset
    self.quoteCurrency = quoteCurrency
    self.priority = priority
    self.needsKey = needsKey
    self.basis = basis
    self.macro = macro
  }
}
