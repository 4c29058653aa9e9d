import Market
import Metrics
import Rendering
import Store

/// The daily bars of an asset up to a day, of the series that is its price, as they are drawn.
struct PriceCourse {
  /// So many sessions are drawn.
  static let sessions = 60
  /// The longer of its averages; so many sessions more are read.
  private static let longest = 50

  let series: StoredSeries
  /// When each bar opens, oldest first.
  let times: [Instant]
  /// `nil` for one that should be there and is not.
  let bars: [Bar?]
  /// Moving averages over 20 and 50 bars, each `nil` where too few bars lie before.
  let averages: [Drawing.NamedLine]

  /// `nil` where there are no daily bars.
  init?(of asset: String, until day: Day, asOf: Instant, store: Store, _ prices: PriceRestatement = .none) throws {
    guard let series = try store.catalogue.chosenPrice(of: asset, interval: .day1) else { return nil }
    let rhythm = series.rhythm()
    let reach = (PriceCourse.sessions + PriceCourse.longest) * (rhythm.calendar.isContinuous ? 1 : 3) / 2 + 10
    let span = (day - reach).start...day.end - 1
    let known = prices.bars(try store.snapshots.bars(of: series.id, in: span), of: series.id)
    guard let first = known.first, let last = known.last else { return nil }
    let end = max(last.openTime, min(rhythm.newestDue(at: asOf), span.upperBound))
    let byTime = Dictionary(known.map { ($0.openTime, $0) }) { first, _ in first }
    let keys = rhythm.keys(in: first.openTime...end)
    let shown = keys.suffix(PriceCourse.sessions)
    self.series = series
    times = Array(shown)
    bars = shown.map { byTime[$0] }
    averages = [20, PriceCourse.longest].map { period in
      var average = SimpleMovingAverage(period: period)
      let values = keys.map { key in byTime[key].flatMap { average.take($0) } }
      return ("SMA \(period)", Array(values.suffix(PriceCourse.sessions)))
    }.filter { $0.values.contains { $0 != nil } }
  }

  /// Candles with volume and averages, and all their numbers.
  ///
  /// - Parameter isAlone: whether no other words tell the course where it cannot be drawn.
  func figure(of symbol: String, isAlone: Bool = false) -> DrawnFigure {
    let first = times.first?.day.spelled ?? "", last = times.last?.day.spelled ?? ""
    let quote = oneLine(series.quoteCurrency ?? "its currency")
    let known = bars.compactMap { $0 }
    let decimals = priceDecimals(known.flatMap { [$0.open, $0.high, $0.low, $0.close] })
    func price(_ value: Double?) -> Cell { .figure(value) { priceText($0, decimals: decimals) } }
    let rows = times.indices.map { index in
      let bar = bars[index]
      return [
        Cell(times[index].day.short, value: .string(times[index].day.description)), price(bar?.open), price(bar?.high),
        price(bar?.low), price(bar?.close), .figure(bar?.volume, volumeText),
      ] + averages.map { .figure($0.values[index]) { roundedPriceText($0, decimals: decimals) } }
    }
    let columns: [Table.Column] =
      [.text("Day"), .figure("Open"), .figure("High"), .figure("Low"), .figure("Close"), .figure("Volume")]
      + averages.map { .figure($0.name) }
    return DrawnFigure(
      "\(symbol) by the day, \(first) to \(last), in \(quote)"
        + (known.contains { $0.volume > 0 } ? ", volume below" : "") + ". \(candleWords(bars))",
      alternative: "Daily bars of \(symbol) from \(first) to \(last): " + words(known, decimals: decimals),
      drawing: .candles(bars, at: times, averages: averages),
      numbers: Table("Daily bars of \(symbol)", columns: columns, rows: rows),
      instead: isAlone
        ? [Prose([.curve(bars.map { $0?.close }), .plain(" daily closes, \(first) to \(last)")])] : [])
  }

  private func words(_ known: [Bar], decimals: Int) -> String {
    guard let first = known.first, let last = known.last, let high = known.map(\.high).max(),
      let low = known.map(\.low).min()
    else { return "none." }
    func text(_ price: Double) -> String { priceText(price, decimals: decimals) }
    return "from \(text(first.open)) to \(text(last.close)), highest \(text(high)), lowest \(text(low))."
  }

  /// For the seal: what is drawn, as it is stored.
  var json: JSONValue {
    [
      "source": .string(series.key.provider.description), "symbol": .string(series.key.providerSymbol),
      "bars": .array(
        zip(times, bars).map { time, bar in
          [
            .string(time.description), .optional(bar?.open), .optional(bar?.high), .optional(bar?.low),
            .optional(bar?.close), .optional(bar?.volume),
          ]
        }),
    ]
  }
}

/// How candles are to be read, with a word on holes where there are some.
func candleWords(_ bars: [Bar?]) -> String {
  "Hollow: closed at or above its open; filled: below." + (bars.contains { $0 == nil } ? " Grey: missing." : "")
}
