import Health
import Market
import Metrics
import Rendering
import Store

extension AssetReport {
  /// The report as a page, to be shown in any form.
  package var document: Document {
    Document(
      "\(title), \(day.weekdayName), \(day.spelled)",
      description: "Chart, indicators, levels and risk of \(title), from the record of an appliance.",
      blocks: opening + chart + signalBlocks + eventBlocks + indicatorBlocks + riskBlocks + sourceBlocks)
  }

  private var title: String {
    let (name, symbol) = (oneLine(asset.name), oneLine(asset.symbol))
    return name.isEmpty || name == symbol ? symbol : "\(name) (\(symbol))"
  }

  var quote: String { oneLine(series.quoteCurrency ?? "") }

  var decimals: Int {
    priceDecimals(bars.suffix(PriceCourse.sessions).flatMap { [$0.open, $0.high, $0.low, $0.close] })
  }

  func price(_ value: Double?) -> Cell { .figure(value) { fixedPrice($0) } }

  /// A price that was computed, with as many decimals as the stored ones have.
  func fixedPrice(_ value: Double) -> String { roundedPriceText(value, decimals: decimals) }

  private var opening: [Block] {
    var blocks: [Block] = origin == .demo ? [demoNote] : []
    if let knownOn {
      blocks.append(.paragraph("As known on \(knownOn.spelled): what was answered later is left out."))
    }
    let troubles = troubles
    if !troubles.isEmpty { blocks.append(.note(Prose(troubles.joined(separator: " ")))) }
    return blocks + [.paragraph(summary)]
  }

  /// What is missing, which is said first.
  private var troubles: [String] {
    [
      late.map { late in
        "The newest daily bar is \(humanDuration(seconds: late.age)) old, and a newer one was due."
      },
      missing > 0
        ? "Of the last year \(counted(missing, "daily bar")) that should be there \(missing == 1 ? "is" : "are") missing."
        : nil,
    ].compactMap { $0 } + prices.remarks.map { oneLine($0) + "." }
  }

  private var summary: String {
    guard let last = bars.last else { return "" }
    let before = bars.dropLast().last
    let change = before.flatMap { $0.close > 0 ? last.close / $0.close - 1 : nil }
    return "\(title) closed \(last.openTime.day.spelled) at \(fixedPrice(last.close)) \(quote)"
      + (change.map { ", \(changeWords($0)) on the daily bar before" } ?? "")
      + ". Indicators, levels and drawdowns are computed from \(counted(bars.count, "daily bar")) since "
      + "\(bars[0].openTime.day.spelled), \(basisWords)\(riskSpanWords). All of it describes the past and is not advice."
  }

  /// What stands apart from that: `; risk and return from the last 252 returns, since 24 September 2023`.
  private var riskSpanWords: String {
    guard let risk else { return "" }
    return "; risk and return from the last \(counted(risk.observations, "return")), since "
      + risk.span.lowerBound.day.spelled
  }

  /// What prices are: as they are stored, or as was asked for.
  var basisWords: String { prices.adjustment?.words ?? series.basis.words }

  private var chart: [Block] {
    [
      .heading("Chart", level: 2), .figure(course.figure(of: oneLine(asset.symbol), isAlone: true)),
      .figure(drawdownFigure),
    ]
  }

  private var drawdownFigure: DrawnFigure {
    let closes = bars.suffix(PriceCourse.sessions * 6)
    let values = closes.map(\.close).map(Optional.some)
    let times = closes.map(\.openTime)
    let falls = Drawing.falls(of: values)
    let deepest = falls.compactMap { $0 }.min() ?? 0
    let rows = zip(times, falls).map { time, fall in
      [Cell(time.day.description), Cell.figure(fall) { shareText($0, decimals: 2) }]
    }
    let from = times.first?.day.spelled ?? ""
    return DrawnFigure(
      "How far \(oneLine(asset.symbol)) closed below its highest close since \(from).",
      alternative: "Deepest \(shareText(deepest, decimals: 1)), last "
        + "\(shareText(falls.last.flatMap { $0 } ?? 0, decimals: 1)) below the highest close since \(from).",
      drawing: .drawdown(ofCloses: values, at: times),
      numbers: Table("Distance from the highest close", columns: [.text("Day"), .figure("Below")], rows: rows))
  }

  private var sourceBlocks: [Block] {
    let last = bars.last?.openTime.day.description ?? ""
    return [
      .heading("Source", level: 2),
      .paragraph(
        Prose(
          [.plain("Daily bars of \(source)")]
            + (homepage.isEmpty ? [] : [.plain(" ("), .address(homepage), .plain(")")])
            + [
              .plain(
                ", \(bars[0].openTime.day) to \(last)\(fetchedText(fetchedAt, asOf: asOf)). Prices \(basisWords). "
              ),
              .code("appliance why \(oneLine(asset.symbol)) \(last) close --interval 1d"),
              .plain(" tells where a figure comes from."),
            ])),
    ]
  }
}

extension PriceBasis {
  /// What prices are in words.
  var words: String {
    switch self {
    case .asTraded: "as traded"
    case .splitAdjusted: "restated for splits"
    case .adjusted: "restated for splits and dividends"
    }
  }
}
