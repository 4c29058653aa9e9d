import Market

/// Steps of a run in a few lines: what failed alike at one provider is told once, with a count and the first few assets.
package enum StepLines {
  /// As many steps of one kind are told one by one.
  package static let mostAlike = 3

  /// What steps are told together by.
  package struct Kind: Hashable, Sendable {
    fileprivate let name: StepName
    fileprivate let source: ProviderName?
    fileprivate let outcome: StepOutcome
    fileprivate let reason: StepReason?

    /// The kind of a step.
    package init(_ report: StepReport) {
      (name, source, outcome, reason) = (report.name, report.source, report.outcome, report.reason)
    }

    /// As many steps of the kind are told one by one: a key that is refused is refused for all.
    package var mostAlike: Int { reason == .keyRefused ? 1 : StepLines.mostAlike }
  }

  /// The lines of some steps, in the order of the first of each kind.
  package static func lines(of steps: [StepReport], style: TextStyle) -> [String] {
    let kinds = Dictionary(grouping: steps, by: Kind.init)
    var told: Set<Kind> = []
    return steps.flatMap { step -> [String] in
      let kind = Kind(step)
      guard let alike = kinds[kind], told.insert(kind).inserted else { return [] }
      guard alike.count > kind.mostAlike else { return alike.map { StepLine($0, style: style).text } }
      return [line(of: alike, first: step, style)]
    }
  }

  /// `prices yahoo   80 series failed: HTTP 429; AAPL, ABBV, ADBE and 77 more`
  private static func line(of steps: [StepReport], first: StepReport, _ style: TextStyle) -> String {
    let subject = [first.name.rawValue, first.source?.description].compactMap { $0 }.joined(separator: " ")
    let count = "\(groupedText(Int64(steps.count))) series"
    let why = TerminalText.escaped(commonest(steps))
    let outcome =
      switch first.outcome {
      case .done: count
      case .skipped: style.dim("\(count) skipped: \(why)")
      case .partial: style.yellow("\(count) partly: \(why)")
      case .failed: style.red("\(count) failed: \(why)")
      case .interrupted: style.yellow("\(count) interrupted")
      }
    let named = steps.prefix(mostAlike).map { $0.asset ?? $0.title ?? $0.series?.providerSymbol ?? $0.name.rawValue }
    let assets = TerminalText.escaped(named.joined(separator: ", "))
    return TerminalText.escaped(subject).padded(to: 28)
      + "  \(outcome); \(assets)"
      + (steps.count > named.count ? " and \(groupedText(Int64(steps.count - named.count))) more" : "")
  }

  /// The words that most of them give, of equals the first; those of the reason where each says its own.
  private static func commonest(_ steps: [StepReport]) -> String {
    let details = steps.compactMap(\.detail)
    let counts = Dictionary(details.map { ($0, 1) }, uniquingKeysWith: +)
    let most = counts.values.max() ?? 0
    let reason = steps.first?.reason?.rawValue.replacing("_", with: " ") ?? "no reason was given"
    return most > 1 ? details.first { counts[$0] == most } ?? reason : reason
  }
}
