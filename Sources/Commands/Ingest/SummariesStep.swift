import Market
import Pipeline
import Reports
import Store
import Threads

/// The step of a run that puts the days that moved into words, by rule.
struct SummariesStep: ClosingStep {
  let name = StepName.summaries

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    let counts = try await blocking { try writeSummaries(in: store, now: now) }
    return StepReport(name: name, outcome: .done, counts: counts)
  }
}
