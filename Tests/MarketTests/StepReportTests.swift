import Market
import Testing

@Suite struct StepReportTests {
  private static let bars = SeriesKey(
    dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)

  @Test func `for programs a step leaves out what it does not know`() {
    #expect(
      StepReport(name: .snapshot, outcome: .done, counts: StepCounts(new: 2), seconds: 0.123_456).json == [
        "name": "snapshot", "outcome": "done", "new": 2, "changed": 0, "unchanged": 0, "refused": 0, "requests": 0,
        "bytes": 0, "seconds": 0.123,
      ])
  }

  @Test func `and says of whom it was asked, and why it failed`() {
    let report = StepReport(
      name: .prices, series: Self.bars, asset: "BTC", outcome: .failed, reason: .unreachable, detail: "no route",
      counts: StepCounts(requests: 3))
    #expect(
      report.json == [
        "name": "prices", "asset": "BTC", "source": "binance", "interval": "1h", "outcome": "failed",
        "reason": "unreachable",
        "detail": "no route", "new": 0, "changed": 0, "unchanged": 0, "refused": 0, "requests": 3, "bytes": 0,
        "seconds": .number(0),
      ])
  }
}
