import Market
import Rendering
import Store
import Telling

/// One UTC day of everything the file follows: what happened, from whom we know, and what is missing.
///
/// A plain value gathered from the file once; `markdown()` and `json()` show the same facts. Ages are measured to
/// `asOf`, and no time of making stands in it: equal facts give equal bytes.
package struct DailyReport: Sendable {
  /// The UTC day that it is about.
  package let day: Day
  /// The end of the day or the last run, whichever is earlier.
  package let asOf: Instant
  /// The instant at which all this was known so, for a report on an earlier belief; `nil` for what is known now.
  package var knownOn: Instant?
  /// Demo data are called so; `nil` in a file that does not say.
  package let origin: Origin?
  /// The assets that were asked for; `nil` for all.
  let symbols: [String]?
  /// For what prices are restated.
  let prices: PriceRestatement
  /// Whether each asset was to have a section of its own.
  let isWhole: Bool
  let market: MarketFacts
  let assets: [AssetSection]
  /// Where nothing of the day is known yet of what has sessions; `nil` in a report on some assets.
  let lastSession: LastSession?
  /// Assets that have no bars on the day, but were sampled; by symbol.
  let sampled: [SampledSection]
  /// `nil` where no index is followed.
  let sentiment: SentimentSection?
  /// `nil` where that of stocks is not followed, and in a report on some assets.
  let stockMood: StockMood?
  /// `nil` where no economic series is followed, and in a report on some assets.
  let macro: MacroSection?
  /// `nil` where no theme is followed, and in a report on some assets.
  let themes: ThemeSection?
  /// `nil` where no feed told anything on the day.
  let news: NewsSection?
  let missing: MissingFacts
  /// `nil` where no run has held the day against the checks.
  let quality: QualitySection?
  /// The texts of the day.
  let texts: DayTexts
  /// The stored summaries of the day by asset (the empty text for the market's): what `why summary` takes.
  let summaryIDs: [String: Int64]
  /// Everybody whose facts stand in the report, by name.
  let sources: [SourceSection]
  /// Whether classes stand for their assets, as these are many and nobody asked for each.
  let isByClass: Bool

  /// Whether the day was not yet over at `asOf`.
  package var isRunning: Bool { market.isRunning }

  /// Gathers the report.
  ///
  /// - Parameter day: the newest day with a snapshot where it is `nil`; where there never was one, the newest of which a
  ///   price was sampled.
  /// - Parameter symbols: of the assets that it is about; `nil` for all.
  /// - Parameter isWhole: whether each asset has a section of its own, however many there are.
  /// - Parameter adjustment: for what prices of shares are restated; `nil` for as they are stored.
  /// - Throws: `ReportError` where there is nothing to report on, `StoreError`.
  package init(
    of day: Day? = nil, assets symbols: [String]? = nil, isWhole: Bool = false, adjustment: Adjustment? = nil,
    from store: Store
  ) throws {
    try self.init(of: day, assets: symbols, isWhole: isWhole, adjustment: adjustment, lookedAtOn: nil, from: store)
  }

  /// - Parameter later: the day of the report that this one is a part of, where that looks back at it.
  init(
    of day: Day? = nil, assets symbols: [String]? = nil, isWhole: Bool = false, adjustment: Adjustment? = nil,
    lookedAtOn later: Day?, from store: Store
  ) throws {
    guard let newest = try store.telling.newestSnapshotDay(of: symbols) ?? store.telling.newestSampledDay() else {
      let hasBars = try store.catalogue.series().contains { $0.key.holdsBars && $0.count > 0 }
      throw hasBars
        ? .waiting(of: symbols ?? []) : ReportError.empty(besides: try DailyReport.storedWithoutPrices(store))
    }
    let day = day ?? newest
    let asOf = try DailyReport.instant(of: day, until: later, store)
    let prices = try PriceRestatement(adjustment, of: symbols, store: store)
    let facts = try FactsOfDays(day...day, store: store, prices)
    let isWanted = { (symbol: String) in symbols?.contains(symbol) ?? true }
    let samples = try store.telling.sampledDays(on: day).filter { isWanted($0.asset.symbol) }
    let whole = facts.market(on: day, now: asOf) ?? facts.market(on: day, now: asOf, sampled: samples)
    guard let market = whole?.narrowed(to: symbols), !market.assets.isEmpty || !samples.isEmpty else {
      throw try DailyReport.absence(on: day, of: symbols, store)
    }
    let credits = try Credits(store)
    self.day = day
    self.symbols = symbols
    self.isWhole = isWhole
    self.prices = prices
    self.asOf = asOf
    let texts = try DayTexts(on: day, store)
    self.texts = texts
    // The market's is about all assets, and no text of a report on some.
    let isOfAll = market.assets.count == whole?.assets.count
    let stored =
      market.assets.map { ($0.day.asset.symbol, texts.asset($0).id) } + (isOfAll ? [("", texts.market(market).id)] : [])
    summaryIDs = Dictionary(stored.compactMap { name, id in id.map { (name, $0) } }) { first, _ in first }
    let shown = Set(market.assets.map(\.day.asset.symbol))
    lastSession =
      symbols == nil ? try LastSession(before: day, besides: shown, asOf: asOf, store: store, prices) : nil
    // While a day is running most of what is followed may have its newest prices in the session before it.
    let followed = market.assets.count + (lastSession?.assets.count ?? 0)
    isByClass = !isWhole && symbols == nil && followed > ClassTable.mostAssets
    knownOn = store.asOf
    self.market = market
    origin = try store.origin()
    let drawn = ClassTable.drawn(of: market.assets, isByClass: isByClass)
    assets = try market.assets.map { asset in
      var section = try AssetSection(
        asset, told: texts.asset(asset), among: facts, store: store, credits, prices)
      if drawn.contains(asset.day.asset.symbol) {
        section.course = try PriceCourse(of: asset.day.asset.symbol, until: day, asOf: asOf, store: store, prices)
      }
      return section
    }
    sampled = try samples.filter { !shown.contains($0.asset.symbol) }.compactMap {
      try SampledSection($0, flows: facts.flows(of: $0.asset.symbol, on: day), store: store, credits)
    }
    sentiment = try market.mood.flatMap { _ in try SentimentSection(of: day, store: store, credits) }
    stockMood = symbols == nil ? try StockMood(of: day, store: store, credits) : nil
    macro = symbols == nil ? try MacroSection(of: day, store: store, credits) : nil
    themes = symbols == nil ? try ThemeSection(of: day, store: store, credits) : nil
    news = try NewsSection(in: day.start...max(day.start, min(day.end - 1, asOf)), of: market.assets, store: store)
    let series = try SeriesInReport(
      market, sampled,
      others: [sentiment?.series, stockMood?.series].compactMap { $0 } + (macro?.series ?? [])
        + (themes?.series ?? []),
      store: store)
    missing = try MissingFacts(of: market, sampled, asOf: asOf, series: series, store: store, credits)
    quality = try QualitySection(of: day, assets: symbols, asOf: asOf, store: store)
    let before = Set((lastSession?.assets ?? []).map(\.day.series))
    sources = credits.sections(
      of: SeriesInReport(all: series.all + (try store.catalogue.series().filter { before.contains($0.id) })))
  }

  /// Why there is nothing to tell of a day on which none of the assets that are wanted has a snapshot.
  private static func absence(on day: Day, of symbols: [String]?, _ store: Store) throws -> ReportError {
    return .noData(day, of: symbols ?? [], available: try store.telling.snapshotStretches(of: symbols))
  }

  /// What ages in a report on a day are measured to.
  ///
  /// - Parameter later: the day of a report that looks back at it.
  static func instant(of day: Day, until later: Day? = nil, _ store: Store) throws -> Instant {
    let end = (later ?? day).end
    guard let run = try store.runs.lastRun()?.run else { return end }
    return max(day.start, min(end, run.finishedAt ?? run.startedAt))
  }

  /// What a file holds that has no price: `sentiment and fund flows`.
  private static func storedWithoutPrices(_ store: Store) throws -> [String] {
    let stored = try store.catalogue.series().filter { $0.count > 0 }.map(\.key)
    return [
      stored.contains(where: \.holdsMood) ? "sentiment" : nil,
      stored.contains(where: \.holdsFlows) ? "fund flows" : nil,
    ].compactMap { $0 }
  }
}

extension DailyReport: WrittenReport {}
