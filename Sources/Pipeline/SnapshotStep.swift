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
    for series in try store.catalogue.series() where series.key.holdsFlows && series.count > 0 {
      try judge(series)
    }
    try store.snapshots.markSnapshotsOfEndedDays(before: now)
    var counts = StepCounts()
    var waiting: [ComputedSnapshots] = []
    for asset in assets {
      if let computed = try compute(asset, days: store.snapshots.daysDueForSnapshot(of: asset)) {
        waiting.append(computed)
      }
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
    guard let computed = try compute(asset, days: due) else { return StepCounts() }
    return try store.snapshots.store([computed], at: now)
  }

  /// So many are written in a transaction: the few of a day at once, years of many assets in turn.
  private static let together = 5_000

  /// A coin's day of which hours are stored is made of them, every other one of its own bar.
  private func compute(_ asset: String, days due: [Day]) throws -> ComputedSnapshots? {
    guard let first = due.first, let last = due.last else { return nil }
    let hours = try measures(.hour1, of: asset, first...last)
    let days = try measures(.day1, of: asset, first...last)
    // Also without a row: what is due is then computed to nothing.
    guard hours != nil || days != nil else { return nil }
    let wanted = Set(due)
    let made = Set(hours?.snapshots.map(\.day) ?? [])
    let context = try DayContext(store: store, asset: asset, days: first...last)
    let rows =
      (hours?.rows(context) { wanted.contains($0) } ?? [])
      + (days?.rows(context) { wanted.contains($0) && !made.contains($0) } ?? [])
    return ComputedSnapshots(of: asset, rows.sorted { $0.row.day < $1.row.day }, days: due)
  }

  /// What is measured of the chosen bars of an interval; `nil` where none were ever chosen.
  private func measures(_ interval: Interval, of asset: String, _ days: ClosedRange<Day>) throws -> Measured? {
    guard let series = try store.catalogue.lastChosenPrice(of: asset, interval: interval),
      interval == .day1 || series.hasDaysOfHours
    else { return nil }
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

  init(store: Store, asset: String, days: ClosedRange<Day>) throws {
    let series = try store.catalogue.series(of: asset)
    // The index is one of the mood among those who hold coins.
    let isOfCoins = series.contains { $0.assetClass == .crypto }
    let values = isOfCoins ? try store.snapshots.sentiment(in: days) : []
    sentiment = Dictionary(values.map { ($0.day, $0) }) { first, _ in first }
    let table = series.first { $0.key.holdsFlows && $0.priority == 1 }
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
