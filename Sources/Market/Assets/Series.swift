/// What makes a series one series: who tells it, about what, at which interval.
///
/// `providerSymbol` is the provider's own spelling (`BTCUSDT`, `XBTUSD`, `bitcoin`); for a flow table it is the asset's
/// lower-case symbol (`btc`), for a sentiment index the name of the index (`fng`).
package struct SeriesKey: Hashable, Sendable {
  package let dataset: Dataset
  package let provider: ProviderName
  package let providerSymbol: String
  package let interval: Interval

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
  package let key: SeriesKey
  /// Symbol of the asset that the series is about; `nil` for an index of a whole market.
  package let asset: String?
  /// `USDT`, `USD`; `nil` where facts are not prices.
  package let quoteCurrency: String?
  /// 1 is asked first; a higher number is a fallback for the lower ones.
  package let priority: Int
  /// Whether the provider answers only with a key.
  package let needsKey: Bool

  package init(key: SeriesKey, asset: String?, quoteCurrency: String?, priority: Int, needsKey: Bool = false) {
    self.key = key
    self.asset = asset
    self.quoteCurrency = quoteCurrency
    self.priority = priority
    self.needsKey = needsKey
  }
}

/// Everything the appliance follows when nobody says otherwise.
package struct Catalogue: Sendable {
  package let assets: [Asset]
  package let funds: [Fund]
  package let series: [SeriesDefinition]

  package init(assets: [Asset], funds: [Fund], series: [SeriesDefinition]) {
    self.assets = assets
    self.funds = funds
    self.series = series
  }
}
