import Market
import Rendering
import Store

extension DailyReport {
  /// The report as a document in GitHub's Markdown, for people.
  ///
  /// Text from outside shows as it is and never becomes markup.
  package func markdown() -> String {
    Markdown.document(
      opening + overview + assets.flatMap { $0.markdown(asOf: asOf) } + (sentiment?.markdown ?? [])
        + missing.markdown + sourceList)
  }

  private var opening: [String] {
    var blocks = [Markdown.heading("Daily report, \(day.weekdayName), \(day.spelled)")]
    if origin == .demo {
      blocks.append(
        Markdown.strong("Demo data.") + " "
          + Markdown.escaped("These figures come from the capture that is built in, not from the markets of that day."))
    }
    let state = isRunning ? "The day is still running: this is what was known at \(asOf.spelled)." : "The whole UTC day."
    blocks.append(Markdown.paragraph("\(state) All hours are UTC; ages are measured to \(asOf.endSpelled(of: day))."))
    return blocks
  }

  private var overview: [String] {
    [
      Markdown.heading("The market", level: 2),
      Markdown.paragraph(MarketSummary(facts: market).text),
      PaddedTable(columns: DailyReport.overviewColumns, rows: assets.map { $0.overviewRow(asOf: asOf) }).text,
      Markdown.paragraph(
        "24 h: change over 24 hours. Volatility: of seven days, a year. Volume: in units of the asset. "
          + "Age: since the newest bar closed."),
    ]
  }

  private static let overviewColumns: [Column] = [
    .text("Asset"), .figure("Open"), .figure("High"), .figure("Low"), .figure("Close"), .text("In"), .figure("24 h"),
    .figure("Volatility"), .figure("Volume"), .figure("Age"), .text("Source"),
  ]

  private var sourceList: [String] {
    let items = sources.map { source in
      let series = source.series.map { "\($0.datasetTitle) \(oneLine($0.providerSymbol))" }
      return "- " + Markdown.escaped(source.title) + linkText(source.homepage) + ": "
        + Markdown.escaped(series.joined(separator: ", "))
    }
    return [Markdown.heading("Sources", level: 2), "Data by:", items.joined(separator: "\n")]
  }

  /// An address that is nothing but an address becomes a link.
  private func linkText(_ homepage: String) -> String {
    guard !homepage.isEmpty else { return "" }
    let isPlain = homepage.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"<>"`\|"#.utf8.contains($0) }
    let isAddress = isPlain && (homepage.hasPrefix("https://") || homepage.hasPrefix("http://"))
    return " (" + (isAddress ? "<\(homepage)>" : Markdown.escaped(homepage)) + ")"
  }
}

extension SeriesKey {
  /// `hourly bars`
  var datasetTitle: String {
    switch (dataset, interval) {
    case (.bar, .hour1): "hourly bars of"
    case (.bar, .day1): "daily bars of"
    case (.bar, _): "\(interval) bars of"
    case (.pricePoint, _): "prices of"
    case (.sentiment, _): "sentiment index"
    case (.etfFlow, _): "fund flows of"
    }
  }
}

extension Instant {
  /// `2025-09-19 22:30 UTC`, and the last moment of a day as its end.
  func endSpelled(of day: Day) -> String { self == day.end ? "the end of the day" : spelled }
}
