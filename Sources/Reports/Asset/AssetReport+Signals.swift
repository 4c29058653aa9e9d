import Market
import Metrics
import Rendering

extension AssetReport {
  /// Prices that others watch, by name; highest first: the nearest turns, the averages that the trend goes by, and the last
  /// close among them.
  var levels: [(name: String, price: Double)] {
    var found: [(name: String, price: Double)] = []
    if let resistance = analysis?.signals.resistance { found.append(("resistance", resistance)) }
    for period in [50, 200] {
      var average = SimpleMovingAverage(period: period)
      if let value = bars.map({ average.take($0) }).last.flatMap({ $0 }) {
        found.append(("SMA \(period)", value))
      }
    }
    if let last = bars.last { found.append(("last close", last.close)) }
    if let support = analysis?.signals.support { found.append(("support", support)) }
    return found.enumerated().sorted { ($1.element.price, $0.offset) < ($0.element.price, $1.offset) }.map(\.element)
  }

  /// What the rules say, in words, and the levels.
  var signalBlocks: [Block] {
    guard let analysis, let last = bars.last?.close else { return [] }
    let rows = levels.map { level in
      [
        Cell(level.name), price(level.price),
        level.name == "last close" || last <= 0 ? Cell.missing : .change(level.price / last - 1),
      ]
    }
    return [
      .heading("What the rules say", level: 2), .paragraph(words(analysis)),
      .table(
        Table(
          "Levels, highest first", columns: [.text("Level"), .figure("Price"), .figure("From close")], rows: rows)),
      .paragraph("Support and resistance: the nearest highs and lows of the last 120 bars at which prices turned."),
    ]
  }

  /// The rules' sentences, with prices as they stand elsewhere in the report.
  private func words(_ analysis: AssetAnalysis) -> String {
    analysis.text { "\(fixedPrice($0))\(quote.isEmpty ? "" : " " + quote)" }
  }

  /// For programs.
  var signalJSON: JSONValue {
    guard let analysis else { return .null }
    let signals = analysis.signals
    return [
      "edition": .integer(AssetAnalysis.edition), "trend": .optional(signals.trend?.rawValue),
      "momentum": .optional(signals.momentum), "support": .optional(signals.support),
      "resistance": .optional(signals.resistance), "regime": .optional(signals.regime?.rawValue),
      "text": .string(words(analysis)),
    ]
  }

  /// Splits and money of the last year, each beside what the price did on that day.
  var eventBlocks: [Block] {
    guard !events.isEmpty else { return [] }
    return [
      .heading("Splits and dividends", level: 2),
      .table(
        Table(
          "Splits and dividends of the last year", columns: [.text("Day"), .text("What"), .figure("Change")],
          rows: events.map { [Cell($0.day.description), Cell($0.words), .change(change(on: $0.day))] })),
      .paragraph(
        "Change: of that day's close against the one before, \(basisWords). One stood beside the other; nothing here says "
          + "that it was its cause."),
    ]
  }

  private func change(on day: Day) -> Double? {
    guard let index = bars.lastIndex(where: { $0.openTime.day == day }), index > 0 else { return nil }
    let (before, close) = (bars[index - 1].close, bars[index].close)
    return before > 0 && close > 0 ? close / before - 1 : nil
  }
}
