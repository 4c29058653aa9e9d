import Health
import Market
import Store
import Telling

/// What the day lacks, and what is not to be taken at its word.
struct MissingFacts {
  /// Assets with prices on other days and none on this one.
  let assetsWithoutDay: [String]
  /// Assets of which there are bars of this day that was not computed yet, so that no section tells of them.
  let assetsWithDayOnly: [String]
  /// Assets of which prices were sampled on this one, and no bars are there.
  let assetsWithoutBars: [String]
  /// Assets of which no price was ever stored.
  let assetsWithoutPrices: [String]
  let gaps: [GapInReport]
  let late: [LateSeries]
  let refused: [RefusedRow]
  let restated: [RestatedFigure]
  /// Rows that count although something about them is odd.
  let marked: [FlaggedRow]
  /// `Binance BTCUSDT`, for the series that are late, and those of refused, restated and marked rows.
  let titles: [SeriesKey: String]

  var isEmpty: Bool {
    assetsWithoutDay.isEmpty && assetsWithDayOnly.isEmpty && assetsWithoutBars.isEmpty && assetsWithoutPrices.isEmpty
      && gaps.isEmpty && late.isEmpty
      && refused.isEmpty
      && restated.isEmpty && marked.isEmpty
  }

  init(
    of market: MarketFacts, _ sampled: [SampledSection], asOf: Instant, series: SeriesInReport, store: Store,
    _ credits: Credits
  ) throws {
    let span = market.day.start...market.day.end - 1
    let shown = Set(market.assets.map(\.day.asset.symbol))
    let all = try store.catalogue.series()
    let priced = Set(all.filter { $0.key.holdsBars && $0.count > 0 }.compactMap(\.asset))
    let removed = Set(all.compactMap(\.asset)).subtracting(all.filter(\.isAsked).compactMap(\.asset))
    let onlySampled = sampled.map(\.symbol)
    assetsWithoutBars = onlySampled
    let absent = try store.catalogue.assets().map(\.symbol).filter {
      !shown.contains($0) && !onlySampled.contains($0) && !removed.contains($0)
    }
    let barred = Set(
      try all.filter { series in
        try series.key.holdsBars && absent.contains { $0 == series.asset }
          && !store.facts.keys(of: series, in: span).isEmpty
      }.compactMap(\.asset))
    assetsWithDayOnly = absent.filter(barred.contains)
    let expected = try MissingFacts.assetsExpected(in: market.day...market.day, asOf: asOf, store)
    assetsWithoutDay = absent.filter { priced.contains($0) && !barred.contains($0) && expected.contains($0) }
    assetsWithoutPrices = absent.filter { !priced.contains($0) }
    gaps = try series.all.flatMap { series in
      try store.gaps.all(of: series.id, in: span).map {
        GapInReport(of: series, title: credits.title(of: series.key), gap: $0, day: market.day)
      }.filter { $0.missing > 0 }
    }
    late = try series.all.compactMap { try LateSeries($0, asOf: asOf, store: store) }
    refused = try store.judgement.refusedRows(in: span)
    restated = try store.past.restatedFigures(in: span)
    marked = try store.judgement.flaggedRows(in: span)
    let keys = Set(late.map(\.key) + refused.map(\.series) + restated.map(\.series) + marked.map(\.series))
    titles = Dictionary(keys.map { ($0, credits.title(of: $0)) }) { first, _ in first }
  }
}

extension MissingFacts {
  /// Assets of which a bar of the days should be there by now: their market was open, and they are asked for or came from a
  /// file.
  ///
  /// - Parameter interval: of the bars; `nil` for any.
  static func assetsExpected(
    in days: ClosedRange<Day>, interval: Interval? = nil, asOf: Instant, _ store: Store
  ) throws -> Set<String> {
    let span = days.lowerBound.start...days.upperBound.end - 1
    let expected = try store.catalogue.series().filter { series in
      guard series.key.holdsBars, series.isAsked, interval == nil || series.key.interval == interval else {
        return false
      }
      let rhythm = series.rhythm()
      guard let first = rhythm.firstKey(in: span) else { return false }
      return first <= rhythm.newestDue(at: asOf)
    }
    return Set(expected.compactMap(\.asset))
  }
}

/// A gap of a series as far as it lies in the day of the report.
struct GapInReport {
  let key: SeriesKey
  let title: String
  let reason: GapReason
  /// First and last missing key within the day.
  let span: ClosedRange<Instant>
  /// The end of the last missing bar.
  let end: Instant
  /// How many keys are missing within the day.
  let missing: Int

  init(of series: StoredSeries, title: String, gap: Gap, day: Day) {
    key = series.key
    self.title = title
    reason = gap.reason
    let rhythm = series.rhythm()
    let inside = max(gap.span.lowerBound, day.start)...min(gap.span.upperBound, day.end - 1)
    span = (rhythm.firstKey(in: inside) ?? inside.lowerBound)...(rhythm.lastKey(in: inside) ?? inside.upperBound)
    missing = rhythm.count(in: inside)
    end = rhythm.close(of: span.upperBound)
  }

  /// The last missing key.
  var last: Instant { span.upperBound }
}
