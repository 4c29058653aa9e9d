import Market
import Metrics
import Provenance
import SQLite
import Store
import Telling

/// Everything that the summary of a market's day may use.
struct MarketFacts {
  let day: Day
  /// Whether the day was not yet over.
  let isRunning: Bool
  /// By symbol; empty on a day of which there are only sampled prices.
  let assets: [AssetFacts]
  /// `nil` where the file follows no index, or no cryptocurrency.
  let mood: Mood?

  /// The same of some assets only; `nil` for all.
  func narrowed(to symbols: [String]?) -> MarketFacts {
    guard let symbols else { return self }
    return MarketFacts(
      day: day, isRunning: isRunning, assets: assets.filter { symbols.contains($0.day.asset.symbol) }, mood: mood)
  }

  /// The end of the newest bar of any asset.
  var lastClose: Instant? { assets.compactMap(\.lastClose).max() }
}

/// The facts of a stretch of days, read from the file in a few queries whatever its length.
struct FactsOfDays {
  /// Days of context before a day: two weeks with it.
  static let context = 13

  private let assetDays: [Day: [AssetDay]]
  private let snapshots: [SeriesDay: SnapshotRow]
  private let sentiment: [Day: SentimentValue]
  private let followsIndex: Bool
  /// By asset; its flow series by priority, each with its days.
  private let flowTables: [String: [(series: StoredSeries, days: [FlowDay])]]

  init(_ days: ClosedRange<Day>, store: Store, _ prices: PriceRestatement = .none) throws {
    let known = try store.telling.assetDays(in: days.lowerBound - FactsOfDays.context...days.upperBound)
      .map(prices.day)
    assetDays = Dictionary(grouping: known) { $0.snapshot.day }
    snapshots = Dictionary(known.map { (SeriesDay(series: $0.series, day: $0.snapshot.day), $0.snapshot) }) { $1 }
    let values = try store.snapshots.sentiment(in: days.lowerBound - 1...days.upperBound)
    sentiment = Dictionary(values.map { ($0.day, $0) }) { first, _ in first }
    let series = try store.catalogue.series().filter { $0.count > 0 }
    followsIndex = series.contains { $0.key.holdsMood && !$0.key.holdsMoodOfStocks }
    var flowTables: [String: [(series: StoredSeries, days: [FlowDay])]] = [:]
    for table in series where table.key.holdsFlows {
      guard let asset = table.asset else { continue }
      let stretch = days.lowerBound - FlowFacts.reach...days.upperBound
      flowTables[asset, default: []].append((table, try store.flows.judgedFlowDays(of: table.id, in: stretch)))
    }
    self.flowTables = flowTables
  }

  private struct SeriesDay: Hashable {
    let series: SeriesID
    let day: Day
  }

  /// `nil` for a day without a snapshot.
  ///
  /// - Parameter now: decides whether the day is over.
  func market(on day: Day, now: Instant) -> MarketFacts? {
    guard let assetDays = assetDays[day], !assetDays.isEmpty else { return nil }
    let isRunning = now < day.end
    let assets = assetDays.map { facts(of: $0, isRunning: isRunning) }
    return MarketFacts(day: day, isRunning: isRunning, assets: assets, mood: assets.compactMap(\.mood).first)
  }

  /// A day without a snapshot of which prices were sampled; `nil` for a day without these too.
  func market(on day: Day, now: Instant, sampled samples: [SampledDay]) -> MarketFacts? {
    guard !samples.isEmpty else { return nil }
    let mood =
      followsIndex && samples.contains { $0.asset.assetClass == .crypto }
      ? Mood(today: sentiment[day], dayBefore: sentiment[day - 1]) : nil
    return MarketFacts(day: day, isRunning: now < day.end, assets: [], mood: mood)
  }

  private func facts(of assetDay: AssetDay, isRunning: Bool) -> AssetFacts {
    let day = assetDay.snapshot.day
    let mood =
      followsIndex && assetDay.asset.assetClass == .crypto
      ? Mood(today: sentiment[day], dayBefore: sentiment[day - 1]) : nil
    return AssetFacts(
      day: assetDay, isRunning: isRunning, closesBefore: closes(before: assetDay), mood: mood,
      flows: flows(of: assetDay.asset.symbol, on: day))
  }

  private func closes(before today: AssetDay) -> [Double] {
    let day = today.snapshot.day
    let calendar = today.rhythm.calendar
    return stride(from: day - 1, through: day - FactsOfDays.context, by: -1).lazy.filter { calendar.isOpen(on: $0) }
      .map { snapshot(like: today, on: $0) }
      .prefix { $0?.isComplete ?? false }.compactMap { $0?.close }
  }

  /// The snapshot of the same series on another day; prices of two series are never put into one row.
  func snapshot(like today: AssetDay, on day: Day) -> SnapshotRow? {
    snapshots[SeriesDay(series: today.series, day: day)]
  }

  /// From the first table by priority that says anything about the day.
  func flows(of asset: String, on day: Day) -> FlowFacts? {
    (flowTables[asset] ?? []).lazy.compactMap { FlowFacts(of: day, in: $0.days, from: $0.series) }.first
  }
}
