import Market

/// What the appliance follows when nobody says otherwise.
package enum Universe {
  /// All of it: Bitcoin and Ether, their funds, and every series that is asked for.
  package static let catalogue = Catalogue(assets: assets, funds: funds, series: prices + sentiment + flows)

  private static let assets = [
    Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto),
    Asset(symbol: "ETH", name: "Ethereum", assetClass: .crypto),
  ]

  /// Each provider's spelling of the assets, in the order in which providers are asked.
  private static let prices: [SeriesDefinition] = [
    price(.bar, of: "BTC", from: "binance", as: "BTCUSDT", in: "USDT", priority: 1),
    price(.bar, of: "ETH", from: "binance", as: "ETHUSDT", in: "USDT", priority: 1),
    price(.bar, of: "BTC", from: "coinbase", as: "BTC-USD", in: "USD", priority: 2),
    price(.bar, of: "ETH", from: "coinbase", as: "ETH-USD", in: "USD", priority: 2),
    price(.bar, of: "BTC", from: "kraken", as: "XBTUSD", in: "USD", priority: 3),
    price(.bar, of: "ETH", from: "kraken", as: "ETHUSD", in: "USD", priority: 3),
    price(.pricePoint, of: "BTC", from: "coingecko", as: "bitcoin", in: "USD", priority: 4),
    price(.pricePoint, of: "ETH", from: "coingecko", as: "ethereum", in: "USD", priority: 4),
  ]

  private static let sentiment = [
    SeriesDefinition(
      key: SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1),
      asset: nil, quoteCurrency: nil, priority: 1)
  ]

  private static let flows: [SeriesDefinition] = [
    flow(of: "BTC", from: "farside", priority: 1),
    flow(of: "ETH", from: "farside", priority: 1),
    flow(of: "BTC", from: "sosovalue", priority: 2, needsKey: true),
    flow(of: "ETH", from: "sosovalue", priority: 2, needsKey: true),
  ]

  private static func price(
    _ dataset: Dataset, of asset: String, from provider: ProviderName, as symbol: String, in currency: String,
    priority: Int
  ) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: dataset, provider: provider, providerSymbol: symbol, interval: .hour1), asset: asset,
      quoteCurrency: currency, priority: priority)
  }

  private static func flow(
    of asset: String, from provider: ProviderName, priority: Int, needsKey: Bool = false
  ) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .etfFlow, provider: provider, providerSymbol: asset.lowercased(), interval: .day1),
      asset: asset, quoteCurrency: "USD", priority: priority, needsKey: needsKey)
  }
}
