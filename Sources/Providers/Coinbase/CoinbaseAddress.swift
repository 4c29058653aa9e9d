import Market

/// What to ask Coinbase: `/products/{product}/candles`. Both ends are opening times and included.
enum CoinbaseAddress {
  static func candles(_ product: String, _ interval: Interval, _ openings: ClosedRange<Instant>) -> Request {
    Request(
      provider: Coinbase.name, path: "/products/\(product)/candles",
      query: [
        QueryItem("granularity", "\(interval.seconds)"), QueryItem("start", "\(openings.lowerBound)"),
        QueryItem("end", "\(openings.upperBound)"),
      ],
      maximumBytes: 2 << 20)
  }

  static func product(in request: Request) -> String? {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0].isEmpty, parts[1] == "products", !parts[2].isEmpty, parts[3] == "candles" else {
      return nil
    }
    return String(parts[2])
  }

  static func question(in request: Request) -> CandleQuestion? {
    guard let product = product(in: request),
      let size = request.queryValue("granularity").flatMap({ Int64($0) }),
      let interval = Coinbase.intervals.first(where: { $0.seconds == size })
    else { return nil }
    return CandleQuestion(symbol: product, interval: interval, window: window(in: request))
  }

  /// With one of the two missing, both are ignored.
  private static func window(in request: Request) -> ClosedRange<Instant>? {
    guard let start = request.queryValue("start").flatMap({ Instant($0) }),
      let end = request.queryValue("end").flatMap({ Instant($0) }), start <= end
    else { return nil }
    return start...end
  }
}
