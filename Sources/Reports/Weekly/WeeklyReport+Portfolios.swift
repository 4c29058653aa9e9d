import Market
import Metrics
import Rendering

extension WeeklyReport {
  /// Three portfolios by rule, with what can be said against each, and what became of those of the week before.
  var portfolioBlocks: [Block] {
    let heading = Block.heading("Portfolios by rule", level: 2)
    guard let first = portfolios.first else {
      return [
        heading,
        .paragraph(
          "None are kept of this week. The first run after a week makes them, of assets with 61 daily bars or more."),
      ] + scoreBlocks
    }
    return [
      heading,
      .paragraph(
        "Made \(first.madeAt.spelled) by rule \(first.edition) from the daily bars of "
          + "\(counted(first.candidates, "asset")). They say what was, and are not advice."),
      .table(divisions),
    ] + portfolios.flatMap(blocks) + scoreBlocks
  }

  private static let parts: [Table.Column] = PortfolioClass.allCases.map { .figure($0.title) }

  private func weights(_ portfolio: StoredPortfolio) -> [Cell] {
    portfolio.weights.map { Cell("\($0.weight) %", value: .integer(Int64($0.weight))) }
  }

  private var divisions: Table {
    Table(
      "How each divides 100",
      columns: [.text("Profile")] + Self.parts + [.figure("Diversification"), .figure("Volatility")],
      rows: portfolios.map { portfolio in
        [Cell(portfolio.profile)] + weights(portfolio) + [
          .figure(portfolio.diversification) { fixedText($0, decimals: 2) },
          .figure(portfolio.volatility) { shareText($0, decimals: 1) },
        ]
      })
  }

  private func blocks(of portfolio: StoredPortfolio) -> [Block] {
    let rows = portfolio.parts.map { part in
      [
        Cell(oneLine(part.symbol)), Cell(part.part), Cell("\(part.weight) %", value: .integer(Int64(part.weight))),
        .figure(part.close) { priceText($0) }, Cell(part.reason),
      ]
    }
    let sectors = portfolio.sectors.map { "\(oneLine($0.name)) \($0.weight) %" }.joined(separator: ", ")
    return [
      .heading(portfolio.profile, level: 3),
      .table(
        Table(
          "Parts of the \(portfolio.profile) portfolio",
          columns: [
            .text("Asset"), .text("Class").minor, .figure("Weight"), .figure("Close").minor, .text("Why"),
          ], rows: rows)),
      .list((sectors.isEmpty ? [] : [Prose("By sector: \(sectors).")]) + portfolio.risks.map { Prose($0) }),
    ]
  }

  private var scoreBlocks: [Block] {
    guard !scores.isEmpty else { return [] }
    return [
      .heading("What became of last week's", level: 3),
      .table(
        Table(
          "Portfolios of the week before, over this week",
          columns: [.text("Profile")] + Self.parts + [.figure("Week")],
          rows: scores.map { [Cell($0.portfolio.profile)] + weights($0.portfolio) + [.change($0.change)] })),
      .paragraph(
        "Week: the weights of then times what each part did since, splits undone, without dividends, costs and taxes. "
          + "Beside it stand the medians of the classes above; neither is the cause of the other."),
    ]
  }

  /// For programs; empty where none are kept.
  var portfolioJSON: [(String, JSONValue)] {
    (portfolios.isEmpty ? [] : [("portfolios", .array(portfolios.map(\.json)))])
      + (scores.isEmpty ? [] : [("portfolio_scores", .array(scores.map(\.json)))])
  }
}

extension PortfolioClass {
  fileprivate var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension StoredPortfolio {
  fileprivate var json: JSONValue {
    .object(
      [
        ("profile", .string(profile)), ("edition", .integer(Int64(edition))), ("made_at", .string(madeAt.description)),
        ("candidates", .integer(Int64(candidates))),
      ] + weights.map { ($0.part.rawValue, .integer(Int64($0.weight))) } + [
        ("diversification_score", .optional(diversification)), ("volatility", .optional(volatility)),
        ("observations", .integer(Int64(observations))),
        (
          "picks",
          .array(
            parts.map { part in
              [
                "asset": .string(part.symbol), "class": .string(part.part), "weight": .integer(Int64(part.weight)),
                "close": .number(part.close), "reason": .string(part.reason),
              ]
            })
        ),
        ("sector_exposure", .object(sectors.map { ($0.name, .integer(Int64($0.weight))) })),
        ("risks", .array(risks.map(JSONValue.string))),
      ])
  }
}

extension PortfolioScore {
  fileprivate var json: JSONValue {
    [
      "profile": .string(portfolio.profile), "change_1w": .optional(change),
      "parts": .integer(Int64(portfolio.parts.count)),
      "parts_known": .integer(Int64(known)),
    ]
  }
}
