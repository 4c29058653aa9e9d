import Datasets
import Market
import Metrics
import SQLite
import Schema
import Store

/// Says by rule what the newest day of each asset means, and once a week how portfolios would be divided.
///
/// What was said stands: it bears the instant at which it was said, and neither a later answer nor a restated bar changes
/// it. A rebuild says it again at the same place among the answers, where the same was known.
struct AnalysisStep {
  let store: Store

  /// Says what is not said yet, in one transaction, and writes nothing where that is nothing.
  ///
  /// - Parameters:
  ///   - instant: as of which it is said; that of the newest answer where it is `nil`.
  ///   - portfolios: whether those of a week that is over are made, an hour after it or later: its last bars are due then.
  /// - Returns: counts of analyses and portfolios.
  @discardableResult
  func perform(at instant: Instant? = nil, portfolios: Bool = true) throws -> StepCounts {
    let now = try instant ?? newestInstant()
    let today = (now - 3600).day
    let week = today - today.weekday
    let due = try prices(AnalysisStatements.due) { _ in }
    let candidates = try !portfolios || hasPortfolios(week) ? [] : pricesOf(week, at: now)
    guard !due.isEmpty || !candidates.isEmpty else { return StepCounts() }
    let symbols = Set((due + candidates).map(\.symbol))
    let factors = try store.datasets.factors(.splits, assets: Array(symbols), today: now.day).factors
    return try store.write { db in
      let file = Statements(db)
      let analyses = Analyses(file: file, factors: factors, now: now)
      let said = try due.filter { try analyses.keep($0) }.count
      let made = try WeekOfPortfolios(sunday: week, analyses: analyses).keep(candidates)
      guard said + made > 0 else { return StepCounts() }
      try store.chronicle.add(.analysed(at: now, portfolios: made > 0), db)
      return StepCounts(new: said + made)
    }
  }

  private func newestInstant() throws -> Instant {
    try store.read { db in
      let row = try Statements(db).kept(AnalysisStatements.instant)
      return Instant(epochSeconds: try row.step() ? row.integer(0) : 0)
    }
  }

  private func hasPortfolios(_ sunday: Day) throws -> Bool {
    try store.read { db in
      let row = try Statements(db).kept(AnalysisStatements.hasPortfolios)
      row.bind(sunday.description, at: 1)
      return try row.step() && row.integer(0) == 1
    }
  }

  private func pricesOf(_ sunday: Day, at now: Instant) throws -> [AnalysedPrice] {
    try prices(AnalysisStatements.candidates) { rows in
      rows.bind((sunday - 6).start.epochSeconds, at: 1)
      rows.bind(sunday.start.epochSeconds, at: 2)
      rows.bind(now.epochSeconds, at: 3)
    }
  }

  private func prices(_ sql: String, _ bind: (borrowing DirectStatement) -> Void) throws -> [AnalysedPrice] {
    try store.read { db in
      let rows = try Statements(db).kept(sql)
      bind(rows)
      var prices: [AnalysedPrice] = []
      while try rows.step() { prices.append(AnalysedPrice(rows)) }
      return prices
    }
  }
}

/// An asset, and the series that is its price by the day, up to a day.
struct AnalysedPrice {
  let asset: Int64
  let symbol: String
  let assetClass: AssetClass?
  let series: SeriesID
  /// The bars that count open up to then.
  let last: Instant

  init(_ row: borrowing DirectStatement) {
    asset = row.integer(0)
    symbol = row.text(1)
    assetClass = AssetClass(rawValue: row.text(2))
    series = SeriesID(row.integer(3))
    last = Instant(epochSeconds: row.integer(4))
  }

  /// How many bars make a year.
  var periodsPerYear: Double {
    Metrics.periodsPerYear(of: .day1, hasSessions: Calendar(of: assetClass) != .always)
  }
}

/// What is said of assets, in the transaction at hand.
struct Analyses {
  let file: Statements
  let factors: [SeriesID: AdjustmentFactors]
  let now: Instant

  /// The bars that rules look at, restated for splits, oldest first.
  func bars(of price: AnalysedPrice) throws -> [Bar] {
    let rows = try file.kept(
      AnalysisStatements.bars, price.series.rawValue, price.last.epochSeconds, AssetAnalysis.reach)
    var bars: [Bar] = []
    bars.reserveCapacity(Int(AssetAnalysis.reach))
    while try rows.step() { bars.append(rows.bar) }
    bars.reverse()
    return factors[price.series]?.adjusted(bars) ?? bars
  }

  /// - Returns: whether there was anything to say.
  func keep(_ price: AnalysedPrice) throws -> Bool {
    guard let analysis = AssetAnalysis(try bars(of: price)) else { return false }
    let row = try file.kept(
      AnalysisStatements.keep, price.asset, price.series.rawValue, AssetAnalysis.edition, now.epochSeconds,
      Int64(analysis.bars))
    let signals = analysis.signals
    row.bind(price.last.day.description, at: 6)
    row.bind(signals.trend?.rawValue, at: 7)
    row.bind(signals.regime?.rawValue, at: 8)
    row.bind(analysis.text, at: 9)
    row.bind(signals.momentum, at: 10)
    row.bind(signals.support, at: 11)
    row.bind(signals.resistance, at: 12)
    row.bind(analysis.close, at: 13)
    try row.run()
    return true
  }
}
