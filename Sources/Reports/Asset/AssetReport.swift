import Health
import Market
import Metrics
import Rendering
import Store

/// One asset up to a day: its chart, indicators, levels, risk, and from whom the prices are.
///
/// A plain value gathered from the file once. No time of making stands in it: equal facts give equal bytes.
package struct AssetReport: Sendable {
  /// What it is about.
  package let asset: Asset
  /// The UTC day up to which it looks.
  package let day: Day
  /// The end of the day or the last run, whichever is earlier.
  package let asOf: Instant
  /// The instant at which all this was known so; `nil` for what is known now.
  package var knownOn: Instant?
  let origin: Origin?
  let series: StoredSeries
  /// `Binance BTCUSDT`
  let source: String
  let homepage: String
  /// When the newest of its bars came.
  let fetchedAt: Instant?
  /// The daily bars that are stored up to the day, oldest first; not empty.
  let bars: [Bar]
  /// What is drawn.
  let course: PriceCourse
  /// How many bars of the last year should be there and are not.
  let missing: Int
  /// How late the series was at `asOf`.
  let late: LateSeries?
  /// What the rules say at the last bar.
  let analysis: AssetAnalysis?
  /// Each indicator that is shown, at the last bar.
  let indicatorValues: [IndicatorValue]
  /// Of the last year's bars; `nil` for fewer than 30 returns.
  let risk: RiskSummary?
  /// The five deepest since the first bar.
  let falls: [Drawdown]
  /// Splits and money of the last year.
  let events: [ShareEvent]
  /// For what prices are restated.
  let prices: PriceRestatement

  /// Gathers the report.
  ///
  /// - Parameters:
  ///   - symbol: an asset of the file.
  ///   - day: up to which it looks; the day of its newest daily bar where it is `nil`.
  ///   - adjustment: for what prices are restated; `nil` for as they are stored.
  /// - Throws: `ReportError` where there are no daily bars up to then, `StoreError`.
  package init(
    of symbol: String, on day: Day? = nil, adjustment: Adjustment? = nil, from store: Store
  ) throws {
    guard let asset = try store.catalogue.assets().first(where: { $0.symbol == symbol }),
      let series = try store.catalogue.chosenPrice(of: symbol, interval: .day1), let extent = series.extent
    else { throw ReportError.noDays(of: symbol, day) }
    let day = day ?? extent.upperBound.day
    let prices = try PriceRestatement(adjustment, of: [symbol], store: store)
    let stored = try store.snapshots.bars(of: series.id, in: Instant.representable.lowerBound...day.end - 1)
    let bars = prices.bars(stored, of: series.id)
    let asOf = try DailyReport.instant(of: day, store)
    guard let newest = bars.last, let course = try PriceCourse(of: symbol, until: day, asOf: asOf, store: store, prices)
    else {
      throw ReportError.noDays(of: symbol, day)
    }
    let rhythm = series.rhythm()
    let credits = try Credits(store)
    let year =
      max(bars[0].openTime, (day - 365).start)...max(newest.openTime, min(rhythm.newestDue(at: asOf), day.end - 1))
    self.asset = asset
    self.day = day
    self.asOf = asOf
    self.series = series
    self.bars = bars
    self.course = course
    knownOn = store.asOf
    origin = try store.origin()
    source = credits.title(of: series.key)
    homepage = credits.homepage(of: series.key.provider)
    fetchedAt = try store.facts.newestFetch(ofBarsOf: series.id, in: newest.openTime...newest.openTime)
    missing = max(0, rhythm.count(in: year) - bars.filter { year.contains($0.openTime) }.count)
    late = try LateSeries(series, asOf: asOf, store: store)
    let periods = periodsPerYear(of: .day1, hasSessions: !rhythm.calendar.isContinuous)
    let lastYear = RiskSummary(of: bars.suffix(Int(periods) + 1), periodsPerYear: periods)
    risk = lastYear.flatMap { $0.observations < AssetReport.fewestReturns ? nil : $0 }
    falls = Drawdown.deepest(5, of: bars.map { ($0.openTime, $0.close) })
    analysis = AssetAnalysis(bars)
    indicatorValues = try AssetReport.indicators.map { try IndicatorValue($0.text, words: $0.words, over: bars) }
    events = try ShareEvent.all(in: day - 365...day, of: symbol, from: store)
    self.prices = prices
  }
}

extension AssetReport: WrittenReport {}
