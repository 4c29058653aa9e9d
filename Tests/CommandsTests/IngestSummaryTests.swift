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

  @Test func `a ration of our own that is used up is a success`() {
    let held = StepReport(name: .etfFlows, outcome: .skipped, reason: .rationed)
    let cut = StepReport(name: .etfFlows, outcome: .partial, reason: .rationed)
    #expect(status([held], notDue: 0) == .done)
    #expect(status([held, cut, StepReport(name: .prices, outcome: .done)], notDue: 2) == .done)
    #expect(status([held, unreachable], notDue: 0) == .unreachable)
  }

  private func next(_ steps: StepReport..., replaying replay: String? = nil) -> String {
    IngestSummary.next(
      after: RunReport(run: RunID(1), outcome: RunOutcome(of: steps, isCancelled: false), steps: steps),
      replaying: replay)
  }

  private func step(_ dataset: Dataset, of asset: String?, new: Int) -> StepReport {
    StepReport(
      name: .prices,
      series: SeriesKey(
        dataset: dataset, provider: "x", providerSymbol: "x", interval: dataset == .bar ? .hour1 : .day1),
      asset: asset, outcome: .done, counts: StepCounts(new: new))
  }

  @Test func `the next line names what the run brought`() {
    #expect(next(step(.bar, of: "BTC", new: 0), step(.bar, of: "ETH", new: 3)) == "show ETH --last 24h")
    #expect(next(step(.sentiment, of: nil, new: 1)) == "show sentiment_daily")
    #expect(next(step(.etfFlow, of: "BTC", new: 1)) == "show etf_flows_daily")
    #expect(next(step(.bar, of: "BTC", new: 0)) == "status")
  }

  @Test func `after a failure it is tried again, from the capture where there was one`() {
    #expect(next(unreachable) == "ingest --retry-failed")
    #expect(next(unreachable, replaying: "my captures") == "ingest --replay 'my captures'")
  }

  @Test func `what is due and fails is a failure, whatever is not due`() {
    #expect(status([unreachable], notDue: 4) == .unreachable)
  }
}
