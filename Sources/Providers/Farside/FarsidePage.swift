import Market

/// The addresses of Farside's pages.
enum FarsidePage {
  /// The asset as a series spells it, and as the address of its long page does.
  static let assets = ["btc": "bitcoin", "eth": "ethereum"]

  static func recent(of asset: String) -> Request {
    Request(provider: Farside.name, path: "/\(asset)/", maximumBytes: 8 << 20)
  }

  static func everything(of asset: String) -> Request {
    Request(
      provider: Farside.name, path: "/\(assets[asset] ?? asset)-etf-flow-all-data/", maximumBytes: 16 << 20,
      timeLimit: 90)
  }

  /// The first day that a page can hold: of everything the day on which the first fund began to trade, of the newest 14 rows
  /// a hundred days back, in case nobody has looked after the site for a while.
  static func firstDay(of page: Request, of asset: String, madeAt: Instant) -> Day? {
    let begun = asset == "eth" ? Day(year: 2024, month: 7, day: 23) : Day(year: 2024, month: 1, day: 11)
    let isRecent = page.path.hasPrefix("/\(asset)/") || page.path == "/\(asset)"
    return [begun, isRecent ? madeAt.day - 100 : nil].compactMap { $0 }.max()
  }

  /// The asset that a page is about; `nil` for a page that is not one of these.
  static func asset(in request: Request) -> String? {
    let path = request.path.hasSuffix("/") ? request.path : request.path + "/"
    return assets.keys.sorted().first { path == recent(of: $0).path || path == everything(of: $0).path }
  }
}
