import Market
import Rendering
import Store

extension DailyReport {
  /// The report as a document in GitHub's Markdown, for people.
  ///
  /// Text from outside shows as it is and never becomes markup.
  package func markdown() -> String { document.markdown }

  /// The report as a page, to be shown in any form.
  package var document: Document {
    Document(
      "Daily report, \(day.weekdayName), \(day.spelled)",
      description:
        "The day of \(counted(max(market.assets.count, sampled.count), "asset")), from the record of an appliance.",
      blocks: opening + [missing.remark].compactMap { $0 } + overview + (lastSession?.blocks ?? [])
        + (isByClass ? [] : assets).flatMap { $0.blocks(asOf: asOf) }
        + sampled.blocks(asOf: asOf) + (sentiment?.blocks(asOf: asOf) ?? [])
        + (stockMood?.blocks(isAlone: sentiment == nil, asOf: asOf) ?? []) + (macro?.blocks ?? [])
        + (themes?.blocks ?? []) + (news?.blocks("In the news") ?? []) + missing.blocks + (quality?.blocks ?? [])
        + sourceList + traces)
  }

  /// Which question tells what stands behind each text; nothing in a record whose summaries were never stored.
  private var traces: [Block] {
    traces(
      of: [("", "the market")]
        + (isByClass ? [] : assets).map { ($0.facts.day.asset.symbol, oneLine($0.facts.day.asset.symbol)) })
  }

  /// The same of the text of the market alone.
  var marketTrace: [Block] { traces(of: [("", "the market")]) }

  private func traces(of shown: [(String, String)]) -> [Block] {
    let items = shown.compactMap { symbol, name in
      summaryIDs[symbol].map { Prose([.plain(name + ": "), .code("appliance why summary \($0)")]) }
    }
    if items.count == 1, let only = items.first {
      return [.paragraph(Prose([.plain("The facts behind the summary of ")] + only.spans))]
    }
    guard !items.isEmpty else { return [] }
    return [
      .heading("Where the figures come from", level: 2), .paragraph("The facts behind each summary, and how to ask:"),
      .list(items),
    ]
  }

  var opening: [Block] { opening(saying: state) }

  /// What stands above everything.
  ///
  /// - Parameter state: what the report looks at, and when.
  func opening(saying state: String) -> [Block] {
    var blocks: [Block] = []
    if origin == .demo { blocks.append(demoNote) }
    if let knownOn {
      blocks.append(.paragraph("As known on \(knownOn.spelled): what was answered later is left out."))
    }
    blocks.append(.paragraph(state))
    return blocks + prices.blocks
  }

  private var state: String {
    isRunning
      ? "The day was still running when the record was last brought up to date, at \(asOf.spelled); ages are "
        + "measured to that time. All hours are UTC."
      : "The whole UTC day; ages are measured to its end. All hours are UTC."
  }

  private var overview: [Block] {
    let summary: [Block] = [.heading("The market", level: 2)] + texts.market(market).blocks
    guard !assets.isEmpty else { return summary }
    guard !isByClass else {
      let whole = "appliance report daily --date \(day) --all"
      let courses = Dictionary(
        assets.compactMap { asset in asset.course.map { (asset.facts.day.asset.symbol, $0) } }
      ) { first, _ in first }
      return summary
        + ClassTable(
          market: market, asOf: asOf, whole: whole, courses: courses, rows: assets.map { $0.overviewRow(asOf: asOf) }
        ).blocks
    }
    return summary + [
      .table(
        Table(
          "The day of each asset", columns: AssetSection.overviewColumns,
          rows: assets.map { $0.overviewRow(asOf: asOf) })),
      .paragraph(
        "24 h: change over 24 hours. Volatility: of seven days, a year. Volume: in units of the asset. "
          + "Age: since the newest bar closed."),
    ]
  }

  /// Headings of columns that a narrow screen does without before the others.
  package static let minorColumns: Set<String> = [
    "Open", "High", "Low", "In", "Hours", "Volume", "Age", "Source", "Bars",
  ]

  private var sourceList: [Block] {
    [.heading("Sources", level: 2)]
      + sourceBlocks(of: sources, headlines: news, naming: isByClass ? ClassTable.mostAssets : .max)
  }
}

/// Whom the figures of a report are from, and what each gave.
///
/// - Parameters:
///   - headlines: what of the news stands in the report.
///   - most: of more series than so many of one kind their number stands for their names.
func sourceBlocks(
  of sources: [SourceSection], headlines: NewsSection? = nil, naming most: Int = .max
) -> [Block] {
  let items = sources.map { source in
    Prose(
      [.plain(source.title)]
        + (source.homepage.isEmpty ? [] : [.plain(" ("), .address(source.homepage), .plain(")")])
        + [.plain(": " + source.contents(naming: most))])
  }
  let tellers = headlines?.tellers ?? []
  return [.list(items + (tellers.isEmpty ? [] : [Prose("Headlines: \(enumeration(tellers.map(oneLine)))")]))]
}

/// What stands above everything made of a demo's figures.
let demoNote = Block.note(
  Prose([.strong("Demo data."), .plain(" The figures are invented and say nothing about the markets of that day.")]))

extension SourceSection {
  /// `hourly bars of BTCUSDT and ETHUSDT`
  fileprivate func contents(naming most: Int) -> String {
    let titles = series.map(\.datasetTitle)
    let distinct = titles.enumerated().filter { titles.firstIndex(of: $1) == $0 }.map(\.element)
    let contents = distinct.map { title -> String in
      let meant = series.filter { $0.datasetTitle == title }
      // The query of a theme is longer than a line.
      if meant.first?.dataset == .themeValue { return title + " " + counted(meant.count, "theme") }
      let symbols = meant.map { oneLine($0.providerSymbol) }
      guard symbols.count > most else { return title + " " + enumeration(symbols) }
      return title.hasSuffix(" of") ? "\(title) \(symbols.count) series" : "\(symbols.count) \(title)"
    }
    return (contents + (tellsEvents ? ["events"] : [])).joined(separator: "; ")
  }
}

extension SeriesKey {
  /// `hourly bars of`
  fileprivate var datasetTitle: String {
    switch (dataset, interval) {
    case (.bar, .hour1): "hourly bars of"
    case (.bar, .day1): "daily bars of"
    case (.bar, _): "\(interval) bars of"
    case (.pricePoint, _): "prices of"
    case (.sentiment, _): "sentiment index"
    case (.etfFlow, _): "fund flows of"
    case (.macroObservation, _): "economic series"
    case (.themeValue, _): "articles a day on"
    default: "\(dataset.rawValue.replacing("_", with: " ")) of"
    }
  }
}
