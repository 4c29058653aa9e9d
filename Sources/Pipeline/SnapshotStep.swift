import Market
import Metrics
import SQLite
import Store

/// Computes the days whose facts moved, and nothing else.
struct SnapshotStep {
  let store: Store
  let now: Instant

  /// - Parameter assets: symbols; every asset with hourly bars has days of its own.
  func perform(assets: [String]) throws -> StepCounts {
    let catalogue = try store.catalogue.series()
    for series in catalogue where series.key.holdsFlows && series.count > 0 {
      try judge(series)
    }
    try store.snapshots.markSnapshotsOfEndedDays(before: now)
    let due = try store.snapshots.daysDueForSnapshot()
    guard !due.isEmpty else { return StepCounts() }
    let series = Dictionary(grouping: catalogue, by: \.asset)
    let chosen = try store.catalogue.lastChosenPrices()
    var mood = Mood(store: store)
    var counts = StepCounts()
    var waiting: [ComputedSnapshots] = []
    for asset in assets {
      guard let days = due[asset] else { continue }
      let sources = SeriesOfAsset(all: series[asset] ?? [], chosen: chosen[asset] ?? [:])
      if let computed = try compute(asset, days: days, from: sources, &mood) { waiting.append(computed) }
      if waiting.reduce(0, { $0 + $1.rows.count }) >= Self.together {
        counts = counts + (try store.snapshots.store(waiting, at: now))
        waiting = []
      }
    }
    return waiting.isEmpty ? counts : counts + (try store.snapshots.store(waiting, at: now))
  }

  /// Computes days of one asset and stores them.
  ///
  /// - Parameter due: oldest first.
  func snapshots(of asset: String, days due: [Day]) throws -> StepCounts {
    guard !due.isEmpty else { return StepCounts() }
    var mood = Mood(store: store)
    let sources = try SeriesOfAsset(asset, in: store)
    guard let computed = try compute(asset, days: due, from: sources, &mood) else { return StepCounts() }
    return try store.snapshots.store([computed], at: now)
  }

  /// So many are written in a transaction: the few of a day at once, years of many assets in turn.
  static let together = 5_000

  /// A coin's day of which hours are stored is made of them, every other one of its own bar.
  private func compute(
    _ asset: String, days due: [Day], from sources: SeriesOfAsset, _ mood: inout Mood
  ) throws -> ComputedSnapshots? {
    guard let first = due.first, let last = due.last else { return nil }
    let hours = try measures(.hour1, of: sources, first...last)
    let days = try measures(.day1, of: sources, first...last)
    // Also without a row: what is due is then computed to nothing.
    guard hours != nil || days != nil else { return nil }
    let wanted = Set(due)
    let made = Set(hours?.snapshots.map(\.day) ?? [])
    let context = try DayContext(store: store, sources: sources, days: first...last, &mood)
    let rows =
      (hours?.rows(context) { wanted.contains($0) } ?? [])
      + (days?.rows(context) { wanted.contains($0) && !made.contains($0) } ?? [])
    return ComputedSnapshots(of: asset, rows.sorted { $0.row.day < $1.row.day }, days: due)
  }

  /// What is measured of the chosen bars of an interval; `nil` where none were ever chosen.
  private func measures(
    _ interval: Interval, of sources: SeriesOfAsset, _ days: ClosedRange<Day>
  ) throws -> Measured? {
    guard let series = sources.chosen(interval), interval == .day1 || series.hasDaysOfHours else { return nil }
    let span = (days.lowerBound - snapshotLeadDays).start...days.upperBound.end - 1
    let bars = try store.snapshots.bars(of: series.id, in: span)
    let snapshots =
      interval == .hour1
      ? marketSnapshots(ofHourlyBars: bars, days: days, now: now)
      : marketSnapshots(ofDailyBars: bars, on: series.rhythm().calendar, days: days, now: now)
    return Measured(series: series.id, snapshots: snapshots)
  }

  /// Looks again at a fund table from the first day that could still change, or did.
  func judge(_ series: StoredSeries) throws {
    guard let first = try store.flows.firstDayToJudge(of: series.id) else { return }
    // The rows before the first such day say which funds usually report.
    let rows = try store.flows.rows(of: series.id, from: first - 30).map { FundRow(day: $0.day, table: $0.funds) }
    let judged = flowDays(of: rows, now: now).filter { $0.day >= first }
    try store.flows.store(
      judged.map { FlowDayRow(day: $0.day, netFlowUSD: $0.totalUSD, finality: $0.finality.rawValue) }, of: series,
      at: now)
  }
}

extension StoredSeries {
  /// Whether hours make up a day: of a market that never closes. Of what nobody knows the class it is believed.
  fileprivate var hasDaysOfHours: Bool { assetClass.map { $0 == .crypto } ?? true }
}

/// What is told of an asset, and by which series its prices go.
private struct SeriesOfAsset {
  /// By dataset and priority.
  let all: [StoredSeries]
  /// Those chosen last; a series that has lost its rows since is one as well.
  let chosen: [Interval: SeriesID]

  init(all: [StoredSeries], chosen: [Interval: SeriesID]) { (self.all, self.chosen) = (all, chosen) }

  init(_ asset: String, in store: Store) throws {
    all = try store.catalogue.series(of: asset)
    chosen = try Dictionary(
      uniqueKeysWithValues: [Interval.hour1, .day1].compactMap { interval in
        try store.catalogue.lastChosenPrice(of: asset, interval: interval).map { (interval, $0.id) }
      })
  }

  func chosen(_ interval: Interval) -> StoredSeries? {
    chosen[interval].flatMap { id in all.first { $0.id == id } }
  }
}

/// The sentiment index, of which assets that are due for the same days ask the same.
private struct Mood {
  let store: Store
  private var known: [ClosedRange<Day>: [Day: SentimentValue]] = [:]

  init(store: Store) { self.store = store }

  mutating func values(in days: ClosedRange<Day>) throws -> [Day: SentimentValue] {
    if let values = known[days] { return values }
    let values = Dictionary(try store.snapshots.sentiment(in: days).map { ($0.day, $0) }) { first, _ in first }
    known = [days: values]
    return values
  }
}

/// Measures of a stretch of days, and the series that they were made from.
private struct Measured {
  let series: SeriesID
  let snapshots: [MarketSnapshot]

  func rows(_ context: DayContext, _ isWanted: (Day) -> Bool) -> [(row: SnapshotRow, series: SeriesID)] {
    snapshots.filter { isWanted($0.day) }.map { (SnapshotRow($0, context), series) }
  }
}

/// Sentiment and flows beside the prices of a stretch of days.
private struct DayContext {
  let sentiment: [Day: SentimentValue]
  let flows: [FlowDay]
  let flowOfDay: [Day: FlowDay]

  init(store: Store, sources: SeriesOfAsset, days: ClosedRange<Day>, _ mood: inout Mood) throws {
    // The index is one of the mood among those who hold coins.
    let isOfCoins = sources.all.contains { $0.assetClass == .crypto }
    sentiment = isOfCoins ? try mood.values(in: days) : [:]
    let table = sources.all.first { $0.key.holdsFlows && $0.priority == 1 }
    // Five reporting days can lie two weeks apart.
    let stretch = days.lowerBound - 21...days.upperBound
    flows =
      try table.map { try store.flows.flowDays(of: $0.id, in: stretch) }?.map { row in
        FlowDay(day: row.day, finality: FlowFinality(rawValue: row.finality) ?? .provisional, totalUSD: row.netFlowUSD)
      } ?? []
    flowOfDay = Dictionary(flows.map { ($0.day, $0) }) { first, _ in first }
  }
}

extension SnapshotRow {
  fileprivate init(_ snapshot: MarketSnapshot, _ context: DayContext) {
    let mood = context.sentiment[snapshot.day]
    self.init(
      snapshot, fngValue: mood?.value, fngClassification: mood?.classification,
      etfNetFlowUSD: context.flowOfDay[snapshot.day]?.totalUSD,
      etfNetFlow5dUSD: fiveDayFlow(upTo: snapshot.day, in: context.flows))
  }
}
