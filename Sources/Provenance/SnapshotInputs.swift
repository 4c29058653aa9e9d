import Market
import Metrics
import Store

/// One value that a figure was computed from, and the question that asks for it in turn.
struct TracedInput: Hashable {
  let name: String
  let value: FigureValue
  /// `nil` for what is given, such as the hours of a day.
  let subject: WhySubject?
}

/// What a figure of a snapshot is computed from, and what comes of computing it now.
struct SnapshotInputs {
  let inputs: [TracedInput]
  let recomputed: FigureValue
}

extension Tracer {
  /// Gathers the inputs of one figure and computes it from them once more, by the measures that made it.
  func inputs(of field: SnapshotField, _ snapshot: TracedSnapshot, asset: String) throws -> SnapshotInputs {
    switch field {
    case .fngValue, .fngClassification: try mood(field, snapshot)
    case .etfNetFlow: try fundFlows(snapshot, asset: asset)
    case .etfNetFlow5d: try fiveDays(snapshot, asset: asset)
    case .barsExpected:
      SnapshotInputs(
        inputs: [],
        recomputed: .whole(snapshot.isOfDayBar ? 1 : Int64(hoursExpected(on: snapshot.row.day))))
    default: try bars(field, snapshot)
    }
  }

  // MARK: Prices

  private func bars(_ field: SnapshotField, _ snapshot: TracedSnapshot) throws -> SnapshotInputs {
    let day = snapshot.row.day
    let bars = try store.snapshots.bars(of: snapshot.series.id, in: (day - snapshotLeadDays).start...day.end - 1)
    let made = snapshot.made.at ?? now
    let again =
      snapshot.isOfDayBar
      ? marketSnapshots(ofDailyBars: bars, on: snapshot.series.rhythm().calendar, days: day...day, now: made).first
      : marketSnapshots(ofHourlyBars: bars, days: day...day, now: made).first
    return SnapshotInputs(
      inputs: BarInputs(bars: bars, day: day, series: snapshot.series).inputs(of: field),
      recomputed: again.map { field.value(in: $0) } ?? .absent)
  }

  // MARK: What stands beside the prices

  private func mood(_ field: SnapshotField, _ snapshot: TracedSnapshot) throws -> SnapshotInputs {
    let day = snapshot.row.day
    guard let value = try store.snapshots.sentiment(in: day...day).first else {
      return SnapshotInputs(inputs: [], recomputed: .absent)
    }
    let column: FigureField = field == .fngValue ? .value : .classification
    let figure: FigureValue = field == .fngValue ? .number(value.value) : .text(value.classification)
    let index = try store.catalogue.series().first {
      store.kinds[$0.key.dataset]?.asked == .index && $0.key.provider == "alternative.me"
    }
    let subject = index.map { WhySubject.sentiment(index: $0.key.providerSymbol, day: day, field: column) }
    return SnapshotInputs(
      inputs: [TracedInput(name: "\(column.rawValue) of \(day)", value: figure, subject: subject)], recomputed: figure)
  }

  private func flowSeries(ofAsset asset: String) throws -> StoredSeries? {
    try store.catalogue.series().first {
      store.kinds[$0.key.dataset]?.asked == .fund && $0.asset == asset && $0.priority == 1
    }
  }

  private func fundFlows(_ snapshot: TracedSnapshot, asset: String) throws -> SnapshotInputs {
    let day = snapshot.row.day
    guard let series = try flowSeries(ofAsset: asset) else { return SnapshotInputs(inputs: [], recomputed: .absent) }
    // The rows before the day say which funds usually report, and so when the day is final.
    let rows = try store.flows.rows(of: series.id, from: day - 30).filter { $0.day <= day }
    let judged = flowDays(of: rows.map { FundRow(day: $0.day, table: $0.funds) }, now: snapshot.made.at ?? now)
    let funds = (rows.last { $0.day == day }?.funds ?? [:]).sorted { $0.key < $1.key }
    return SnapshotInputs(
      inputs: funds.filter { !EtfFlow.isTotal($0.key) }.map { ticker, dollars in
        TracedInput(
          name: ticker, value: FigureValue(dollars),
          subject: .flow(ticker: ticker, day: day, source: series.key.provider, field: .netFlowUSD))
      },
      recomputed: FigureValue(judged.last { $0.day == day }?.totalUSD))
  }

  private func fiveDays(_ snapshot: TracedSnapshot, asset: String) throws -> SnapshotInputs {
    let day = snapshot.row.day
    guard let series = try flowSeries(ofAsset: asset) else { return SnapshotInputs(inputs: [], recomputed: .absent) }
    let days = try store.flows.judgedFlowDays(of: series.id, in: day - 21...day)
    let five = days.filter { $0.finality == .final }.suffix(5)
    return SnapshotInputs(
      inputs: five.map { flow in
        TracedInput(
          name: "\(flow.day)", value: FigureValue(flow.totalUSD),
          subject: .snapshot(asset: asset, day: flow.day, field: .etfNetFlow))
      },
      recomputed: FigureValue(fiveDayFlow(upTo: day, in: days)))
  }
}

/// Which bars count for a figure.
private struct BarInputs {
  /// Of the day and of the eight before it, oldest first.
  let bars: [Bar]
  let day: Day
  let series: StoredSeries

  private var today: [Bar] { bars.filter { $0.openTime.day == day } }

  func inputs(of field: SnapshotField) -> [TracedInput] {
    switch field {
    case .open: today.prefix(1).map { input($0, .open) }
    case .close: today.suffix(1).map { input($0, .close) }
    case .high: today.map { input($0, .high) }
    case .low: today.map { input($0, .low) }
    case .volume: today.map { input($0, .volume) }
    case .bars, .isComplete: today.map { input($0, .close) }
    case .change24h: change
    case .volatility7d: volatility
    case .asiaReturn: part(.asia)
    case .europeReturn: part(.europe)
    case .usReturn: part(.us)
    default: []
    }
  }

  private func input(_ bar: Bar, _ field: FigureField) -> TracedInput {
    let value =
      switch field {
      case .open: bar.open
      case .high: bar.high
      case .low: bar.low
      case .volume: bar.volume
      default: bar.close
      }
    return TracedInput(
      name: "\(field.rawValue) of \(bar.openTime.short)", value: .number(value),
      subject: series.subject(.price, FactKey(.instant(bar.openTime)), field))
  }

  private var change: [TracedInput] {
    guard let last = today.last else { return [] }
    let before =
      series.key.interval == .day1
      ? series.rhythm().calendar.session(onOrBefore: day - 1).start : last.openTime - 86_400
    let earlier = bars.first { $0.openTime == before }
    return [input(last, .close)] + (earlier.map { [input($0, .close)] } ?? [])
  }

  private func part(_ part: DayPart) -> [TracedInput] {
    guard series.key.interval != .day1 else { return [] }
    let bars = today.filter { DayPart(ofBarOpeningAt: $0.openTime) == part }
    guard let first = bars.first, let last = bars.last else { return [] }
    return [input(first, .open), input(last, .close)]
  }

  /// The closes between which a return counts: those with a neighbour exactly one hour away.
  private var volatility: [TracedInput] {
    guard series.key.interval != .day1, let last = today.last else { return [] }
    let start = last.openTime - VolatilityWindow.hours * 3600
    let window = bars.filter { $0.openTime >= start && $0.openTime <= last.openTime }
    let counted = Set(
      zip(window, window.dropFirst()).filter { $1.openTime - $0.openTime == 3600 }.flatMap {
        [$0.openTime, $1.openTime]
      })
    return window.filter { counted.contains($0.openTime) }.map { input($0, .close) }
  }
}

extension TracedSnapshot {
  /// Whether it was made of the one bar of its day, and not of hours.
  fileprivate var isOfDayBar: Bool { series.key.interval == .day1 }
}

extension SnapshotField {
  /// The figure of a snapshot just computed; only those made of prices.
  fileprivate func value(in snapshot: MarketSnapshot) -> FigureValue {
    switch self {
    case .open: FigureValue(snapshot.open)
    case .high: FigureValue(snapshot.high)
    case .low: FigureValue(snapshot.low)
    case .close: FigureValue(snapshot.close)
    case .volume: FigureValue(snapshot.volume)
    case .change24h: FigureValue(snapshot.change24h)
    case .volatility7d: FigureValue(snapshot.volatility7d)
    case .asiaReturn: FigureValue(snapshot.asiaReturn)
    case .europeReturn: FigureValue(snapshot.europeReturn)
    case .usReturn: FigureValue(snapshot.usReturn)
    case .bars: .whole(Int64(snapshot.bars))
    case .barsExpected: .whole(Int64(snapshot.barsExpected))
    case .isComplete: .whole(snapshot.isComplete ? 1 : 0)
    case .fngValue, .fngClassification, .etfNetFlow, .etfNetFlow5d: .absent
    }
  }
}
