import Market

/// What to ask Kraken: `/0/public/OHLC`, the interval in minutes.
enum KrakenAddress {
  struct Question: Hashable {
    let pair: String
    let interval: Interval
    /// The first opening asked for; `nil` for as far back as Kraken goes.
    let first: Instant?
  }

  /// Whether `since` itself is included is not documented: one second before the first opening is right either way.
  static func ohlc(_ pair: String, _ interval: Interval, from first: Instant) -> Request {
    Request(
      provider: Kraken.name, path: "/0/public/OHLC",
      query: [
        QueryItem("pair", pair), QueryItem("interval", "\(interval.seconds / 60)"),
        QueryItem("since", "\(first.epochSeconds - 1)"),
      ],
      maximumBytes: 4 << 20)
  }

  static func question(in request: Request) -> Question? {
    guard request.path == "/0/public/OHLC", let pair = request.queryValue("pair"),
      let minutes = Int64(request.queryValue("interval") ?? "1"),
      let interval = Kraken.intervals.first(where: { $0.seconds / 60 == minutes })
    else { return nil }
    let since = request.queryValue("since").flatMap { Int64($0) }.map { Instant(epochSeconds: $0) }
    let first = since.flatMap { Instant.representable.contains($0) && $0.epochSeconds > 0 ? $0 + 1 : nil }
    return Question(pair: pair, interval: interval, first: first)
  }
}
