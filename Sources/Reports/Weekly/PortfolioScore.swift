import Datasets
import Market
import Metrics
import SQLite
import Schema
import Store

/// What became of a portfolio in the week after it was made.
struct PortfolioScore {
  let portfolio: StoredPortfolio
  /// The sum of weight × change over its parts; `nil` where one of them has no price of the week.
  let change: Double?
  /// Of how many parts the change is known.
  let known: Int

  /// Those of the week before.
  ///
  /// - Parameter sunday: the last day of the week that is looked at.
  static func all(over sunday: Day, today: Day, from store: Store) throws -> [PortfolioScore] {
    let portfolios = try StoredPortfolio.all(ofWeekTo: sunday - 7, from: store)
    guard !portfolios.isEmpty else { return [] }
    let parts = portfolios.flatMap(\.parts)
    let factors = try store.datasets.factors(.splits, assets: parts.map(\.symbol), today: today).factors
    var changes: [SeriesID: Double] = [:]
    try store.read { db in
      for part in parts where changes[part.series] == nil {
        changes[part.series] = try change(of: part.series, over: sunday, factors[part.series], Statements(db))
      }
    }
    return portfolios.map { portfolio in
      let known = portfolio.parts.compactMap { part in changes[part.series].map { $0 * Double(part.weight) / 100 } }
      let isWhole = known.count == portfolio.parts.count
      return PortfolioScore(portfolio: portfolio, change: isWhole ? known.reduce(0, +) : nil, known: known.count)
    }
  }

  /// By closes restated for splits; `nil` without one of the week and one before it.
  private static func change(
    of series: SeriesID, over sunday: Day, _ factors: AdjustmentFactors?, _ file: Statements
  ) throws -> Double? {
    let closes = try [sunday - 7, sunday].compactMap { day -> DatedClose? in
      let row = try file.kept(AnalysisStatements.closeUpTo, series.rawValue, day.start.epochSeconds)
      return try row.step() ? DatedClose(time: Instant(epochSeconds: row.integer(0)), close: row.real(1)) : nil
    }
    guard closes.count == 2, closes[1].time > (sunday - 7).start else { return nil }
    let restated = factors?.adjusted(closes) ?? closes
    return restated[0].close > 0 && restated[1].close > 0 ? restated[1].close / restated[0].close - 1 : nil
  }
}
