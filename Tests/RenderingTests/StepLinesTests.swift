import Market
import Testing

@testable import Rendering

@Suite struct StepLinesTests {
  private func step(_ asset: String, _ reason: StepReason = .throttled, _ detail: String? = nil) -> StepReport {
    StepReport(
      name: .prices,
      series: SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: asset, interval: .day1), asset: asset,
      outcome: .failed, reason: reason, detail: detail)
  }

  private func lines(_ steps: [StepReport]) -> [String] { StepLines.lines(of: steps, style: .plain) }

  @Test func `many that one provider refused alike are one line with a count and the first few assets`() {
    let steps = ["AAPL", "ABBV", "ADBE", "AMD", "AMZN"].map { step($0, .throttled, "HTTP 429") }
    #expect(
      lines(steps) == ["prices yahoo                  5 series failed: HTTP 429; AAPL, ABBV, ADBE and 2 more"])
  }

  @Test func `what a model did is told beside what was written`() {
    let step = StepReport(
      name: .summaries, outcome: .done, detail: "2 texts by made-1; 3 left: the budget is reached",
      counts: StepCounts(new: 2, requests: 2))
    #expect(
      StepLine(step, style: .plain).outcome
        == "2 new, 0 changed, 0 unchanged, 2 requests; 2 texts by made-1; 3 left: the budget is reached")
  }

  @Test func `three of a kind are told one by one`() {
    #expect(lines(["AAPL", "ABBV", "ADBE"].map { step($0) }).count == 3)
  }

  @Test func `what failed for another reason has a line of its own`() {
    let steps = ["A", "B", "C", "D"].map { step($0) } + [step("E", .unknownSymbol, "does not know E")]
    #expect(lines(steps).count == 2)
    #expect(lines(steps).last?.hasSuffix("failed: does not know E") == true)
  }

  @Test func `where each says something of its own the reason is told`() {
    let steps = ["A", "B", "C", "D"].map { step($0, .unknownSymbol, "does not know \($0)") }
    #expect(lines(steps).first?.contains("4 series failed: unknown symbol; A, B, C and 1 more") == true)
  }

  @Test func `the words of most are told where one differs`() {
    let steps = [step("A", .throttled, "first")] + ["B", "C", "D"].map { step($0, .throttled, "like others") }
    #expect(lines(steps).first?.contains("failed: like others;") == true)
  }

  @Test func `figures of a thousand and more are grouped, and one request is one`() {
    let counts = StepCounts(new: 1234, refused: 2345, requests: 1)
    let line = StepLine(StepReport(name: .prices, outcome: .done, counts: counts), style: .plain).text
    #expect(line.contains("1,234 new, 0 changed, 0 unchanged, 2,345 refused, 1 request, "))
    #expect(counted(1234, "request") == "1,234 requests")
  }
}
