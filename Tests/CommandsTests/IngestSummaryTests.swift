import Market
import Pipeline
import SQLite
import Store
import Testing

@testable import Commands

@Suite struct IngestSummaryTests {
  private func status(_ steps: [StepReport], notDue: Int) -> Commands.ExitStatus {
    IngestSummary.status(
      of: RunReport(
        run: RunID(1), outcome: RunOutcome(of: steps, isCancelled: false), steps: steps, notDue: notDue))
  }

  private let keyless = StepReport(name: .etfFlows, outcome: .skipped, reason: .notConfigured)
  private let unreachable = StepReport(name: .prices, outcome: .failed, reason: .unreachable)

  @Test func `nothing due is a success, also where a source without its key stands beside`() {
    #expect(status([], notDue: 5) == .done)
    #expect(status([keyless], notDue: 4) == .done)
  }

  @Test func `where everything asked for lacked its key that is told`() {
    #expect(status([keyless], notDue: 0) == .keyMissing)
  }

  @Test func `what is due and fails is a failure, whatever is not due`() {
    #expect(status([unreachable], notDue: 4) == .unreachable)
  }
}
