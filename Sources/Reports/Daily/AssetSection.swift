import Market
import Metrics
import Store

/// What the report says about one asset.
struct AssetSection {
  let facts: AssetFacts
  let told: DayText
  /// The day's bars, oldest first.
  let bars: [Bar]
  /// Closes of up to two weeks, the day's own last; `nil` where the file has none. The first one is known.
  let dailyCloses: [(day: Day, close: Double?)]
  /// `Binance BTCUSDT`
  let source: String
  /// When the newest of the day's bars came.
  let fetchedAt: Instant?
  /// `nil` where no funds are followed.
  let flows: FlowTable?
  /// Its daily bars before and on the day, for whom they are drawn.
  var course: PriceCourse?

  init(
    _ facts: AssetFacts, told: DayText, among days: FactsOfDays, store: Store, _ credits: Credits,
    _ prices: PriceRestatement
  ) throws {
    let day = facts.snapshot.day
    self.facts = facts
    self.told = told
    bars = prices.bars(
      try store.snapshots.bars(of: facts.day.series, in: day.start...day.end - 1), of: facts.day.series)
    fetchedAt = try store.facts.newestFetch(ofBarsOf: facts.day.series, in: day.start...day.end - 1)
    dailyCloses = Array(
      (day - FactsOfDays.context...day).filter { facts.rhythm.calendar.isOpen(on: $0) }.map {
        ($0, days.snapshot(like: facts.day, on: $0)?.close)
      }
      .drop { $0.1 == nil })
    source = credits.title(of: facts.day.key)
    flows = try facts.flows.map { try FlowTable($0, store: store, credits) }
  }

  /// The end of the newest bar that was due at an instant, or is there: a bar that is not due yet is not missing.
  func due(at instant: Instant) -> Instant {
    max(facts.rhythm.close(of: facts.rhythm.newestDue(at: instant)), facts.lastClose ?? facts.snapshot.day.start)
  }

  /// The closes of the day's bars from its first on, `nil` for each that was due at `instant` and is missing.
  ///
  /// Empty for series whose bars are no part of a day.
  func closes(until instant: Instant) -> [(openTime: Instant, close: Double?)] {
    let day = facts.snapshot.day
    let end = min(day.end, due(at: instant))
    guard facts.day.key.interval.seconds < 86_400, day.start < end else { return [] }
    let known = Dictionary(bars.map { ($0.openTime, $0.close) }) { first, _ in first }
    return facts.rhythm.keys(in: day.start...end - 1).map { ($0, known[$0]) }
  }

  /// The first bar that reached the day's high, and the first that reached its low.
  var extremes: (high: Bar, low: Bar)? {
    guard let high = bars.max(by: { $0.high < $1.high }), let low = bars.min(by: { $0.low < $1.low }) else {
      return nil
    }
    return (bars.first { $0.high == high.high } ?? high, low)
  }

  /// The parts of the day that have begun, each with its bars.
  func parts(until instant: Instant) -> [DayPartRow] {
    let day = facts.snapshot.day
    guard facts.day.key.interval.seconds < 86_400 else { return [] }
    return DayPart.allCases.filter { $0.start(of: day) < instant }.map { part in
      DayPartRow(part: part, bars: bars.filter { DayPart(ofBarOpeningAt: $0.openTime) == part })
    }
  }
}

/// One part of the day.
struct DayPartRow {
  let part: DayPart
  let bars: [Bar]

  var open: Double? { bars.first?.open }
  var high: Double? { bars.map(\.high).max() }
  var low: Double? { bars.map(\.low).min() }
  var close: Double? { bars.last?.close }
  var change: Double? { dayPartReturn(of: bars) }
}
