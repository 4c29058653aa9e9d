import Market
import Metrics
import Rendering
import Store

extension WeeklyReport: WrittenReport {
  /// Of what it is.
  package var order: ReportOrder {
    ReportOrder(kind: .weekly, day: day, symbols: nil, isWhole: false, adjustment: prices.adjustment)
  }

  /// The report as a page, to be shown in any form.
  package var document: Document {
    Document(
      "Week of \(monday.spelled) to \(day.spelled)",
      description:
        "What moved over the week, and how assets moved along with each other, from the record of an appliance.",
      blocks: opening + missingBlocks + moved + correlationBlocks + portfolioBlocks + coverageBlocks + sourceList)
  }

  private var opening: [Block] {
    var blocks: [Block] = origin == .demo ? [demoNote] : []
    if let knownOn {
      blocks.append(.paragraph("As known on \(knownOn.spelled): what was answered later is left out."))
    }
    let state =
      asOf < day.end
      ? "The week was still running when the record was last brought up to date, at \(asOf.spelled)."
      : "The whole week, Monday to Sunday, by daily bars."
    return blocks + [.paragraph(state)] + prices.blocks
  }

  /// Of assets that lack as many bars so many are named.
  private static let named = 12

  private var missingBlocks: [Block] {
    let missing = Dictionary(grouping: assets) { $0.coverage.suffix(7).count { $0 == .none } }
    let holes = missing.filter { $0.key > 0 }.sorted { $0.key > $1.key }.map { days, assets in
      Prose("\(named(assets.map { oneLine($0.asset.symbol) })): \(counted(days, "daily bar")) of the week missing.")
    }
    let without = absent.isEmpty ? [] : [Prose("\(named(absent.map(oneLine))): no daily bar of the week.")]
    let all = without + holes
    return [
      .heading("What is missing", level: 2),
      all.isEmpty ? .paragraph("Nothing: every daily bar of the week that is due is there.") : .list(all),
    ]
  }

  private func named(_ symbols: [String]) -> String {
    enumeration(
      symbols.count > Self.named
        ? symbols.prefix(Self.named) + ["\(symbols.count - Self.named) more"] : symbols)
  }

  private var moved: [Block] {
    let ranked = ranked
    let top = ranked.prefix(ClassTable.movers)
    let ends = top + ranked.dropFirst(top.count).suffix(ClassTable.movers)
    let columns: [Table.Column] = [
      .text("Asset"), .text("Class").minor, .figure("Close"), .text("In").minor, .figure("Week"), .curve("60 bars"),
      .figure("Volatility"),
    ]
    return [
      .heading("What moved over the week", level: 2), .table(classes),
    ]
      + (ends.isEmpty
        ? []
        : [
          .table(Table("The largest rises and falls of the week", columns: columns, rows: ends.map(row)))
        ])
      + [
        .paragraph(
          "Week: the last close against the last one before the week. Volatility: of 30 daily returns, a year. "
            + "What was is no advice on what will be.")
      ]
  }

  private func row(_ asset: WeekOfAsset) -> [Cell] {
    [
      Cell(oneLine(asset.asset.symbol)), Cell(asset.asset.assetClass.noun(count: 1)),
      .figure(asset.close) { priceText($0) }, Cell(oneLine(asset.course.series.quoteCurrency ?? "")),
      .change(asset.change), Cell(curve: asset.course.bars.map { $0?.close }),
      .figure(asset.volatility) { shareText($0, decimals: 1) },
    ]
  }

  private var classes: Table {
    let rows = AssetClass.allCases.compactMap { assetClass -> [Cell]? in
      let members = assets.filter { $0.asset.assetClass == assetClass }
      guard !members.isEmpty else { return nil }
      let changes = members.compactMap(\.change)
      return [
        Cell("\(members.count) \(assetClass.noun(count: members.count))"), .count(changes.filter { $0 > 0 }.count),
        .count(changes.filter { $0 < 0 }.count), .change(Metrics.median(changes)),
      ]
    }
    return Table(
      "The week by class", columns: [.text("Class"), .figure("Up"), .figure("Down"), .figure("Median")], rows: rows)
  }

  private var correlationBlocks: [Block] {
    let heading = Block.heading("How they moved along with each other", level: 2)
    guard let correlation else {
      return [heading, .paragraph("Too few days are common to them for a correlation: 30 returns at least.")]
    }
    let names = correlation.symbols.map(oneLine)
    let values = correlation.matrix.values
    func text(_ value: Double) -> String { fixedText(value, decimals: 2) }
    let table = Table(
      "Correlation of daily log returns", columns: [.text("Asset")] + names.map(Table.Column.figure),
      rows: names.indices.map { row in
        [Cell(names[row])] + names.indices.map { column in Cell.figure(values[row][column], text) }
      })
    let words = WeeklyReport.extremes(of: values, names)
    return [
      heading,
      .figure(
        DrawnFigure(
          "Correlation of daily log returns over \(WeekCorrelation.span) days: blue together, orange against each other.",
          alternative: words,
          drawing: .heatMap(names, values), numbers: table,
          instead: [Prose(words)])),
      .paragraph(
        "Of \(names.count) assets\(names.count < assets.count ? ", the coins and what moved most" : ""): from \(correlation.matrix.observations) returns between days that all of them have, shrunk towards none by "
          + "\(shareText(correlation.matrix.shrinkage, decimals: 0)) (Ledoit and Wolf, 2004)."),
    ]
  }

  /// `Correlation of ONE and TWO: −0.99.` of two; of more the highest and the lowest.
  private static func extremes(of values: [[Double?]], _ names: [String]) -> String {
    let pairs = names.indices.flatMap { row in
      names.indices.filter { $0 < row }.compactMap { column in
        values[row][column].map { (value: $0, text: "\(names[column]) and \(names[row])") }
      }
    }
    func words(_ pair: (value: Double, text: String)) -> String { "\(pair.text) \(fixedText(pair.value, decimals: 2))" }
    guard let high = pairs.max(by: { $0.value < $1.value }), let low = pairs.min(by: { $0.value < $1.value }) else {
      return "None of them moved."
    }
    return pairs.count == 1
      ? "Correlation: \(words(high))." : "Highest correlation: \(words(high)); lowest: \(words(low))."
  }

  private var coverageBlocks: [Block] {
    let days = Array(day - (WeekOfAsset.span - 1)...day)
    let shown =
      assets.count > ClassTable.mostAssets ? assets.filter { $0.coverage.contains(.none) } : assets
    guard !shown.isEmpty else { return [] }
    let rows = shown.prefix(30).map { (name: oneLine($0.asset.symbol), marks: $0.coverage) }
    let numbers = Table(
      "Daily bars of four weeks", columns: [.text("Asset"), .figure("There"), .figure("Missing")],
      rows: shown.map { asset in
        [
          Cell(oneLine(asset.asset.symbol)), Cell("\(asset.coverage.filter { $0 == .whole }.count)"),
          Cell("\(asset.coverage.filter { $0 == .none }.count)"),
        ]
      })
    return [
      .heading("What is there", level: 2),
      .figure(
        DrawnFigure(
          "Daily bars of four weeks. Square: there; cross: missing; dot: closed.",
          alternative: "A row of days for each of \(counted(shown.count, "asset")).",
          drawing: .coverage(rows, on: days), numbers: numbers,
          instead: rows.map { row in
            Prose([.code(String(row.marks.map(\.rawValue))), .plain(" \(row.name)")])
          })),
    ]
  }

  private var sourceList: [Block] { [.heading("Sources", level: 2)] + sourceBlocks(of: sources) }
}

// MARK: - For programs

extension WeeklyReport {
  /// The same content for programs. `version` is 1 until a member changes its meaning or goes.
  package func json() -> JSONValue {
    .object(
      [
        ("version", 1), ("report", "weekly"), ("from", .string(monday.description)), ("to", .string(day.description)),
        ("as_of", .string(asOf.description)), ("origin", .optional(origin?.rawValue)),
        (
          "assets",
          .array(
            assets.map { asset in
              [
                "asset": .string(asset.asset.symbol), "class": .string(asset.asset.assetClass.rawValue),
                "close": .number(asset.close), "change_1w": .optional(asset.change),
                "volatility_30": .optional(asset.volatility),
                "missing_4w": .integer(Int64(asset.coverage.filter { $0 == .none }.count)),
              ]
            })
        ),
        ("correlation", correlation?.json ?? .null),
      ] + prices.json + portfolioJSON)
  }

  /// With the bars that are drawn.
  package var facts: JSONValue { ["report": json(), "drawn": .array(assets.map(\.course.json))] }
}

extension WeekCorrelation {
  fileprivate var json: JSONValue {
    [
      "assets": .array(symbols.map(JSONValue.string)), "observations": .integer(Int64(matrix.observations)),
      "shrinkage": .number(matrix.shrinkage),
      "values": .array(matrix.values.map { .array($0.map(JSONValue.optional)) }),
    ]
  }
}
