import Market

/// What a request for candles asked for, read back from the request itself.
struct CandleQuestion: Hashable {
  let symbol: String
  let interval: Interval
  /// First and last opening asked for; `nil` where the provider chose, which it does by sending the newest.
  let window: ClosedRange<Instant>?

  var windowSeconds: ClosedRange<Int64>? {
    window.map { $0.lowerBound.epochSeconds...$0.upperBound.epochSeconds }
  }

  func series(at provider: ProviderName) -> SeriesKey {
    SeriesKey(dataset: .bar, provider: provider, providerSymbol: symbol, interval: interval)
  }
}

extension ClosedRange where Bound == Int64 {
  /// The same numbers as instants; `nil` when the ends are the wrong way round.
  static func instants(_ first: Int64, _ last: Int64) -> ClosedRange<Instant>? {
    first <= last ? Instant(epochSeconds: first)...Instant(epochSeconds: last) : nil
  }
}
