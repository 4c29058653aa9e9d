import Market

/// One step in one line: `prices BTC binance   336 new, 1 request, 0.2 s`.
package struct StepLine {
  /// What it is about, filled up to a column.
  package let subject: String
  /// What came of it.
  package let outcome: String

  /// Tells of a report; text from outside is escaped here.
  package init(_ report: StepReport, style: TextStyle) {
    // Bars of an hour unless said otherwise.
    let interval = report.series.flatMap { $0.dataset == .bar && $0.interval != .hour1 ? $0.interval.rawValue : nil }
    // Of what has no asset there may be many at one source.
    let id = report.series.flatMap { $0.dataset == .macroObservation ? $0.providerSymbol : nil }
    let words = [report.name.rawValue, report.asset ?? report.title ?? id, report.source?.description, interval]
      .compactMap { $0 }
    subject = TerminalText.escaped(words.joined(separator: " ")).padded(to: 28)
    outcome = StepLine.outcome(report, style)
  }

  /// Both.
  package var text: String { "\(subject)  \(outcome)" }

  private static func outcome(_ report: StepReport, _ style: TextStyle) -> String {
    let counts = report.counts
    var parts = [
      "\(groupedText(Int64(counts.new))) new, \(groupedText(Int64(counts.changed))) changed, \(groupedText(Int64(counts.unchanged))) unchanged"
    ]
    if counts.refused > 0 { parts.append(style.yellow("\(groupedText(Int64(counts.refused))) refused")) }
    if counts.requests > 0 { parts.append(counted(counts.requests, "request")) }
    let why = TerminalText.escaped(
      report.detail ?? report.reason?.rawValue.replacing("_", with: " ") ?? "no reason was given")
    switch report.outcome {
    case .done where counts == StepCounts() && report.detail != nil: return why
    // What a model did, and what it cost, beside what was written; what of a feed was left out.
    case .done where [.summaries, .news].contains(report.name) && report.detail != nil:
      return parts.joined(separator: ", ") + "; \(why)"
    case .done: return (parts + ["\(fixedText(report.seconds, decimals: 1)) s"]).joined(separator: ", ")
    case .skipped: return style.dim("skipped: \(why)")
    case .partial: return style.yellow("partly: \(why)") + "; " + parts.joined(separator: ", ")
    case .failed: return style.red("failed: \(why)")
    case .interrupted: return style.yellow("interrupted") + "; " + parts.joined(separator: ", ")
    }
  }
}

extension String {
  /// Filled with spaces to a width, for texts of our own that are plain ASCII.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
