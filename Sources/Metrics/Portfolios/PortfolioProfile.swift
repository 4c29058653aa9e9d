import Market

/// How much risk a portfolio is made for.
package enum PortfolioProfile: String, CaseIterable, Hashable, Sendable {
  /// What moved least.
  case conservative = "Conservative"
  /// What rose most for how much it moved.
  case moderate = "Moderate"
  /// What is strongest.
  case aggressive = "Aggressive"

  /// How much of a class it holds, of 100, before the trend of the class counts and where all classes are there.
  func base(_ part: PortfolioClass) -> Double {
    switch (self, part) {
    case (.conservative, .stocks): 70
    case (.conservative, .crypto): 5
    case (.conservative, .commodities): 25
    case (.moderate, .stocks): 60
    case (.moderate, .crypto): 20
    case (.moderate, .commodities): 20
    case (.aggressive, .stocks): 50
    case (.aggressive, .crypto): 40
    case (.aggressive, .commodities): 10
    }
  }

  /// Whether what is Bearish comes behind everything else.
  var shunsFalling: Bool { self != .aggressive }

  /// By what its picks are ranked; the highest first.
  func score(_ candidate: PortfolioCandidate) -> Double {
    switch self {
    case .conservative: -candidate.volatility
    case .moderate: candidate.change / candidate.volatility
    case .aggressive: candidate.momentum
    }
  }

  /// Why one was picked: `volatility 14.2 % a year, least of 49`.
  func reason(_ candidate: PortfolioCandidate, place: Int, of count: Int) -> String {
    let (figure, order) =
      switch self {
      case .conservative: ("volatility \(RuleWords.share(candidate.volatility)) a year", "from the least")
      case .moderate:
        (
          "\(RuleWords.share(candidate.change)) in \(PortfolioCandidate.window) bars at "
            + "\(RuleWords.share(candidate.volatility)) volatility a year", "by return for volatility"
        )
      case .aggressive: ("momentum \(RuleWords.fixed(candidate.momentum, 0)) of 100", "from the strongest")
      }
    return "\(figure), place \(place) of \(count) \(order); \(candidate.trend?.rawValue ?? "trend unknown")"
  }
}

/// What a portfolio divides its weight among.
package enum PortfolioClass: String, CaseIterable, Hashable, Sendable {
  /// Shares and funds.
  case stocks
  /// Coins.
  case crypto
  /// Futures.
  case commodities

  /// - Returns: `nil` for what cannot be held, an index or a currency.
  package init?(_ assetClass: AssetClass) {
    switch assetClass {
    case .stock, .fund: self = .stocks
    case .crypto: self = .crypto
    case .commodity: self = .commodities
    case .index, .currency: return nil
    }
  }

  /// So many are picked of it at most.
  var mostPicks: Int {
    switch self {
    case .stocks: 5
    case .crypto: 3
    case .commodities: 2
    }
  }
}
