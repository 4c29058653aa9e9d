import Market
import Providers

/// Assets that nobody trades, told by Binance.
enum BenchCatalogue {
  static func hours(series: Int) -> Catalogue { catalogue(series: series, [.hour1]) }

  static func hoursAndMinutes(series: Int) -> Catalogue { catalogue(series: series, [.hour1, .minute1]) }

  static func days(series: Int) -> Catalogue { catalogue(series: series, [.day1]) }

  static func key(_ series: Int, _ interval: Interval) -> SeriesKey {
    SeriesKey(
      dataset: .bar, provider: Binance().profile.name, providerSymbol: Workload.symbol(series), interval: interval)
  }

  private static func catalogue(series: Int, _ intervals: [Interval]) -> Catalogue {
    Catalogue(
      assets: (0..<series).map { Asset(symbol: "A\($0)", name: "Asset \($0)", assetClass: .crypto) }, funds: [],
      series: (0..<series).flatMap { number in
        intervals.map { interval in
          SeriesDefinition(key: key(number, interval), asset: "A\(number)", quoteCurrency: "USDT", priority: 1)
        }
      })
  }
}
