import Market

/// How far a run reaches.
extension Due {
  /// Bars that a first run brings.
  static let firstBars = 336
  /// Days of sentiment and of flows that a first run brings.
  static let firstDays = 30
  /// Seconds that every run reads again, so that restatements are seen.
  static let overlap: Int64 = 48 * 3600
  /// Days of fund flows that every run reads again: five rows of the table, weekends between them.
  static let flowOverlapDays = 7

  /// The newest key worth asking for. Fund tables show a day before it is due, provisionally.
  static func newestToAsk(of series: SeriesKey, safety: Int64, at now: Instant) -> Instant {
    series.dataset == .etfFlow ? now.day.start : newestKey(of: series, safety: safety, at: now)
  }

  /// How far back a first run goes from `newest`.
  static func firstKey(of series: SeriesKey, newest: Instant) -> Instant {
    switch series.dataset {
    case .bar, .pricePoint: newest - Int64(firstBars - 1) * series.interval.seconds
    case .sentiment: newest - Int64(firstDays - 1) * 86_400
    case .etfFlow: newest - Int64(firstDays) * 86_400
    default: newest - Int64(firstDays - 1) * 86_400
    }
  }
}
