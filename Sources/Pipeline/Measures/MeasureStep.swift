import Datasets
import Market
import Metrics
import SQLite
import Schema
import Store

/// Computes what is kept of days and of whole series of days, from where their bars moved on and nothing else.
struct MeasureStep {
  let store: Store
  /// Splits of later days are left out, as nothing is restated for them yet.
  let now: Instant

  /// All in one transaction, and none where nothing is due.
  ///
  /// - Returns: counts of the rows of `indicator_value`.
  @discardableResult
  func perform() throws -> StepCounts {
    let due = try dueSeries()
    let chosen = try chosenSeries()
    let moved = Set(due.map(\.series))
    let stale = chosen.filter { moved.contains($0.key) || !$0.value }.keys
    let holdsOthers = try holdsOthers()
    guard !due.isEmpty || !stale.isEmpty || holdsOthers else { return StepCounts() }
    let series = Dictionary(uniqueKeysWithValues: try store.catalogue.series().map { ($0.id, $0) })
    let prices = chosen.keys.compactMap { series[$0] }.sorted { $0.id < $1.id }
    let symbols = Set((due.map(\.series) + chosen.keys).compactMap { series[$0]?.asset })
    let factors = try store.datasets.factors(.splits, assets: Array(symbols), today: now.day).factors
    // Every row names a series that was read here.
    return try store.write(unseen: .references) { db in
      let file = Statements(db)
      var counts = StepCounts()
      for one in due {
        counts = try counts + SeriesDays(series: one.series, factors: factors[one.series]).follow(from: one.from, file)
        if !one.awaitsSplit { try file.run(IndicatorStatements.settle, one.series.rawValue) }
      }
      // Two series are compared only where how much each of them moves is kept as well.
      if holdsOthers { for statement in SeriesMeasureStatements.forgetOthers { try file.run(statement) } }
      try LastDays(of: prices, factors).measure(Set(stale), file)
      return counts
    }
  }

  private struct DueSeries {
    let series: SeriesID
    let from: Int64
    /// Whether its prices will be restated on a day that is known already: it is due again until then.
    let awaitsSplit: Bool
  }

  private func dueSeries() throws -> [DueSeries] {
    let today = now.day.description
    return try store.read { db in
      let rows = try Statements(db).kept(IndicatorStatements.due)
      rows.bind(today, at: 1)
      var due: [DueSeries] = []
      while try rows.step() {
        due.append(
          DueSeries(series: SeriesID(rows.integer(0)), from: rows.integer(1), awaitsSplit: rows.integer(2) == 1))
      }
      return due
    }
  }

  /// The series that are prices by the day, and whether anything is kept of each.
  private func chosenSeries() throws -> [SeriesID: Bool] {
    try store.read { db in
      let rows = try Statements(db).kept(SeriesMeasureStatements.chosen)
      var chosen: [SeriesID: Bool] = [:]
      while try rows.step() { chosen[SeriesID(rows.integer(0))] = rows.integer(1) == 1 }
      return chosen
    }
  }

  private func holdsOthers() throws -> Bool {
    try store.read { db in
      let rows = try Statements(db).kept(SeriesMeasureStatements.hasOthers)
      return try rows.step() && rows.integer(0) == 1
    }
  }
}
