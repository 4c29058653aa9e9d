import Following
import Health
import Market
import Metrics
import Pipeline
import Rendering
import Store
import Threads

/// The step of a run that holds what is new against the checks of quality, and keeps what it finds.
///
/// More than is let pass is told in a line, and is no failure of the run: `quality` and `status --gate` end with 6.
struct QualityStep: ClosingStep {
  let name = StepName.quality
  let context: CommandContext

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    try await blocking { try look(at: store, now) }
  }

  private func look(at store: Store, _ now: Instant) throws -> StepReport {
    let gates = try store.following.qualityGates()
    let measures = QualityMeasures(store, gates: gates, now: now)
    guard try !measures.isSettled() else { return StepReport(name: name, outcome: .done) }
    let present = try context.presentQuality(of: store, at: now)
    let written = try measures.perform(with: present)
    let failed = try QualityReport(
      of: store, gates: gates, days: now.day - 6...now.day, trend: now.day...now.day, present: present, at: now
    ).failed
    guard written > 0 || !failed.isEmpty else { return StepReport(name: name, outcome: .done) }
    let results = written > 0 ? [counted(written, "result")] : []
    guard !failed.isEmpty else {
      return StepReport(name: name, outcome: .done, detail: (results + ["all gates passed"]).joined(separator: ", "))
    }
    let words = failed.map { "\($0.check.name): \($0.trouble(atMost: 1) ?? "")" }
    return StepReport(
      name: name, outcome: .done, reason: .gateFailed,
      detail: (results + ["beyond a gate: " + words.joined(separator: "; ")]).joined(separator: "; "))
  }
}
