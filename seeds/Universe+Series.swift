import Market

extension Universe {
  /// - Parameters:
  ///   - row: symbol, name, class, sector, group.
  ///   - coin: its names at Binance, Coinbase, Kraken and CoinGecko; empty for all but coins.
  static func listing(_ asset: Asset, _ row: [String], _ coin: [String]) -> Listing {
    let group = row[4]
    return Listing(
      asset, sector: row[3].isEmpty ? nil : row[3], currency: "USD",
      groups: group.isEmpty ? [] : group == "macro" ? [group] : [group, "wide"],
      formerSymbols: formerSymbols[asset.symbol] ?? [],
      series: asset.assetClass == .crypto ? coinSeries(asset.symbol, coin) : sessionSeries(asset, as: asset.symbol))
  }

  /// The series by which something is followed when nobody says otherwise, as those of the table are: coins by the hour
  /// and the day at the exchanges that have a symbol for them, all else by the day at Yahoo.
  ///
  /// - Parameter symbols: what providers call it, where that is another word than is known here, or none is.
  package static func usualSeries(of asset: Asset, named symbols: [ProviderName: String]) -> [SeriesDefinition] {
    guard asset.assetClass == .crypto else { return sessionSeries(asset, as: symbols["yahoo"] ?? asset.symbol) }
    let known = namesOfCoins[asset.symbol] ?? []
    let sources: [ProviderName] = ["binance", "coinbase", "kraken", "coingecko"]
    let names = sources.enumerated().map { index, source in symbols[source] ?? (index < known.count ? known[index] : "")
    }
    let days = symbols["yahoo"].map {
      price(
        .bar, .day1, of: asset.symbol, from: "yahoo", as: $0, in: "USD", priority: 4, basis: PriceBasis(of: "yahoo"))
    }
    return coinSeries(asset.symbol, names) + (days.map { [$0] } ?? [])
  }

  /// What a provider calls something, by its rule for such things; `nil` where it has none, or none for it.
  package static func symbol(of asset: Asset, at source: ProviderName) -> String? {
    let isShare = asset.assetClass == .stock || asset.assetClass == .fund
    switch (source, asset.assetClass) {
    case ("yahoo", .crypto): return "\(asset.symbol)-USD"
    case ("yahoo", _): return asset.symbol
    case ("alphavantage", _) where isShare: return asset.symbol
    // Classes of shares stand behind a point there: BRK.B.
    case ("polygon", _) where isShare: return asset.symbol.replacing("-", with: ".")
    case ("polygon", .crypto): return "X:\(asset.symbol)USD"
    case ("binance", _), ("coinbase", _), ("kraken", _), ("coingecko", _):
      return usualSeries(of: asset, named: [:]).first { $0.key.provider == source }?.key.providerSymbol
    default: return nil
    }
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
    guard names.count > exchanges.count, !names[3].isEmpty else { return bars }
    return bars + [
      price(.pricePoint, .hour1, of: symbol, from: "coingecko", as: names[3], in: "USD", priority: 4),
      price(.marketCap, .day1, of: symbol, from: "coingecko", as: names[3], in: "USD", priority: 1),
    ]
  }

  /// Days, with the splits and dividends that are told beside them; of a company also what it files.
  private static func sessionSeries(_ asset: Asset, as symbol: String) -> [SeriesDefinition] {
    sessionPrices(asset, as: symbol) + (asset.assetClass == .stock ? [filings(of: asset)] : [])
  }

  private static func sessionPrices(_ asset: Asset, as symbol: String) -> [SeriesDefinition] {
    [
      price(
        .bar, .day1, of: asset.symbol, from: "yahoo", as: symbol, in: "USD", priority: 1,
        basis: PriceBasis(of: "yahoo")),
      price(.corporateAction, .day1, of: asset.symbol, from: "yahoo", as: symbol, in: "USD", priority: 1),
    ]
  }

  static let sentiment = [
    SeriesDefinition(
      key: SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1),
      asset: nil, quoteCurrency: nil, priority: 1)
  ]

  /// Feeds of news that are asked when nobody says otherwise, and what providers with a key are asked; of NewsAPI by queries
  /// in its own words.
  static let feeds =
    [
      "https://www.coindesk.com/arc/outboundfeeds/rss/", "https://cointelegraph.com/rss", "https://decrypt.co/feed",
    ].map { news($0, from: "rss") } + [
      news("headlines", from: "yahoo"), news("news", from: "alphavantage", needsKey: true),
      news("news", from: "polygon", needsKey: true),
      news("bitcoin OR ethereum OR cryptocurrency", from: "newsapi", needsKey: true),
      news("\"stock market\" OR \"Wall Street\" OR \"Federal Reserve\"", from: "newsapi", needsKey: true),
    ]

  private static func news(_ symbol: String, from source: ProviderName, needsKey: Bool = false) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .newsItem, provider: source, providerSymbol: symbol, interval: .day1), asset: nil,
      quoteCurrency: nil, priority: 1, needsKey: needsKey)
  }

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
