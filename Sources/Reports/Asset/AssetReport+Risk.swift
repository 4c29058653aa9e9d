import Market
import Metrics
import Rendering

extension AssetReport {
  /// Fewer returns than this say nothing of risk.
  static let fewestReturns = 30

  /// What figures of `RiskSummary` are called for people, and what they are to be read by.
  private static let risks: [String: (title: String, isShare: Bool, words: String)] = [
    "total_return": ("Return", true, "last close against the first"),
    "cagr": ("Growth a year", true, "by calendar time"),
    "volatility": ("Volatility", true, "a year"), "volatility_ewma": ("Volatility, weighted", true, "a year, λ 0.94"),
    "volatility_parkinson": ("Volatility, Parkinson", true, "a year, from ranges"),
    "volatility_garman_klass": ("Volatility, Garman–Klass", true, "a year, from ranges and closes"),
    "volatility_yang_zhang": ("Volatility, Yang–Zhang", true, "a year, with jumps between bars"),
    "sharpe": ("Sharpe ratio", false, "risk-free rate 0"), "sortino": ("Sortino ratio", false, "against falls alone"),
    "calmar": ("Calmar ratio", false, "growth for the deepest drawdown"),
    "max_drawdown": ("Deepest drawdown", true, "below an earlier close"),
    "var_95": ("Value at risk, a day", true, "exceeded on one day in twenty"),
    "cvar_95": ("Mean of those days", true, "conditional value at risk"),
    "var_95_normal": ("Value at risk, normal", true, "as if returns were normal"),
    "cvar_95_normal": ("Mean of those days, normal", true, "as if returns were normal"),
    "skew": ("Skewness", false, "below zero: the large moves are falls"),
    "kurtosis": ("Excess kurtosis", false, "above zero: more large moves than normal"),
  ]

  /// The figures of the last year; growth of a shorter time says little of a year.
  private func figures(of risk: RiskSummary) -> [(name: String, value: Double?)] {
    let isShort = risk.span.upperBound - risk.span.lowerBound < 360 * 86_400
    return risk.figures.map { isShort && ["cagr", "calmar"].contains($0.name) ? ($0.name, nil) : $0 }
  }

  var riskBlocks: [Block] {
    guard let risk else {
      return [
        .heading("Risk", level: 2),
        .paragraph("Too few bars: \(AssetReport.fewestReturns) returns at least say something of risk."),
      ] + fallTable
    }
    let rows = figures(of: risk).compactMap { name, value in
      AssetReport.risks[name].map { figure in
        [
          Cell(figure.title),
          Cell.figure(value) { figure.isShare ? shareText($0, decimals: 1) : fixedText($0, decimals: 2) },
          Cell(risk.span.lowerBound.day.description),
          Cell(name == "sharpe" ? interval(risk) ?? figure.words : figure.words),
        ]
      }
    }
    return [
      .heading("Risk", level: 2),
      .paragraph(
        "Over the last \(counted(risk.observations, "daily return")): from the close of "
          + "\(risk.span.lowerBound.day.spelled) to that of \(risk.span.upperBound.day.spelled)."),
      .table(
        Table(
          "Risk and return over \(counted(risk.observations, "daily return"))",
          columns: [.text("Measure"), .figure("Value"), .text("Since"), .text("Read as")], rows: rows)),
    ] + fallTable
  }

  private func interval(_ risk: RiskSummary) -> String? {
    risk.sharpe.map {
      "95 % interval \(fixedText($0.interval.lowerBound, decimals: 2)) to "
        + "\(fixedText($0.interval.upperBound, decimals: 2))"
    }
  }

  private var fallTable: [Block] {
    guard !falls.isEmpty else { return [] }
    let rows = falls.map { fall in
      [
        Cell(fall.peak.day.description), Cell(fall.trough.day.description),
        fall.recovery.map { Cell($0.day.description) } ?? Cell("not yet", value: .null),
        Cell.figure(fall.depth) { shareText($0, decimals: 1) },
      ]
    }
    return [
      .heading("The deepest drawdowns", level: 3),
      .paragraph(
        "Of all daily bars since \(bars[0].openTime.day.spelled)"
          + (risk.map { $0.span.lowerBound > bars[0].openTime } ?? false
            ? "; the table of risk above looks at a part of them." : ".")),
      .table(
        Table(
          "Drawdowns since the first bar, deepest first",
          columns: [.text("From"), .text("Lowest"), .text("Made up"), .figure("Depth")], rows: rows)),
    ]
  }

  /// For programs: the figures of the last year by the names that `metrics risk` gives them, with the days of
  /// the first and the last close behind them; `null` for too few bars.
  var riskJSON: JSONValue {
    guard let risk else { return .null }
    return .object(
      [
        ("from", .string(risk.span.lowerBound.day.description)), ("to", .string(risk.span.upperBound.day.description)),
      ]
        + figures(of: risk).map { name, value in
          (name, name == "observations" ? .integer(Int64(risk.observations)) : .optional(value))
        })
  }

  /// For programs: the five deepest falls since the first bar.
  var fallsJSON: JSONValue {
    .array(
      falls.map { fall in
        [
          "peak": .string(fall.peak.day.description), "trough": .string(fall.trough.day.description),
          "recovery": .optional(fall.recovery?.day.description), "depth": .number(fall.depth),
        ]
      })
  }
}
