import Market
import Pipeline
import Store
import Threads

/// The step of a run that puts the days that moved into words: by rule, and by a model where one is set up.
package struct TextsStep: ClosingStep {
  /// `summaries`
  package let name = StepName.summaries
  private let rules: String
  private let byRule: @Sendable (Store, Instant) throws -> StepCounts
  private let model: (@Sendable (Store) throws -> ModelClient)?

  /// - Parameters:
  ///   - rules: the name under which the rules write.
  ///   - byRule: writes what they say.
  ///   - model: makes whatever asks the model; `nil` where none is set up, or nobody is to be asked.
  package init(
    by rules: String, _ byRule: @escaping @Sendable (Store, Instant) throws -> StepCounts,
    model: (@Sendable (Store) throws -> ModelClient)?
  ) {
    (self.rules, self.byRule, self.model) = (rules, byRule, model)
  }

  /// Writes what is due.
  package func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    let counts = try await blocking { [byRule] in try byRule(store, now) }
    guard let client = try model?(store) else { return StepReport(name: name, outcome: .done, counts: counts) }
    let (more, line) = try await ModelStep(client, store: store, rules: rules).perform(at: now)
    return StepReport(name: name, outcome: .done, detail: line, counts: counts + more)
  }
}

/// What a run does about models at its end: texts that are due, within the budget. It never fails because a model did.
struct ModelStep: Sendable {
  private let client: ModelClient
  private let round: SummaryRound
  private let ledger: ModelLedger

  /// - Parameter rules: the name under which the rules write.
  init(_ client: ModelClient, store: Store, rules: String) {
    self.client = client
    round = SummaryRound(client, store: store, rules: rules)
    ledger = ModelLedger(store)
  }

  /// Writes what is due.
  ///
  /// - Returns: what it came to, and a line about it; no line where nothing was due.
  /// - Throws: only for a fault of the file.
  func perform(at now: Instant) async throws -> (counts: StepCounts, line: String?) {
    let due = try round.due(at: now)
    guard !due.isEmpty else { return (StepCounts(), nil) }
    let settings = client.settings
    if let status = try ledger.standingRefusal(of: settings.model, at: settings.provider) {
      return (
        StepCounts(),
        "\(settings.model) is not asked: it refused the last two runs (HTTP \(status)); `appliance summarize` asks it again"
      )
    }
    let report = try await round.write(beside: due)
    return (report.counts, report.line(settings.model))
  }
}

extension SummaryRound.Report {
  /// `61 texts by MODEL, 12,345 tokens; 3 without: …; 20 left: the budget is reached`
  package func line(_ model: String) -> String {
    var parts = ["\(written == 1 ? "1 text" : "\(written) texts") by \(model)"]
    if used.tokens > 0 { parts[0] += ", \(used.tokens) tokens" + (used.cost > 0 ? ", \(costText(used.cost))" : "") }
    if let first = failed.first {
      parts.append("none of \(failed.count == 1 ? first.subject : "\(failed.count)"): \(first.reason)")
    }
    if let stop { parts.append("\(left) left: \(stop.reason)") }
    return parts.joined(separator: "; ")
  }
}
