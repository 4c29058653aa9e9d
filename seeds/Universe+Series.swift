import Market

extension Universe {
  /// - Parameters:
  ///   - row: symbol, name, class, sector, group.
  ///   - coin: its names at Binance, Coinbase, Kraken and CoinGecko; empty for all but coins.
  static func listing(_ asset: Asset, _ row: [String], _ coin: [String]) -> Listing {
    let group = row[4]
    return Listing(
      asset, sector: row[3].isEmpty ? nil : row[3], currency: "USD",
      groups: group.isEmpty ? [] : [group, "wide"],
      formerSymbols: formerSymbols[asset.symbol] ?? [],
      series: asset.assetClass == .crypto ? coinSeries(asset.symbol, coin) : sessionSeries(asset))
  }

  /// Names that companies gave up; a search finds them.
  private static let formerSymbols = ["META": ["FB"], "RTX": ["UTX"], "BRK-B": ["BRK.B"]]

  /// Hours and days at the exchanges, in the order in which they are asked; sampled prices where none of them answers.
  private static func coinSeries(_ symbol: String, _ names: [String]) -> [SeriesDefinition] {
    let exchanges: [(provider: ProviderName, currency: String)] = [
      ("binance", "USDT"), ("coinbase", "USD"), ("kraken", "USD"),
    ]
    let traded = zip(exchanges, names).enumerated().filter { !$0.element.1.isEmpty }
    let bars = [Interval.hour1, .day1].flatMap { interval in
      traded.map { index, at in
        price(.bar, interval, of: symbol, from: at.0.provider, as: at.1, in: at.0.currency, priority: index + 1)
      }
    }
    guard names.count > exchanges.count else { return bars }
    return bars + [
      price(.pricePoint, .hour1, of: symbol, from: "coingecko", as: names[3], in: "USD", priority: 4)
    ]
  }

  /// Days, with the splits and dividends that are told beside them.
  private static func sessionSeries(_ asset: Asset) -> [SeriesDefinition] {
    [
      price(
        .bar, .day1, of: asset.symbol, from: "yahoo", as: asset.symbol, in: "USD", priority: 1, basis: .splitAdjusted),
      price(.corporateAction, .day1, of: asset.symbol, from: "yahoo", as: asset.symbol, in: "USD", priority: 1),
    ]
  }

  static let sentiment = [
    SeriesDefinition(
      key: SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1),
      asset: nil, quoteCurrency: nil, priority: 1)
  ]

  static let flows: [SeriesDefinition] = [
    flow(of: "BTC", from: "farside", priority: 1),
    flow(of: "ETH", from: "farside", priority: 1),
    flow(of: "BTC", from: "sosovalue", priority: 2, needsKey: true),
    flow(of: "ETH", from: "sosovalue", priority: 2, needsKey: true),
  ]

  private static func price(
    _ dataset: Dataset, _ interval: Interval, of asset: String, from provider: ProviderName, as symbol: String,
    in currency: String, priority: Int, basis: PriceBasis = .asTraded
  ) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: dataset, provider: provider, providerSymbol: symbol, interval: interval), asset: asset,
      quoteCurrency: currency, priority: priority, basis: basis)
  }

  private static func flow(
    of asset: String, from provider: ProviderName, priority: Int, needsKey: Bool = false
  ) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .etfFlow, provider: provider, providerSymbol: asset.lowercased(), interval: .day1),
      asset: asset, quoteCurrency: "USD", priority: priority, needsKey: needsKey)
  }
}
