import Backups
import Market
import Pipeline
import Rendering
import Store
import Synchronization

/// The step of a run that makes the automatic backup, if one is due and anything changed.
///
/// A backup that fails is a failed step; what the run stored stays stored.
final class BackupStep: ClosingStep {
  let name = StepName.backup
  private let backups: Backups
  private let interval: Int64
  private let made = Mutex<BackupMade?>(nil)

  init(_ backups: Backups, every interval: Int64) {
    self.backups = backups
    self.interval = interval
  }

  /// What was made, for the summary of the run.
  var result: BackupMade? { made.withLock { $0 } }

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    let backups = Backups(backups, at: now)
    let interval = interval
    do {
      switch try await blocking({ try backups.automatic(every: interval) }) {
      case .made(let backup, _):
        made.withLock { $0 = backup }
        return StepReport(name: name, outcome: .done, detail: "\(backup.name), proven")
      case .recent(let name, let age):
        return skipped("\(name) is \(humanDuration(seconds: age)) old")
      case .unchanged(let name, let age):
        return skipped("nothing changed since \(name), \(humanDuration(seconds: age)) ago")
      }
    } catch let error as BackupError {
      return StepReport(name: name, outcome: .failed, reason: .failed, detail: error.description)
    }
  }

  private func skipped(_ detail: String) -> StepReport {
    StepReport(name: name, outcome: .skipped, reason: .nothingDue, detail: detail)
  }
}

extension Backups {
  /// The same backups with the clock standing at an instant, as a replay has it.
  fileprivate init(_ other: Backups, at now: Instant) {
    self = other
    clock = .standing(at: now)
  }
}
