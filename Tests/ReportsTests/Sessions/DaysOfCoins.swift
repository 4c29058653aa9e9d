import Market
import Store

extension Record {
  /// The days of a coin.
  static func days(of symbol: String) -> SeriesKey {
    SeriesKey(dataset: .bar, provider: "binance", providerSymbol: symbol + "USDT", interval: .day1)
  }

  /// Coins with daily bars alone: one for each close, the last of them on a day; none where it is `nil`.
  static func ofDays(
    _ coins: [(symbol: String, closes: [Double?])], until last: Day, asked at: String
  ) async throws -> Record {
    let record = try Record()
    try record.store.catalogue.add(
      Catalogue(
        assets: coins.map { Asset(symbol: $0.symbol, name: "The \($0.symbol) coin", assetClass: .crypto) }, funds: [],
        series: coins.map {
          SeriesDefinition(
            key: days(of: $0.symbol), asset: $0.symbol, quoteCurrency: "USDT", priority: 1, basis: .asTraded)
        }), providers: .known)
    let readings = coins.map { coin in
      let bars = coin.closes.enumerated().compactMap { index, close in
        close.map { close in
          Bar(
            openTime: (last - (coin.closes.count - 1 - index)).start, open: close, high: close * 1.01,
            low: close * 0.99, close: close, volume: 10)
        }
      }
      return Reading(series: days(of: coin.symbol), facts: .bars(bars), covers: nil)
    }
    try await record.run(at: at, readings)
    return record
  }
}
