import Market
import Metrics
import Rendering

extension AssetReport {
  /// Those that are shown, as they are asked for, and what their values are to be read by.
  static let indicators: [(text: String, words: String)] = [
    ("sma:20", "mean of 20 closes"), ("sma:50", "mean of 50 closes"), ("sma:200", "mean of 200 closes"),
    ("ema:20", "mean weighted to the newest"), ("rsi:14", "0 to 100; over 70 is called overbought, under 30 oversold"),
    ("macd:12/26/9", "distance of two means, its own mean, their difference"),
    ("bollinger:20/2", "mean and two deviations about it"), ("atr:14", "usual range of a day"),
  ]

  /// An indicator at the last bar.
  struct IndicatorValue: Sendable {
    let name: String
    let words: String
    /// `nil` where there are too few bars.
    let values: [Double?]

    /// - Throws: `IndicatorError` for a name that none has.
    init(_ text: String, words: String, over bars: [Bar]) throws(IndicatorError) {
      let indicator = try Indicator(text)
      var measure = indicator.measure
      var row: [Double?] = []
      for bar in bars {
        row.removeAll(keepingCapacity: true)
        measure.take(bar, into: &row)
      }
      (name, self.words, values) = (indicator.text, words, row)
    }
  }

  var indicatorBlocks: [Block] {
    let rows = indicatorValues.map { indicator in
      let known = indicator.values.compactMap { $0 }
      let text =
        known.count == indicator.values.count ? known.map(indicatorText).joined(separator: " · ") : "too few bars"
      return [
        Cell(indicator.name), Cell(text, value: .array(indicator.values.map(JSONValue.optional))),
        Cell(indicator.words),
      ]
    }
    return [
      .heading("Indicators", level: 2),
      .table(
        Table(
          "Indicators of the daily bars", columns: [.text("Indicator"), .figure("Value"), .text("What it is")],
          rows: rows)),
    ] + oscillators.map(Block.figure)
  }

  private func indicatorText(_ value: Double) -> String {
    value.magnitude < 1000 ? fixedText(value, decimals: 2) : fixedPrice(value)
  }

  private var oscillators: [DrawnFigure] {
    let times = bars.suffix(PriceCourse.sessions).map(\.openTime)
    let rsi = values(of: RelativeStrengthIndex(period: 14)) { $0 }
    var macd = MACD(fast: 12, slow: 26, signal: 9)
    let pairs = bars.map { macd.take($0) }.suffix(PriceCourse.sessions)
    return [
      figure(
        "RSI of 14 days; dotted: 30 and 70.", [("RSI", rsi)], times, marks: [30, 70], decimals: 1),
      figure(
        "MACD of 12 and 26 days and its signal of 9.",
        [("MACD", pairs.map { $0?.macd }), ("signal", pairs.map { $0?.signal })], times, marks: [], decimals: decimals),
    ].compactMap { $0 }
  }

  private func values<M: Measure>(of measure: M, _ value: (M.Output) -> Double) -> [Double?]
  where M.Input == Bar {
    var measure = measure
    return Array(bars.map { measure.take($0).map(value) }.suffix(PriceCourse.sessions))
  }

  private func figure(
    _ caption: String, _ lines: [Drawing.NamedLine], _ times: [Instant], marks: [Double], decimals: Int
  ) -> DrawnFigure? {
    guard lines.contains(where: { $0.values.contains { $0 != nil } }) else { return nil }
    let rows = times.indices.map { index in
      [Cell(times[index].day.description)]
        + lines.map { line in Cell.figure(line.values[index]) { fixedText($0, decimals: decimals) } }
    }
    let words = lines.map { line in
      "\(line.name) \(line.values.last.flatMap { $0 }.map { fixedText($0, decimals: decimals) } ?? "unknown")"
    }
    return DrawnFigure(
      caption, alternative: "Last: \(words.joined(separator: ", ")).",
      drawing: .lines(lines, at: times, marks: marks),
      numbers: Table(caption, columns: [.text("Day")] + lines.map { .figure($0.name) }, rows: rows))
  }
}
