import Market

/// What to ask CoinGecko. Spacing of samples follows from how far back is asked: up to a day 5 minutes, up to 90 days an
/// hour, beyond a day; `interval=daily` gives days at any distance.
enum CoinGeckoAddress {
  enum Kind { case chart, candles, markets, simple }

  struct Question: Hashable {
    let kind: Kind
    let coin: String
    let interval: Interval
    /// Days back that were asked for; `nil` for all there are, and for the newest price.
    var days: Int?
  }

  /// Days back for which samples of that spacing can be had; `nil` for a spacing that does not exist.
  static func reach(of interval: Interval) -> Int? {
    switch interval {
    case .minute5: 1
    case .hour1: CoinGecko.hourlyReach
    case .day1: CoinGecko.reach
    default: nil
    }
  }

  static func marketChart(_ coin: String, _ interval: Interval, days: Int) -> Request {
    var query = [QueryItem("vs_currency", "usd")]
    switch interval {
    case .minute5: query.append(QueryItem("days", "1"))
    case .hour1: query.append(QueryItem("days", "\(max(2, days))"))
    default: query += [QueryItem("days", "\(days)"), QueryItem("interval", "daily")]
    }
    return Request(
      provider: CoinGecko.name, path: "/api/v3/coins/\(coin)/market_chart", query: query, maximumBytes: 4 << 20)
  }

  /// `nil` for prices in another currency than dollars: they would be another series.
  static func question(in request: Request) -> Question? {
    guard let currency = request.queryValue("vs_currency") ?? request.queryValue("vs_currencies"), currency == "usd"
    else { return nil }
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 4, parts[0] == "api", parts[1] == "v3" else { return nil }
    switch (parts[2], parts.count) {
    case ("coins", 4) where parts[3] == "markets":
      return singleCoin(request).map { Question(kind: .markets, coin: $0, interval: .hour1) }
    case ("simple", 4) where parts[3] == "price":
      return singleCoin(request).map { Question(kind: .simple, coin: $0, interval: .hour1) }
    case ("coins", 5) where parts[4] == "market_chart":
      let days = request.queryValue("days").flatMap { Int($0) }.flatMap { (0...100_000).contains($0) ? $0 : nil }
      return Question(kind: .chart, coin: parts[3], interval: interval(request), days: days)
    case ("coins", 5...) where parts[4] == "ohlc":
      return Question(kind: .candles, coin: parts[3], interval: .hour4)
    default: return nil
    }
  }

  /// A reading is about one series, so about one coin.
  private static func singleCoin(_ request: Request) -> String? {
    request.queryValue("ids").flatMap { $0.isEmpty || $0.contains(",") ? nil : $0 }
  }

  private static func interval(_ request: Request) -> Interval {
    if request.queryValue("interval") == "daily" { return .day1 }
    guard let days = request.queryValue("days").flatMap({ Int($0) }) else { return .day1 }
    return days <= 1 ? .minute5 : days <= CoinGecko.hourlyReach ? .hour1 : .day1
  }
}
