import Market
import SQLite
import Store

/// What a run came to.
package struct RunReport: Sendable {
  /// The number under which the file keeps it.
  package let run: RunID
  /// How it ended as a whole.
  package let outcome: RunOutcome
  /// In the order in which the steps began.
  package let steps: [StepReport]
  /// Series that were not asked because nothing of them was due; they have no step.
  package let notDue: Int

  /// Whether nobody was asked, as nothing was due.
  package var isNothingDue: Bool {
    notDue > 0
      && !steps.contains {
        StepName.asking.contains($0.name) && ($0.outcome != .skipped || $0.reason == .rationed)
      }
  }

  /// Of all steps together.
  package var counts: StepCounts { steps.reduce(StepCounts()) { $0 + $1.counts } }

  /// A report; `steps` in the order in which they began.
  package init(run: RunID, outcome: RunOutcome, steps: [StepReport], notDue: Int = 0) {
    self.run = run
    self.outcome = outcome
    self.steps = steps
    self.notDue = notDue
  }
}

/// What happens while a run goes on, for whoever shows it.
package enum RunEvent: Sendable {
  /// What each provider is asked for at first; what falls short is asked of others besides.
  case planned([PlannedSource])
  case began(StepReport)
  /// Requests answered so far, of how many; rows so far.
  case progressed(StepReport, done: Int, of: Int)
  case ended(StepReport)
  /// Something to be told that is no step: answers of a dead run read, a dead run marked.
  case note(String)
}

/// A step that another room performs at the end of a run: summaries, the backup.
package protocol ClosingStep: Sendable {
  var name: StepName { get }

  /// - Parameter soFar: the reports of the steps before it.
  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport
}
