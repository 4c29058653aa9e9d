import Formats
import Market
import Metrics
import SQLite
import Schema
import Store

extension StoredPortfolio {
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
          observations: Int(rows.integer(9)), risks: try sentences(rows.text(10))))
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

  /// Of a JSON array.
  static func sentences(_ array: String) throws(StoreError) -> [String] {
    do {
      return try JSONCursor.scalars(in: Array(array.utf8)).filter(\.isString).compactMap(\.text)
    } catch {
      throw StoreError.corrupt(path: "portfolio", detail: "its risks are no list of sentences: \(error)")
    }
  }
}
