import Market
import Metrics
import SQLite

/// A portfolio by rule, as it was kept when its week was over.
struct StoredPortfolio {
  let profile: String
  /// By class, of 100.
  let weights: [(part: PortfolioClass, weight: Int)]
  let edition: Int
  let madeAt: Instant
  /// How many assets it was picked among.
  let candidates: Int
  /// `nil` where too few days were common to its parts.
  let diversification: Double?
  /// A year's; `nil` where the score is.
  let volatility: Double?
  /// Common returns behind both.
  let observations: Int
  /// What can be said against it, the last of it by which rule it is and that it is no advice; a JSON array of sentences.
  let risks: [String]
  var parts: [Part] = []

  /// One asset of it.
  struct Part {
    let symbol: String
    /// The empty text where none is known.
    let sector: String
    let series: SeriesID
    let part: String
    /// Of 100.
    let weight: Int
    /// The last close of its week as it was restated then.
    let close: Double
    let reason: String
  }

  /// The weight of its stocks and funds by sector, the heaviest first; those of which none is known are left out.
  var sectors: [(name: String, weight: Int)] {
    let known = parts.filter { $0.part == PortfolioClass.stocks.rawValue && !$0.sector.isEmpty }
    return Dictionary(grouping: known, by: \.sector).map { ($0.key, $0.value.reduce(0) { $0 + $1.weight }) }
      .sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
  }
}
