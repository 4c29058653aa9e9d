import Market
import Metrics
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
    return try assets.reduce(StepCounts()) {
      try $0 + snapshots(of: $1, days: store.snapshots.daysDueForSnapshot(of: $1))
    }
  }

  /// - Parameter due: the days to compute, oldest first.
  func snapshots(of asset: String, days due: [Day]) throws -> StepCounts {
    guard let first = due.first, let last = due.last,
      // Also without a row: what is due is then computed to nothing.
      let series = try store.catalogue.lastChosenPrice(of: asset, interval: .hour1)
    else { return StepCounts() }
    let span = (first - snapshotLeadDays).start...last.end - 1
    let bars = try store.snapshots.bars(of: series.id, in: span)
    let wanted = Set(due)
    let measured = marketSnapshots(ofHourlyBars: bars, days: first...last, now: now).filter { wanted.contains($0.day) }
    let context = try DayContext(store: store, asset: asset, days: first...last)
    let rows = measured.map { SnapshotRow($0, context) }
    return try store.snapshots.store(rows, of: asset, from: series.id, computed: due, at: now)
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

/// Sentiment and flows beside the prices of a stretch of days.
private struct DayContext {
  let sentiment: [Day: SentimentValue]
  let flows: [FlowDay]
  let flowOfDay: [Day: FlowDay]

  init(store: Store, asset: String, days: ClosedRange<Day>) throws {
    sentiment = Dictionary(try store.snapshots.sentiment(in: days).map { ($0.day, $0) }) { first, _ in first }
    let series = try store.catalogue.series().first { $0.key.holdsFlows && $0.asset == asset && $0.priority == 1 }
    // Five reporting days can lie two weeks apart.
    let stretch = days.lowerBound - 21...days.upperBound
    flows =
      try series.map { try store.flows.flowDays(of: $0.id, in: stretch) }?.map { row in
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
