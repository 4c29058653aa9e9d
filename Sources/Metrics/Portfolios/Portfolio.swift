import Market

/// How the rules would divide 100 among what is followed, for one profile, at the end of a week. It describes what was and is
/// no advice.
///
/// Edition 1. Classes: each has its base weight, by profile, times 1 + (Bullish − Bearish) ÷ (4 × candidates), those without
/// a candidate none; whole numbers that sum to 100, by largest remainders. Parts: of each class the first by the profile's
/// rank, at most five stocks, three coins and two commodities, without what moved as one that was picked already
/// (ρ above 0.95 over 90 days); each has an equal share of its class in whole numbers. Conservative ranks by volatility,
/// Moderate by return for volatility, both with what is Bearish behind, Aggressive by momentum.
package struct Portfolio: Sendable {
  /// The rules by which it is made; to be raised where the same bars would give something else.
  package static let edition: Int64 = 1
  /// Fewer common returns say nothing of how its parts move together.
  package static let fewestReturns = 30
  private static let sameness = 0.95

  /// One part.
  package struct Pick: Sendable {
    /// Its place among the candidates.
    package let index: Int
    /// What it says of itself.
    package let candidate: PortfolioCandidate
    /// Of 100.
    package let weight: Int
    /// Why it was picked, with the figure that ranked it.
    package let reason: String
  }

  /// For whom it is.
  package let profile: PortfolioProfile
  /// Of 100; 0 for a class that it holds nothing of.
  package let weights: [PortfolioClass: Int]
  /// By class, within it by rank; their weights sum to 100.
  package let picks: [Pick]
  /// 1 − w′ρw; `nil` where too few days are common to the parts.
  package let diversification: Double?
  /// A year's; `nil` where the score is.
  package let volatility: Double?
  /// How many common returns both are made of.
  package let observations: Int

  /// - Parameter candidates: in an order that is the same each time; of equal rank the first is preferred.
  /// - Returns: `nil` without a candidate.
  package init?(_ profile: PortfolioProfile, among candidates: [PortfolioCandidate]) {
    guard !candidates.isEmpty else { return nil }
    let weights = Self.weights(profile, candidates)
    let picks = PortfolioClass.allCases.flatMap { part in
      Self.picks(profile, of: part, candidates, weight: weights[part] ?? 0)
    }
    let returns = commonLogReturns(of: picks.map(\.candidate.closes))
    let matrix = returns.count >= Self.fewestReturns ? CorrelationMatrix.shrunk(ofReturns: returns) : nil
    let shares = picks.map { Double($0.weight) / 100 }
    self.profile = profile
    self.weights = weights
    self.picks = picks
    diversification = matrix.flatMap { diversificationScore(weights: shares, $0) }
    volatility = matrix.flatMap { matrix in
      // With weights times deviations, what the score takes from 1 is the variance w′Σw.
      diversificationScore(weights: zip(shares, picks).map { $0 * $1.candidate.volatility }, matrix)
        .map { max(1 - $0, 0).squareRoot() }
    }
    observations = returns.count
  }

  private static func weights(
    _ profile: PortfolioProfile, _ candidates: [PortfolioCandidate]
  ) -> [PortfolioClass: Int] {
    let shares = PortfolioClass.allCases.map { part -> Double in
      let trends = candidates.filter { $0.part == part }.map(\.trend)
      guard !trends.isEmpty else { return 0 }
      let balance = trends.filter { $0 == .bullish }.count - trends.filter { $0 == .bearish }.count
      return profile.base(part) * (1 + Double(balance) / Double(4 * trends.count))
    }
    return Dictionary(zip(PortfolioClass.allCases, wholeShares(shares, of: 100))) { first, _ in first }
  }

  private static func picks(
    _ profile: PortfolioProfile, of part: PortfolioClass, _ candidates: [PortfolioCandidate], weight: Int
  ) -> [Pick] {
    let ranked = ranked(profile, candidates.indices.filter { candidates[$0].part == part }, candidates)
    var chosen: [(index: Int, place: Int)] = []
    for (place, index) in ranked.enumerated() where chosen.count < min(part.mostPicks, weight) {
      let isNew = chosen.allSatisfy { !moveAsOne(candidates[index], candidates[$0.index]) }
      if isNew { chosen.append((index, place + 1)) }
    }
    let weights = wholeShares(chosen.map { _ in 1 }, of: weight)
    return zip(chosen, weights).map { pick, weight in
      Pick(
        index: pick.index, candidate: candidates[pick.index], weight: weight,
        reason: profile.reason(candidates[pick.index], place: pick.place, of: ranked.count))
    }
  }

  private static func ranked(
    _ profile: PortfolioProfile, _ places: [Int], _ candidates: [PortfolioCandidate]
  ) -> [Int] {
    func isBehind(_ index: Int) -> Int { profile.shunsFalling && candidates[index].trend == .bearish ? 1 : 0 }
    return places.sorted { one, other in
      (isBehind(one), -profile.score(candidates[one]), one) < (
        isBehind(other), -profile.score(candidates[other]), other
      )
    }
  }

  private static func moveAsOne(_ one: PortfolioCandidate, _ other: PortfolioCandidate) -> Bool {
    PairCorrelation(one.days, other.days, minimum: fewestReturns).map { $0.value > sameness } ?? false
  }
}
