import Formats
import Market

/// The bars of a window, and beside them what is told of their trades.
///
/// A day's bar belongs to the date of its session in New York. Trading before and after hours is among the rows; the hour
/// in which a session opens begins before it.
struct PolygonReading {
  let question: CandleQuestion
  let answer: PolygonAggregates
  private let gathering: SessionBars
  private let rows: [SessionRow]

  init(question: CandleQuestion, madeAt: Instant, body: [UInt8]) throws(ReadingError) {
    answer = try PolygonAggregates(body)
    try answer.check(question, body)
    self.question = question
    let ticker = PolygonTicker(question.symbol)
    let rhythm = ticker.rhythm(of: question.series(at: Polygon.name))
    gathering = SessionBars(
      rhythm: rhythm, window: question.window ?? Instant.representable, newest: rhythm.newestFinal(at: madeAt),
      body: body)
    let dates = question.interval == .day1 ? SessionDates(ticker.assetClass) : nil
    rows = answer.rows.map { row in
      SessionRow(
        key: row.opening.map { dates?.key(ofStamp: $0) ?? $0 }, prices: row.prices, volume: row.volume, bytes: row.bytes
      )
    }
  }

  func reading() throws(ReadingError) -> Reading {
    let (bars, refusals) = try gathering.bars(of: rows)
    let series = question.series(at: Polygon.name)
    let prices = SeriesReading(series: series, facts: .bars(bars), refusals: refusals, covers: covers)
    let (trades, doubted) = trades(of: bars)
    guard !trades.isEmpty || !doubted.isEmpty else { return Reading([prices]) }
    return Reading([
      prices,
      SeriesReading(
        series: SeriesKey(
          dataset: .barTrade, provider: series.provider, providerSymbol: series.providerSymbol,
          interval: series.interval), facts: .barTrades(trades), refusals: doubted, covers: nil),
    ])
  }

  /// What was asked for, as far as it is final; an answer that was cut speaks from its first row to its last.
  private var covers: ClosedRange<Instant>? {
    let window = gathering.window
    var (first, last) = (window.lowerBound, min(window.upperBound, gathering.newest))
    if answer.isCut {
      let seen = rows.compactMap(\.key).filter(window.contains)
      guard let start = seen.min(), let end = seen.max() else { return nil }
      (first, last) = (max(first, start), min(last, end))
    }
    return ClosedRange<Int64>.instants(first.epochSeconds, last.epochSeconds)
  }

  private func trades(of bars: [Bar]) -> ([BarTrade], [Refusal]) {
    let places = gathering.believable(among: rows)
    var (trades, refusals): ([BarTrade], [Refusal]) = ([], [])
    for bar in bars {
      guard let row = places[bar.openTime].map({ answer.rows[$0] }), row.average != .absent || row.trades != .absent
      else { continue }
      if let trade = BarTrade(row, at: bar.openTime) {
        trades.append(trade)
      } else {
        refusals.append(
          Refusal(
            reason: .outOfBounds, at: bar.openTime, detail: "an average price or a number of trades that is none",
            excerpt: Excerpt.of(gathering.body[row.bytes])))
      }
    }
    return (trades, refusals)
  }

  /// The member of the row that counts for a key.
  func place(of figure: Figure) -> Place? {
    guard let member = PolygonAggregates.Row.member(of: figure.field), figure.series.interval == question.interval,
      let row = gathering.believable(among: rows)[figure.at]
    else { return nil }
    let bytes = JSONCursor.reading(gathering.body) { cursor -> Range<Int>? in
      cursor.offset = answer.rows[row].bytes.lowerBound
      return (try? cursor.members())?[member]
    }
    return bytes.map {
      Place(
        path: .json(JSONPath.root.member("results").element(row).member(member).text), bytes: $0,
        rule: figure.field == .trades ? .count : .number)
    }
  }
}

extension BarTrade {
  /// `nil` for an average that is no price and a count that is none.
  fileprivate init?(_ row: PolygonAggregates.Row, at key: Instant) {
    let trades = row.trades.number.flatMap { Int64(exactly: $0) }
    guard row.average != .notANumber, row.trades == .absent || trades.map({ $0 >= 0 }) ?? false,
      row.average.number.map({ $0 > 0 && $0 <= BarRule.largestPrice }) ?? true
    else { return nil }
    self.init(openTime: key, vwap: row.average.number, trades: trades)
  }
}

/// Which day a daily bar belongs to.
private struct SessionDates {
  private let assetClass: AssetClass
  private let clock = LocalClock("America/New_York")

  init(_ assetClass: AssetClass) { self.assetClass = assetClass }

  /// The date in New York, where such bars begin at midnight; a coin's day is that of UTC or none.
  func key(ofStamp stamp: Instant) -> Instant {
    if assetClass == .crypto || assetClass == .currency && stamp.secondOfDay == 0 { return stamp }
    return clock.map { $0.day(at: stamp).start } ?? stamp
  }
}
