import Market
import Metrics
import Rendering
import Store
import Telling

/// A week, Monday to Sunday: what moved over it, how assets moved along with each other, and what is missing.
///
/// A plain value gathered from the file once. No time of making stands in it: equal facts give equal bytes.
package struct WeeklyReport: Sendable {
  /// Its last day, a Sunday.
  package let day: Day
  /// The end of the week or the last run, whichever is earlier.
  package let asOf: Instant
  /// The instant at which all this was known so; `nil` for what is known now.
  package var knownOn: Instant?
  let origin: Origin?
  /// By symbol; those that have a bar in the week.
  let assets: [WeekOfAsset]
  /// Symbols of those of which a daily bar of the week was due and none is there.
  let absent: [String]
  /// For what prices are restated.
  let prices: PriceRestatement
  /// Of those that are looked at more closely; `nil` where too few days are common to them.
  let correlation: WeekCorrelation?
  /// Those that were made of the week; empty where none were.
  let portfolios: [StoredPortfolio]
  /// What became of those of the week before.
  let scores: [PortfolioScore]
  /// Everybody whose bars are shown.
  let sources: [SourceSection]

  /// Gathers the report.
  ///
  /// - Parameters:
  ///   - day: a day of the week; the newest week that is over where it is `nil`.
  ///   - adjustment: for what prices of shares are restated; `nil` for as they are stored.
  /// - Throws: `ReportError` where no asset has a daily bar in the week, `StoreError`.
  package init(of day: Day? = nil, adjustment: Adjustment? = nil, from store: Store) throws {
    let run = try store.runs.lastRun()?.run
    let now = run.map { $0.finishedAt ?? $0.startedAt }
    let newest = now.map { $0.day - $0.day.weekday } ?? day
    guard let asked = day ?? newest else { throw ReportError.empty(besides: []) }
    let sunday = asked + (7 - asked.weekday)
    let asOf = try DailyReport.instant(of: sunday - 6, until: sunday, store)
    let prices = try PriceRestatement(adjustment, of: nil, store: store)
    let assets = try store.catalogue.assets().compactMap { asset in
      try WeekOfAsset(asset, until: sunday, asOf: asOf, store: store, prices)
    }
    guard !assets.isEmpty else {
      throw ReportError.noData(sunday, available: try store.telling.snapshotStretches(of: nil))
    }
    let credits = try Credits(store)
    self.day = sunday
    self.asOf = asOf
    self.assets = assets
    absent = try MissingFacts.assetsExpected(in: sunday - 6...sunday, interval: .day1, asOf: asOf, store)
      .subtracting(assets.map(\.asset.symbol)).sorted()
    self.prices = prices
    knownOn = store.asOf
    origin = try store.origin()
    correlation = try WeekCorrelation(of: WeeklyReport.closer(assets), until: sunday, store: store, prices)
    portfolios = try StoredPortfolio.all(ofWeekTo: sunday, from: store)
    scores = try PortfolioScore.all(over: sunday, today: now?.day ?? sunday, from: store)
    sources = credits.sections(of: SeriesInReport(all: assets.map(\.course.series)))
  }

  /// All of a dozen; of more the coins and what moved most, a dozen at most.
  private static func closer(_ assets: [WeekOfAsset]) -> [WeekOfAsset] {
    guard assets.count > ClassTable.mostAssets else { return assets }
    let ranked = ranked(assets)
    let ends = Array(ranked.prefix(3) + ranked.dropFirst(3).suffix(3)).map(\.asset.symbol)
    let wanted = assets.filter { $0.asset.assetClass == .crypto }.map(\.asset.symbol).prefix(6) + ends
    return assets.filter { wanted.contains($0.asset.symbol) }
  }

  /// Those whose change over the week is known, best first.
  static func ranked(_ assets: [WeekOfAsset]) -> [WeekOfAsset] {
    assets.filter { $0.change != nil }.sorted {
      ($1.change ?? 0, $0.asset.symbol) < ($0.change ?? 0, $1.asset.symbol)
    }
  }

  var ranked: [WeekOfAsset] { WeeklyReport.ranked(assets) }
  var monday: Day { day - 6 }
}

/// The week of one asset.
struct WeekOfAsset {
  let asset: Asset
  let course: PriceCourse
  /// Days of the last four weeks, each with what is there of it.
  let coverage: [Drawing.Coverage]
  /// The last close of the week.
  let close: Double
  /// Against the last close before the week; `nil` where there is none, or where either is not above zero.
  let change: Double?
  /// Of the last 30 log returns, a year; `nil` for fewer.
  let volatility: Double?

  /// How many days are looked at for what is there.
  static let span = 28

  /// `nil` where it has no daily bar in the week.
  init?(_ asset: Asset, until day: Day, asOf: Instant, store: Store, _ prices: PriceRestatement) throws {
    guard let course = try PriceCourse(of: asset.symbol, until: day, asOf: asOf, store: store, prices) else {
      return nil
    }
    let bars = course.bars.compactMap { $0 }
    guard let last = bars.last, last.openTime >= (day - 6).start else { return nil }
    let before = bars.last { $0.openTime < (day - 6).start }
    let returns = logReturns(ofPrices: bars.suffix(31).map(\.close))
    let calendar = course.series.rhythm().calendar
    let times = Dictionary(zip(course.times.map(\.day), course.bars)) { first, _ in first }
    self.asset = asset
    self.course = course
    close = last.close
    change = before.flatMap { $0.close > 0 && last.close > 0 ? last.close / $0.close - 1 : nil }
    volatility =
      returns.count >= 30
      ? Metrics.volatility(
        ofLogReturns: returns, periodsPerYear: periodsPerYear(of: .day1, hasSessions: !calendar.isContinuous)) : nil
    coverage = (day - (WeekOfAsset.span - 1)...day).map { day in
      guard calendar.isOpen(on: day), let bar = times[day] else { return .closed }
      return bar == nil ? .none : .whole
    }
  }
}

/// How the returns of some assets moved along with each other.
struct WeekCorrelation {
  /// How many calendar days are looked at.
  static let span = 90
  /// Fewer returns than this say nothing.
  private static let fewest = 30

  let symbols: [String]
  let matrix: CorrelationMatrix

  /// `nil` for fewer than two assets, or for fewer than 30 returns between days that all of them have.
  init?(of assets: [WeekOfAsset], until day: Day, store: Store, _ prices: PriceRestatement) throws {
    guard assets.count > 1 else { return nil }
    let span = (day - (WeekCorrelation.span - 1)).start...day.end - 1
    let closes = try assets.map { asset in
      let series = asset.course.series.id
      return prices.bars(try store.snapshots.bars(of: series, in: span), of: series)
        .map { DatedClose(time: $0.openTime, close: $0.close) }
    }
    let rows = commonLogReturns(of: closes)
    guard rows.count >= WeekCorrelation.fewest, let matrix = CorrelationMatrix.shrunk(ofReturns: standardised(rows))
    else {
      return nil
    }
    symbols = assets.map(\.asset.symbol)
    self.matrix = matrix
  }
}

/// Each column divided by its deviation: all correlations are drawn towards none by the same part then, whatever moves more.
private func standardised(_ returns: [[Double]]) -> [[Double]] {
  let deviations = (returns.first ?? []).indices.map { column in
    sampleStandardDeviation(returns.map { $0[column] }) ?? 0
  }
  return returns.map { row in
    zip(row, deviations).map { value, deviation in deviation > 0 ? value / deviation : value }
  }
}
