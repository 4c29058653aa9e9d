import Market
import Metrics
import SQLite
import Schema
import Store

/// The last days of each asset's price: how much they move, and how closely those of two assets move along with each other.
struct LastDays {
  private let prices: [StoredSeries]
  private let factors: [SeriesID: AdjustmentFactors]

  /// So many returns make a volatility.
  private static let returns = 30
  /// A correlation looks at so many calendar days, up to the earlier of both last days.
  private static let window: Int64 = 90 * 86_400
  /// How far back closes are read at once: series mostly end within days of each other.
  private static let reach: Int64 = 100 * 86_400
  /// So many stretches of a series are held at a time.
  private static let kept = 4

  /// - Parameter prices: series that hold bars of days, none twice, by their numbers.
  init(of prices: [StoredSeries], _ factors: [SeriesID: AdjustmentFactors]) {
    (self.prices, self.factors) = (prices, factors)
  }

  /// Computes again what hangs on some of them.
  func measure(_ stale: Set<SeriesID>, _ file: Statements) throws {
    guard !stale.isEmpty else { return }
    let days = try prices.map { series in
      guard let last = series.extent?.upperBound else { return [DatedClose]() }
      return try closes(of: series.id, after: last - Self.reach, upTo: last, file)
    }
    for (series, days) in zip(prices, days) where stale.contains(series.id) {
      try keepVolatility(of: series, days, file)
    }
    var recent = zip(prices, days).map { series, days in
      Recent(series: series.id, end: series.extent?.upperBound, returns: DatedReturns(days))
    }
    var found: [Correlation] = []
    let isStale = recent.map { stale.contains($0.series) }
    for one in recent.indices {
      for other in recent.indices[(one + 1)...] where isStale[one] || isStale[other] {
        let (a, b) = (recent[one].series, recent[other].series)
        if let value = try correlation(of: &recent, one, other, file) {
          found.append(Correlation(one: a, other: b, value: value))
        } else {
          try file.run(SeriesMeasureStatements.forgetCorrelation, a.rawValue, b.rawValue)
        }
      }
    }
    try keep(found, file)
  }

  /// The last days of a series.
  private struct Recent {
    let series: SeriesID
    /// When the last of them opens.
    let end: Instant?
    let returns: DatedReturns
    /// What was made of them, by the day that is the last one of both: mostly that is the same for all pairs.
    var stretches: [(end: Instant, stretch: ReturnStretch)] = []
  }

  private struct Correlation {
    let one, other: SeriesID
    let value: PairCorrelation
  }

  /// - Parameter recent: its days that were read already; older ones only count where these are too few.
  private func keepVolatility(of series: StoredSeries, _ recent: [DatedClose], _ file: Statements) throws {
    let count = Self.returns + 1
    let last = recent.count < count ? try lastCloses(of: series.id, count, file) : recent.suffix(count)
    guard let newest = last.last else { return }
    let closes = last.map(\.close)
    let returns = logReturns(ofPrices: closes)
    let hasSessions = (series.calendar ?? Calendar(of: series.assetClass)) != .always
    let periods = periodsPerYear(of: .day1, hasSessions: hasSessions)
    let statement = try file.kept(SeriesMeasureStatements.keepVolatility, series.id.rawValue)
    statement.bind(newest.time.day.description, at: 2)
    statement.bind(
      closes.count > Self.returns ? volatility(ofLogReturns: returns, periodsPerYear: periods) : nil, at: 3)
    statement.bind(Int64(returns.count), at: 4)
    try statement.run()
  }

  private func correlation(
    of recent: inout [Recent], _ one: Int, _ other: Int, _ file: Statements
  ) throws -> PairCorrelation? {
    guard let first = recent[one].end, let second = recent[other].end else { return nil }
    let end = min(first, second)
    return PairCorrelation(
      try stretch(of: &recent[one], upTo: end, file), try stretch(of: &recent[other], upTo: end, file),
      minimum: Self.returns)
  }

  private func stretch(of series: inout Recent, upTo end: Instant, _ file: Statements) throws -> ReturnStretch {
    if let made = series.stretches.first(where: { $0.end == end }) { return made.stretch }
    let start = end - Self.window
    let reaches = series.end.map { $0 - Self.reach <= start } ?? true
    let returns =
      reaches ? series.returns : DatedReturns(try closes(of: series.series, after: start, upTo: end, file))
    let made = ReturnStretch(of: returns, in: start + 1...end)
    if series.stretches.count == Self.kept { series.stretches.removeFirst() }
    series.stretches.append((end, made))
    return made
  }

  /// Sixteen by one statement, and the rest one by one.
  private func keep(_ found: [Correlation], _ file: Statements) throws {
    let whole = found.count - found.count % 16
    try keep(found[..<whole], by: 16, file)
    try keep(found[whole...], by: 1, file)
  }

  private func keep(_ found: ArraySlice<Correlation>, by count: Int, _ file: Statements) throws {
    guard !found.isEmpty else { return }
    let statement = try file.kept(SeriesMeasureStatements.keepCorrelations(count))
    var parameter: Int32 = 0
    // Most end on the same day, and writing its text takes longer than binding it.
    var last: (instant: Instant, day: String)?
    for pair in found {
      if last?.instant != pair.value.last { last = (pair.value.last, pair.value.last.day.description) }
      statement.bind(pair.one.rawValue, at: parameter + 1)
      statement.bind(pair.other.rawValue, at: parameter + 2)
      statement.bind(last?.day, at: parameter + 3)
      statement.bind(pair.value.value, at: parameter + 4)
      statement.bind(Int64(pair.value.observations), at: parameter + 5)
      parameter += 5
      if parameter == Int32(count * 5) {
        try statement.run()
        parameter = 0
      }
    }
  }

  private func lastCloses(of series: SeriesID, _ count: Int, _ file: Statements) throws -> ArraySlice<DatedClose> {
    let newestFirst = try file.kept(SeriesMeasureStatements.lastCloses, series.rawValue, Int64(count)).datedCloses()
    return days(of: series).restated(newestFirst.reversed())[...]
  }

  private func closes(
    of series: SeriesID, after start: Instant, upTo end: Instant, _ file: Statements
  ) throws -> [DatedClose] {
    let statement = try file.kept(
      SeriesMeasureStatements.closes, series.rawValue, start.epochSeconds, end.epochSeconds)
    return days(of: series).restated(try statement.datedCloses())
  }

  private func days(of series: SeriesID) -> SeriesDays {
    SeriesDays(series: series, factors: factors[series])
  }
}
