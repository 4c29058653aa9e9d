import Health
import Market
import Pipeline
import SQLite
import Store
import Testing

@testable import Commands

@Suite struct ExitStatusTests {
  @Test(
    arguments: [
      (.noDatabase(path: "x"), .noDatabase), (.locked(path: "x", holder: "y"), .locked),
      (.corrupt(path: "x", detail: "y"), .integrity), (.newer(path: "x", version: 3, known: 2), .integrity),
      (.foreign(path: "x", found: "y"), .integrity), (.diskFull(path: "x"), .failed),
    ] as [(StoreError, Commands.ExitStatus)])
  func `what is wrong with the file has its code`(error: StoreError, expected: Commands.ExitStatus) {
    #expect(Exit.status(of: error) == expected)
  }

  @Test(
    arguments: [
      ([], .done), ([.other], .failed), ([.other, .damage], .integrity), ([.damage, .noDatabase], .noDatabase),
    ]
      as [([Finding.Problem], Commands.ExitStatus)])
  func `the problem that weighs most decides how doctor ends`(
    problems: [Finding.Problem], expected: Commands.ExitStatus
  ) {
    let findings = [Finding.ok("a", "b"), .warning("a", "b", "c")] + problems.map { .problem("a", "b", nil, $0) }
    #expect(Commands.ExitStatus(findings) == expected)
  }

  @Test(
    arguments: [
      ([.done, .done], .done), ([.done, .failed], .partly), ([.failed, .failed], .failed),
      ([.failed, .interrupted], .interrupted), ([], .done),
    ] as [([Commands.ExitStatus], Commands.ExitStatus)])
  func `several parts come to one code`(parts: [Commands.ExitStatus], expected: Commands.ExitStatus) {
    #expect(Commands.ExitStatus.all(parts) == expected)
  }

  private static func step(_ outcome: StepOutcome, _ reason: StepReason? = nil) -> StepReport {
    StepReport(name: .prices, outcome: outcome, reason: reason)
  }

  @Test(
    arguments: [
      ([step(.done), step(.skipped, .nothingDue)], .done), ([step(.done), step(.failed, .unreachable)], .partly),
      ([step(.failed, .unreachable), step(.failed, .throttled)], .unreachable),
      ([step(.failed, .unreachable), step(.failed, .shapeChanged)], .failed),
      ([step(.failed, .keyMissing), step(.skipped, .notConfigured)], .keyMissing),
    ] as [([StepReport], Commands.ExitStatus)])
  func `the steps of a run come to one code`(steps: [StepReport], expected: Commands.ExitStatus) {
    #expect(IngestSummary.status(of: RunReport(run: RunID(1), outcome: .partial, steps: steps)) == expected)
  }

  @Test func `an interrupted run is just that`() {
    let report = RunReport(run: RunID(1), outcome: .interrupted, steps: [Self.step(.failed, .unreachable)])
    #expect(IngestSummary.status(of: report) == .interrupted)
  }
}
