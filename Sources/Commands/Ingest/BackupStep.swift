import Backups
import Market
import Pipeline
import Rendering
import Store
import Synchronization
import Threads

/// The step of a run that makes the automatic backup, if one is due and anything changed.
///
/// A backup that fails is a failed step; what the run stored stays stored.
final class BackupStep: ClosingStep {
  let name = StepName.backup
  private let backups: Backups
  private let interval: Int64
  private let verification: Int64
  private let made = Mutex<BackupMade?>(nil)

  /// - Parameters:
  ///   - interval: seconds between two backups.
  ///   - verification: seconds between two checks of all of them.
  init(_ backups: Backups, every interval: Int64, verifyingEvery verification: Int64) {
    self.backups = backups
    self.interval = interval
    self.verification = verification
  }

  /// What was made, for the summary of the run.
  var result: BackupMade? { made.withLock { $0 } }

  func perform(on store: Store, at now: Instant, soFar: [StepReport]) async throws -> StepReport {
    // Of a record without a fact there is nothing to go back to.
    guard try store.catalogue.series().contains(where: { $0.count > 0 }) else {
      return skipped("nothing is stored yet")
    }
    let backups = Backups(backups, at: now)
    let (interval, verification) = (interval, verification)
    let outcome = RunOutcome(of: soFar, isCancelled: false)
    do {
      let (backup, verified) = try await blockingUntilStopped { flag in
        var backups = backups
        backups.shouldStop = { flag.isRaised }
        // First what there is: where the newest is found damaged, another one is made at once.
        let verified = try backups.verifyIfDue(every: verification)
        return (try backups.automatic(every: interval, endingRunAs: outcome), verified)
      }
      return report(backup, verified)
    } catch BackupError.interrupted {
      return StepReport(name: name, outcome: .interrupted, reason: .interrupted)
    } catch let error as BackupError {
      return StepReport(name: name, outcome: .failed, reason: .failed, detail: error.description)
    }
  }

  private func report(_ backup: AutomaticBackup, _ verified: BackupVerification?) -> StepReport {
    if let fault = verified?.faults.first {
      let more = (verified?.faults.count ?? 1) - 1
      let detail = "\(fault.name) is not good: \(fault.reason)" + (more > 0 ? ", and \(more) more" : "")
      if case .made(let backup, _) = backup { made.withLock { $0 = backup } }
      return StepReport(name: name, outcome: .failed, reason: .failed, detail: detail)
    }
    let checked = verified.map { $0.archives == 1 ? "; the one archive verified" : "; all \($0.archives) verified" }
    switch backup {
    case .made(let backup, _):
      made.withLock { $0 = backup }
      let warning = backup.copy?.warning.map { "; \($0)" } ?? ""
      return StepReport(name: name, outcome: .done, detail: "\(backup.name), proven\(warning)\(checked ?? "")")
    case .recent(let name, let age):
      return made(nothingAs: "\(name) is \(humanDuration(seconds: age)) old", checked)
    case .unchanged(let name, let age):
      return made(nothingAs: "nothing changed since \(name), \(humanDuration(seconds: age)) ago", checked)
    }
  }

  /// - Parameter checked: what was said of those that were verified, which is something done.
  private func made(nothingAs reason: String, _ checked: String?) -> StepReport {
    guard let checked else { return skipped(reason) }
    return StepReport(name: name, outcome: .done, detail: reason + checked)
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
