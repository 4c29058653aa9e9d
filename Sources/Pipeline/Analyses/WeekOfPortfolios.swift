import Market
import Metrics
import SQLite
import Schema
import Store

/// The portfolios of one week that is over.
struct WeekOfPortfolios {
  /// Its last day.
  let sunday: Day
  let analyses: Analyses

  /// One for each profile.
  ///
  /// - Parameter prices: in the order of their assets' numbers, which stays the same whatever they are called.
  /// - Returns: how many were written: none where no asset can be part of one.
  func keep(_ prices: [AnalysedPrice]) throws -> Int {
    var (candidates, sources): ([PortfolioCandidate], [AnalysedPrice]) = ([], [])
    for price in prices {
      guard let part = price.assetClass.flatMap(PortfolioClass.init),
        let candidate = PortfolioCandidate(
          part, try analyses.bars(of: price), until: sunday, periodsPerYear: price.periodsPerYear)
      else { continue }
      candidates.append(candidate)
      sources.append(price)
    }
    let portfolios = PortfolioProfile.allCases.compactMap { Portfolio($0, among: candidates) }
    for portfolio in portfolios {
      try keep(portfolio, among: candidates.count)
      for (place, pick) in portfolio.picks.enumerated() {
        try keep(pick, of: sources[pick.index], at: place + 1, in: portfolio.profile)
      }
    }
    return portfolios.count
  }

  private func keep(_ portfolio: Portfolio, among count: Int) throws {
    func weight(_ part: PortfolioClass) -> Int64 { Int64(portfolio.weights[part] ?? 0) }
    let row = try analyses.file.kept(
      AnalysisStatements.keepPortfolio, weight(.stocks), weight(.crypto), weight(.commodities), Portfolio.edition,
      analyses.now.epochSeconds, Int64(count), Int64(portfolio.observations))
    row.bind(sunday.description, at: 8)
    row.bind(portfolio.profile.rawValue, at: 9)
    row.bind(JSONValue.array(portfolio.risks.map(JSONValue.string)).compact, at: 10)
    row.bind(portfolio.diversification, at: 11)
    row.bind(portfolio.volatility, at: 12)
    try row.run()
  }

  private func keep(
    _ pick: Portfolio.Pick, of price: AnalysedPrice, at place: Int, in profile: PortfolioProfile
  ) throws {
    let row = try analyses.file.kept(
      AnalysisStatements.keepPick, Int64(place), price.asset, price.series.rawValue, Int64(pick.weight))
    let candidate = pick.candidate
    row.bind(sunday.description, at: 5)
    row.bind(profile.rawValue, at: 6)
    row.bind(candidate.part.rawValue, at: 7)
    row.bind(candidate.trend?.rawValue, at: 8)
    row.bind(candidate.regime?.rawValue, at: 9)
    row.bind(pick.reason, at: 10)
    row.bind(candidate.close, at: 11)
    row.bind(candidate.volatility, at: 12)
    row.bind(candidate.change, at: 13)
    row.bind(candidate.momentum, at: 14)
    try row.run()
  }
}
