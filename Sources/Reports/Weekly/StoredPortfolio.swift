import Datasets
import Market
import Metrics
import SQLite
import Schema
import Store

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

  /// Those of the week that a day ends, the least risk first; empty where none are kept.
  static func all(ofWeekTo sunday: Day, from store: Store) throws -> [StoredPortfolio] {
    try store.read { db in
      let file = Statements(db)
      var found = try portfolios(sunday, file)
      for index in found.indices { found[index].parts = try parts(of: found[index].profile, sunday, file) }
      return found
    }
  }

  private static func portfolios(_ sunday: Day, _ file: Statements) throws -> [StoredPortfolio] {
    let rows = try file.kept(AnalysisStatements.portfolios)
    rows.bind(sunday.description, at: 1)
    var found: [StoredPortfolio] = []
    while try rows.step() {
      found.append(
        StoredPortfolio(
          profile: rows.text(0),
          weights: PortfolioClass.allCases.enumerated().map { ($1, Int(rows.integer(Int32($0) + 1))) },
          edition: Int(rows.integer(4)), madeAt: Instant(epochSeconds: rows.integer(5)),
          candidates: Int(rows.integer(6)), diversification: rows.realIfAny(7), volatility: rows.realIfAny(8),
          observations: Int(rows.integer(9)), risks: sentences(rows.text(10))))
    }
    return found
  }

  private static func parts(of profile: String, _ sunday: Day, _ file: Statements) throws -> [Part] {
    let rows = try file.kept(AnalysisStatements.picks)
    rows.bind(sunday.description, at: 1)
    rows.bind(profile, at: 2)
    var parts: [Part] = []
    while try rows.step() {
      parts.append(
        Part(
          symbol: rows.text(0), sector: rows.text(1), series: SeriesID(rows.integer(2)), part: rows.text(3),
          weight: Int(rows.integer(4)), close: rows.real(5), reason: rows.text(6)))
    }
    return parts
  }

  /// Ours hold neither quotes nor escapes.
  private static func sentences(_ array: String) -> [String] {
    array.split(separator: "\"").map(String.init).filter { !["[", ",", "]"].contains($0) }
  }
}

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
