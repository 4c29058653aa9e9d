import Formats
import Market

/// Headlines about shares, a feed for several of them at a time: `/rss/2.0/headline?s=AAPL,MSFT`. Which item is about which
/// of them it does not say.
enum YahooHeadlines {
  /// The server that hands them out.
  static let host = RequestHost("feeds.finance.yahoo.com")!  // A name written here.
  /// Headlines about anything are one series.
  static let series = SeriesKey(
    dataset: .newsItem, provider: Yahoo.name, providerSymbol: "headlines", interval: .day1)
  private static let path = "/rss/2.0/headline"
  /// Symbols of one request; it tells the newest items of all of them together, so that many would crowd each other out.
  private static let most = 10

  /// Of shares and funds; futures, indices and currencies have no headlines.
  static func requests(for symbols: [String]) -> [Request] {
    let shares = Set(symbols.filter { symbol in !symbol.utf8.contains { "=^.".utf8.contains($0) } }).sorted()
    return stride(from: 0, to: shares.count, by: most).map { first in
      Request(
        provider: Yahoo.name, host: host, path: path,
        query: [
          QueryItem("s", shares[first..<min(first + most, shares.count)].joined(separator: ",")),
          QueryItem("region", "US"), QueryItem("lang", "en-US"),
        ], maximumBytes: 4 << 20)
    }
  }

  static func isAsked(_ request: Request) -> Bool { request.host == host && request.path == path }

  /// The items of one feed. Those of several shares come in several feeds, not always in the same words: an item is that of
  /// the feed, which is called by its first symbol.
  static func read(_ answer: Answer, to request: Request, at address: String) throws(ReadingError) -> Reading {
    let symbols = request.queryValue("s") ?? ""
    return try RssReading.read(answer, at: address, as: series, list: String(symbols.prefix { $0 != "," }))
  }
}
