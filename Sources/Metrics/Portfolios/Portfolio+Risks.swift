extension Portfolio {
  /// What can be said against it, with its figures; the last sentence is the rule it was made by, and that it is no advice.
  package var risks: [String] {
    [spread, volatilityWords, fall, falling, turbulent, "By rule \(Self.edition), from what was; not advice."]
      .compactMap { $0 }
  }

  private var spread: String? {
    let held = PortfolioClass.allCases.filter { (weights[$0] ?? 0) > 0 }
    guard held.count == 1, let only = held.first else { return nil }
    return picks.count == 1
      ? "All of it is one asset." : "All of it is \(only.rawValue), as nothing else could be picked."
  }

  private var volatilityWords: String {
    guard let volatility else {
      return "How its parts move together is not known: \(observations) returns are common to them, "
        + "\(Self.fewestReturns) are needed."
    }
    return "It moved \(RuleWords.share(volatility)) a year, by the last \(PortfolioCandidate.window) bars of its parts."
  }

  private var fall: String? {
    picks.map(\.candidate.fall).max().map {
      "The deepest fall among its parts was \(RuleWords.share($0)) within \(PortfolioCandidate.window) bars."
    }
  }

  private var falling: String? { told(picks.filter { $0.candidate.trend == .bearish }.count, "Bearish") }

  private var turbulent: String? {
    told(picks.filter { $0.candidate.regime == .turbulent }.count, "Turbulent: far more in motion than usual")
  }

  private func told(_ count: Int, _ words: String) -> String? {
    count == 0 ? nil : "\(count) of its \(picks.count) parts \(count == 1 ? "is" : "are") \(words)."
  }
}
