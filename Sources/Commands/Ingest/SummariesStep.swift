import Market
import Narrative
import Pipeline
import Reports
import Store
import Threads

/// The step of a run that puts the days that moved into words: by rule, and by a model where one is set up.
struct SummariesStep: ClosingStep {
  let name = StepName.summaries
  /// Makes whatever asks the model; `nil` where none is set up, or nobody is to be asked.
  var model: (@Sendable (Store) throws -> ModelClient)?

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    let counts = try await blocking { try writeSummaries(in: store, now: now) }
    guard let client = try model?(store) else { return StepReport(name: name, outcome: .done, counts: counts) }
    let (more, line) = try await ModelStep(client, store: store, rules: SummaryMaker.maker).perform(at: now)
    return StepReport(name: name, outcome: .done, detail: line, counts: counts + more)
  }
}
