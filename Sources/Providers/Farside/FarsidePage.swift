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

  /// The asset that a page is about; `nil` for a page that is not one of these.
  static func asset(in request: Request) -> String? {
    let path = request.path.hasSuffix("/") ? request.path : request.path + "/"
    return assets.keys.sorted().first { path == recent(of: $0).path || path == everything(of: $0).path }
  }
}
