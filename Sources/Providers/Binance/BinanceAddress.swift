import Market

/// What to ask Binance: `/api/v3/klines`. Times are opening times in milliseconds, the end included.
enum BinanceAddress {
  static func klines(_ symbol: String, _ interval: Interval, _ openings: ClosedRange<Instant>) -> Request {
    Request(
      provider: Binance.name, path: "/api/v3/klines",
      query: [
        QueryItem("symbol", symbol), QueryItem("interval", interval.rawValue),
        QueryItem("startTime", "\(openings.lowerBound.epochSeconds * 1000)"),
        QueryItem("endTime", "\(openings.upperBound.epochSeconds * 1000)"),
        QueryItem("limit", "\(Binance.pageRows)"),
      ],
      weight: 2, maximumBytes: 4 << 20)
  }

  /// `nil` if it is no request for klines of an interval that we know.
  static func question(in request: Request) -> CandleQuestion? {
    guard request.path == "/api/v3/klines", let symbol = request.queryValue("symbol"),
      let interval = request.queryValue("interval").flatMap({ Interval(rawValue: $0) })
    else { return nil }
    return CandleQuestion(symbol: symbol, interval: interval, window: window(in: request))
  }

  static func limit(in request: Request) -> Int {
    request.queryValue("limit").flatMap { Int($0) } ?? 500
  }

  private static func window(in request: Request) -> ClosedRange<Instant>? {
    guard let start = request.queryValue("startTime").flatMap({ Int64($0) }),
      let end = request.queryValue("endTime").flatMap({ Int64($0) }), start <= end
    else { return nil }
    let first = CandleTime(millisecondsOrMicroseconds: start), last = CandleTime(millisecondsOrMicroseconds: end)
    return ClosedRange<Int64>.instants(first.isWhole ? first.seconds : first.seconds + 1, last.seconds)
  }
}
