import Formats
import Market

/// What a question about bars can be answered with.
struct AlphaVantageFrame {
  let bars: AlphaVantageAddress.Bars
  let series: SeriesKey
  let rhythm: Rhythm
  let madeAt: Instant
  /// The newest bar that was final.
  let newest: Instant

  /// Nobody has told prices by the day of before.
  private static let earliest = Day(daysSinceEpoch: 3652).start  // 1980-01-01
  /// How far back an answer speaks that says no more than that it is not for this key.
  private static let reachOfRefusal: Int64 = 731 * 86_400

  init(_ bars: AlphaVantageAddress.Bars, _ symbol: String, madeAt: Instant) {
    self.bars = bars
    self.madeAt = madeAt
    series = SeriesKey(
      dataset: .bar, provider: AlphaVantage.name, providerSymbol: symbol, interval: bars.interval)
    rhythm = AlphaVantageAddress.rhythm(of: series)
    newest = rhythm.newestFinal(at: madeAt)
  }

  /// Where rows can lie.
  var window: ClosedRange<Instant> { bars.month?.openings ?? Self.earliest...Instant.representable.upperBound }

  /// What a key that is not paid for is not told for certain: days before the newest rows, a month that lies before them.
  var beyondNewest: ClosedRange<Instant>? {
    let edge = AlphaVantageNewest(rhythm: rhythm).firstBefore(at: madeAt)
    guard let month = bars.month?.openings else { return min(edge, madeAt - Self.reachOfRefusal)...edge }
    return month.upperBound <= edge ? month : nil
  }

  /// Bars with what they speak for, as far as that is final.
  func reading(of found: [Bar], _ refusals: [Refusal] = [], covers: ClosedRange<Instant>?) -> Reading {
    Reading(
      series: series, facts: .bars(found), refusals: refusals,
      covers: covers.flatMap {
        ClosedRange<Int64>.instants($0.lowerBound.epochSeconds, min($0.upperBound, newest).epochSeconds)
      })
  }
}

/// The bars of an answer. A day's bar bears the date of its session; within the day times are those of New York.
struct AlphaVantageReading {
  private let frame: AlphaVantageFrame
  private let answer: AlphaVantageSeries
  private let gathering: SessionBars
  private let rows: [SessionRow]

  init(frame: AlphaVantageFrame, question: AlphaVantageAddress.Question, body: [UInt8]) throws(ReadingError) {
    self.frame = frame
    let answer = try question.isTable ? AlphaVantageSeries(table: body) : AlphaVantageSeries(json: body)
    try answer.check(frame.bars, question.symbol)
    let keys =
      frame.bars.interval == .day1
      ? answer.rows.map { Day($0.stamp)?.start }
      : try AlphaVantageStamps(answer.rows.map(\.stamp), zone: answer.zone, frame.rhythm).openings()
    rows = zip(keys, answer.rows).map { key, row in
      SessionRow(key: key, prices: row.cells.prefix(4).map(\.amount), volume: row.volume, bytes: row.bytes)
    }
    self.answer = answer
    gathering = SessionBars(rhythm: frame.rhythm, window: frame.window, newest: frame.newest, body: body)
  }

  func reading() throws(ReadingError) -> Reading {
    let (bars, refusals) = try gathering.bars(of: rows)
    return frame.reading(of: bars, refusals, covers: covers(bars))
  }

  /// A month speaks for itself; the newest rows, or all there are, from the first of them on.
  private func covers(_ bars: [Bar]) -> ClosedRange<Instant>? {
    if frame.bars.month != nil, frame.bars.isFull { return frame.window }
    return bars.first.map { $0.openTime...max($0.openTime, frame.newest) }
  }

  /// The cell of the row that counts for a key.
  func place(of figure: Figure) -> Place? {
    guard let field = AlphaVantageSeries.fields.firstIndex(of: figure.field),
      let row = gathering.believable(among: rows)[figure.at].map({ answer.rows[$0] })
    else { return nil }
    let bytes = row.cells[field].bytes
    guard let member = answer.member else { return .line(of: bytes, in: gathering.body) }
    let path = JSONPath.root.member(member).member(row.stamp).member(answer.names[field])
    return Place(path: .json(path.text), bytes: bytes, rule: .number)
  }
}

extension AlphaVantageSeries.Row {
  /// One that is not told is no volume of zero.
  fileprivate var volume: Amount {
    guard cells.count == 5, cells[4].amount != .absent else { return .notANumber }
    return cells[4].amount
  }
}

extension Place {
  /// A cell of a table.
  static func line(of bytes: Range<Int>, in body: [UInt8]) -> Place {
    Place(path: .line(body[..<bytes.lowerBound].count { $0 == 0x0A } + 1), bytes: bytes, rule: .number)
  }
}
