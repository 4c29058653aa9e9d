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

  /// - Parameter prices: series that hold bars of days, none twice, by their numbers.
  init(of prices: [StoredSeries], _ factors: [SeriesID: AdjustmentFactors]) {
    (self.prices, self.factors) = (prices, factors)
  }

  /// Computes again what hangs on some of them.
  func measure(_ stale: Set<SeriesID>, _ file: Statements) throws {
    guard !stale.isEmpty else { return }
    for series in prices where stale.contains(series.id) { try keepVolatility(of: series, file) }
    var recent: [SeriesID: [DatedClose]] = [:]
    for series in prices {
      guard let last = series.extent?.upperBound else { continue }
      recent[series.id] = try closes(of: series, after: last - Self.reach, upTo: last, file)
    }
    for (index, one) in prices.enumerated() {
      for other in prices[(index + 1)...] where stale.contains(one.id) || stale.contains(other.id) {
        try keepCorrelation(of: one, other, recent, file)
      }
    }
  }

  private func keepVolatility(of series: StoredSeries, _ file: Statements) throws {
    let last = try file.kept(SeriesMeasureStatements.lastCloses, series.id.rawValue, Int64(Self.returns) + 1)
      .datedCloses()
    guard let newest = last.first else { return }
    let closes = days(of: series).restated(last.reversed()).map(\.close)
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

  private func keepCorrelation(
    of one: StoredSeries, _ other: StoredSeries, _ recent: [SeriesID: [DatedClose]], _ file: Statements
  ) throws {
    guard let first = one.extent?.upperBound, let second = other.extent?.upperBound else { return }
    let end = min(first, second)
    func window(of series: StoredSeries, endingAt last: Instant) throws -> ArraySlice<DatedClose> {
      let start = end - Self.window
      let known = recent[series.id] ?? []
      let closes = last - Self.reach <= start ? known : try closes(of: series, after: start, upTo: end, file)
      return closes.drop { $0.time <= start }.prefix { $0.time <= end }
    }
    let found = PairCorrelation(
      try window(of: one, endingAt: first), try window(of: other, endingAt: second), minimum: Self.returns)
    guard let found else {
      return try file.run(SeriesMeasureStatements.forgetCorrelation, one.id.rawValue, other.id.rawValue)
    }
    let statement = try file.kept(SeriesMeasureStatements.keepCorrelation, one.id.rawValue, other.id.rawValue)
    statement.bind(found.last.day.description, at: 3)
    statement.bind(found.value, at: 4)
    statement.bind(Int64(found.observations), at: 5)
    try statement.run()
  }

  private func closes(
    of series: StoredSeries, after start: Instant, upTo end: Instant, _ file: Statements
  ) throws -> [DatedClose] {
    let statement = try file.kept(
      SeriesMeasureStatements.closes, series.id.rawValue, start.epochSeconds, end.epochSeconds)
    return days(of: series).restated(try statement.datedCloses())
  }

  private func days(of series: StoredSeries) -> SeriesDays {
    SeriesDays(series: series.id, factors: factors[series.id])
  }
}
