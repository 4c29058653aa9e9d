import Market
import Rendering
import Store

extension DailyReport {
  /// The report as a document in GitHub's Markdown, for people.
  ///
  /// Text from outside shows as it is and never becomes markup.
  package func markdown() -> String {
    Markdown.document(
      opening + overview + (isByClass ? [] : assets).flatMap { $0.markdown(asOf: asOf) } + sampled.markdown(asOf: asOf)
        + (sentiment?.markdown(asOf: asOf) ?? [])
        + missing.markdown + sourceList + traces)
  }

  /// Which question tells what stands behind each text; nothing in a record whose summaries were never stored.
  private var traces: [String] {
    let shown =
      [("", "the market")]
      + (isByClass ? [] : assets).map { ($0.facts.day.asset.symbol, oneLine($0.facts.day.asset.symbol)) }
    let items = shown.compactMap { symbol, name in
      summaryIDs[symbol].map { "- " + Markdown.escaped(name) + ": `appliance why summary \($0)`" }
    }
    guard !items.isEmpty else { return [] }
    return [
      Markdown.heading("Where the figures come from", level: 2), "The facts behind each summary, and how to ask:",
      items.joined(separator: "\n"),
    ]
  }

  private var opening: [String] {
    var blocks = [Markdown.heading("Daily report, \(day.weekdayName), \(day.spelled)")]
    if origin == .demo {
      blocks.append(
        Markdown.strong("Demo data.") + " "
          + Markdown.escaped("The figures are invented and say nothing about the markets of that day."))
    }
    if let knownOn {
      blocks.append(Markdown.paragraph("As known on \(knownOn.spelled): what was answered later is left out."))
    }
    blocks.append(Markdown.paragraph(state))
    return blocks
  }

  private var state: String {
    isRunning
      ? "The day was still running when the record was last brought up to date, at \(asOf.spelled); ages are "
        + "measured to that time. All hours are UTC."
      : "The whole UTC day; ages are measured to its end. All hours are UTC."
  }

  private var overview: [String] {
    let summary = [
      Markdown.heading("The market", level: 2), Markdown.paragraph(MarketSummary(facts: market).text),
    ]
    guard !assets.isEmpty else { return summary }
    guard !isByClass else {
      let whole = "appliance report daily --date \(day) --all"
      return summary + ClassTable(market: market, asOf: asOf, whole: whole).markdown
    }
    return summary + [
      PaddedTable(columns: DailyReport.overviewColumns, rows: assets.map { $0.overviewRow(asOf: asOf) }).text,
      Markdown.paragraph(
        "24 h: change over 24 hours. Volatility: of seven days, a year. Volume: in units of the asset. "
          + "Age: since the newest bar closed."),
    ]
  }

  /// Headings of columns that a narrow screen does without before the others.
  package static let minorColumns: Set<String> = [
    "Open", "High", "Low", "In", "Hours", "Volume", "Age", "Source", "Bars",
  ]

  private static let overviewColumns: [Column] = [
    .text("Asset"), .figure("Open"), .figure("High"), .figure("Low"), .figure("Close"), .text("In"), .figure("24 h"),
    .figure("Volatility"), .figure("Volume"), .figure("Age"), .text("Source"),
  ]

  private var sourceList: [String] {
    let items = sources.map { source in
      return "- " + Markdown.escaped(source.title) + linkText(source.homepage) + ": "
        + Markdown.escaped(source.contents)
    }
    return [Markdown.heading("Sources", level: 2), "The data come from:", items.joined(separator: "\n")]
  }

  /// An address that is nothing but an address becomes a link.
  private func linkText(_ homepage: String) -> String {
    guard !homepage.isEmpty else { return "" }
    let isPlain = homepage.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"<>"`\|"#.utf8.contains($0) }
    let isAddress = isPlain && (homepage.hasPrefix("https://") || homepage.hasPrefix("http://"))
    return " (" + (isAddress ? "<\(homepage)>" : Markdown.escaped(homepage)) + ")"
  }
}

extension SourceSection {
  /// `hourly bars of BTCUSDT and ETHUSDT`
  fileprivate var contents: String {
    let titles = series.map(\.datasetTitle)
    let distinct = titles.enumerated().filter { titles.firstIndex(of: $1) == $0 }.map(\.element)
    return distinct.map { title in
      let symbols = series.filter { $0.datasetTitle == title }.map { oneLine($0.providerSymbol) }
      return title + " " + enumeration(symbols)
    }.joined(separator: "; ")
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
    default: "\(dataset.rawValue.replacing("_", with: " ")) of"
    }
  }
}
