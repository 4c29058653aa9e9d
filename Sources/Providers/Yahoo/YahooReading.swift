import Formats
import Market

/// The bars and the acts in a chart.
///
/// A daily bar belongs to the date of its session in the exchange's zone, wherever within that day its stamp lies, and of
/// two rows of one date the later one counts: the other is the session as it ran. Rows without a single price are no rows.
struct YahooReading {
  let question: CandleQuestion
  let chart: YahooChart
  let rhythm: Rhythm
  private let clock: LocalClock
  private let madeAt: Instant

  init(question: CandleQuestion, chart: YahooChart, madeAt: Instant) throws(ReadingError) {
    guard let clock = LocalClock(chart.meta.zone ?? "UTC") else {
      throw .shapeChanged(expected: "a zone of the tz database", found: chart.meta.zone ?? "none", offset: nil)
    }
    self.question = question
    self.chart = chart
    self.clock = clock
    self.madeAt = madeAt
    let series = question.series(at: Yahoo.name)
    rhythm =
      chart.meta.isTradedAbroad
      ? series.rhythm(of: chart.meta.assetClass, calendar: .weekdays, safety: 900)
      : YahooAddress.rhythm(of: series, chart.meta.assetClass)
  }

  func reading() throws(ReadingError) -> Reading {
    let (bars, refusals) = try bars()
    let series = question.series(at: Yahoo.name)
    let prices = SeriesReading(series: series, facts: .bars(bars), refusals: refusals, covers: covers)
    guard question.interval == .day1 else { return Reading([prices]) }
    let (actions, doubted) = actions()
    guard !actions.isEmpty || !doubted.isEmpty else { return Reading([prices]) }
    return Reading([
      prices,
      SeriesReading(
        series: Yahoo.actions(of: question.symbol), facts: .actions(actions), refusals: doubted, covers: nil),
    ])
  }

  private var covers: ClosedRange<Instant>? {
    question.window.flatMap { window in
      ClosedRange<Int64>.instants(
        window.lowerBound.epochSeconds, min(window.upperBound, rhythm.newestFinal(at: madeAt)).epochSeconds)
    }
  }

  // MARK: Bars

  /// The key of a row by its stamp; `nil` where that is none.
  func key(ofRow index: Int) -> Instant? {
    guard let stamp = chart.stamps?[index].number.flatMap(Int64.init(exactly:)) else { return nil }
    let instant = Instant(epochSeconds: stamp)
    guard Instant.representable.contains(instant) else { return nil }
    return question.interval == .day1 ? clock.day(at: instant).start : instant
  }

  /// The date of the session to which an instant belongs: that of futures begins the evening before.
  func session(at instant: Instant) -> Day {
    chart.meta.assetClass == .commodity ? Calendar.cmes.day(ofBarOpeningAt: instant) : clock.day(at: instant)
  }

  /// The close of the last row of a day before another.
  func close(before session: Day) -> (day: Day, close: Double)? {
    (0..<(chart.stamps?.count ?? 0)).reversed().lazy.compactMap { index -> (day: Day, close: Double)? in
      guard let day = key(ofRow: index)?.day, day < session, let close = chart.columns[.close]?[index].number else {
        return nil
      }
      return (day, SinglePrecision.meant(close))
    }.first
  }

  func isEmpty(row index: Int) -> Bool {
    FigureField.prices.allSatisfy { chart.columns[$0]?[index] == .absent }
  }

  private func bars() throws(ReadingError) -> ([Bar], [Refusal]) {
    let newest = rhythm.newestFinal(at: madeAt)
    var refusals: [Refusal] = []
    var rows: [Instant: Int] = [:]
    var openings: [Int64] = []
    var contradicted: Set<Instant> = []
    for index in 0..<(chart.stamps?.count ?? 0) {
      guard let key = key(ofRow: index) else {
        refusals.append(refusal(.malformed, at: nil, "the row has no time", index))
        continue
      }
      openings.append(key.epochSeconds)
      guard !isEmpty(row: index), question.window?.contains(key) ?? true, key <= newest else { continue }
      if isOutsideSessions(key) {
        // An auction's row at the close, or one from before and after hours.
        if rhythm.isDaily { refusals.append(refusal(.wrongTime, at: key, "no session on that day", index)) }
        continue
      }
      if let known = rows[key], contradict(known, index) {
        contradicted.insert(key)
        refusals.append(refusal(.contradictory, at: key, "two rows of that time say otherwise", known))
      }
      rows[key] = index
    }
    if let objection = RowSpacing(grid: rhythm.grid).objection(to: openings) { throw objection }
    var bars: [Bar] = []
    for (key, index) in rows.sorted(by: { $0.key < $1.key }) {
      if contradicted.contains(key) {
        refusals.append(refusal(.contradictory, at: key, "two rows of that time say otherwise", index))
        continue
      }
      switch bar(at: key, index) {
      case .success(let bar): bars.append(bar)
      case .failure(let fault): refusals.append(fault.refusal)
      }
    }
    return (bars, refusals)
  }

  /// Whether two rows of one stamp hold other prices; of two stamps of one day, the later one is the day as it ended.
  private func contradict(_ a: Int, _ b: Int) -> Bool {
    guard chart.stamps?[a] == chart.stamps?[b] else { return false }
    return FigureField.ofBars.contains { field in chart.columns[field].map { $0[a] != $0[b] } ?? false }
  }

  /// Futures, indices and currencies have days of their own, of which only the weekends are certain.
  private func isOutsideSessions(_ key: Instant) -> Bool {
    guard rhythm.isExact else { return !rhythm.grid.opens(at: key.epochSeconds) }
    switch chart.meta.assetClass {
    case .stock, .fund, .crypto: return !rhythm.expects(key)
    case .commodity, .index, .currency: return rhythm.isDaily ? key.day.weekday > 5 : !rhythm.expects(key)
    }
  }

  private struct Fault: Error { let refusal: Refusal }

  private func bar(at key: Instant, _ index: Int) -> Result<Bar, Fault> {
    var prices: [Double] = []
    for field in FigureField.prices {
      guard case .number(let price)? = chart.columns[field]?[index] else {
        return .failure(Fault(refusal: refusal(.notANumber, at: key, "\(field.rawValue) is no number", index)))
      }
      prices.append(SinglePrecision.meant(price))
    }
    let bar = Bar(
      openTime: key, open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: volume(index))
    let mayBeNegative = chart.meta.assetClass == .commodity
    guard let fault = BarRule.fault(bar) ?? BarRule.priceFault(bar, mayBeNegative: mayBeNegative) else {
      return .success(bar)
    }
    return .failure(Fault(refusal: refusal(fault.reason, at: key, fault.detail, index, .bars([bar]))))
  }

  /// None is told of indices and currencies.
  private func volume(_ index: Int) -> Double {
    guard let cells = chart.columns[.volume], index < cells.count else { return 0 }
    return cells[index].number ?? 0
  }

  private func refusal(
    _ reason: RefusalReason, at key: Instant?, _ detail: String, _ index: Int, _ row: Facts? = nil
  ) -> Refusal {
    let cells = ([chart.stamps?[index]] + FigureField.ofBars.map { field in chart.columns[field].map { $0[index] } })
      .map { cell in
        switch cell {
        case .number(let number)?: "\(number)"
        case .absent?: "null"
        case .notANumber?, nil: "?"
        }
      }
    return Refusal(
      reason: reason, at: key, detail: detail, excerpt: Excerpt.of("[\(cells.joined(separator: ","))]", limit: 300),
      row: row)
  }

  // MARK: Acts

  /// Those within the days asked for and begun.
  private func actions() -> ([CorporateAction], [Refusal]) {
    var gathering = ActionGathering(window: question.window, today: clock.day(at: madeAt))
    for event in chart.events {
      gathering.add(event.kind, on: day(of: event), event.value, currency: event.currency, excerpt: event.excerpt)
    }
    return (gathering.actions, gathering.refusals)
  }

  func day(of event: YahooEvent) -> Day? {
    event.date.map(Instant.init(epochSeconds:)).flatMap {
      Instant.representable.contains($0) ? clock.day(at: $0) : nil
    }
  }
}

extension Yahoo {
  /// The acts of a share, whatever bars they were told beside.
  static func actions(of symbol: String) -> SeriesKey {
    .actions(of: symbol, at: name)
  }
}

extension FigureField {
  fileprivate static let prices: [FigureField] = [.open, .high, .low, .close]
  fileprivate static let ofBars: [FigureField] = prices + [.volume]
}
