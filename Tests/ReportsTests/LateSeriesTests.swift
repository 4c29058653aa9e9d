import Market
import Testing

@testable import Reports

@Suite struct LateSeriesTests {
  @Test(arguments: [
    // The bar of 21:00 closes at 22:00, is due a minute later, and late a quarter of an hour after that.
    ("2025-09-19T22:15:59Z", "2025-09-19T20:00Z"), ("2025-09-19T22:16:00Z", "2025-09-19T21:00Z"),
  ])
  func `an hour is late a quarter of an hour after it is due`(now: String, newest: String) {
    #expect(LateSeries.newestDue(of: .btc, at: instant(now)) == instant(newest))
  }

  @Test(arguments: [("2025-09-19T00:29:59Z", "2025-09-18"), ("2025-09-19T00:30:00Z", "2025-09-19")])
  func `sentiment is due half an hour into its day`(now: String, newest: String) {
    #expect(LateSeries.newestDue(of: .fng, at: instant(now)) == day(newest).start)
  }

  @Test(arguments: [
    ("2025-09-19T11:59:59Z", "2025-09-17"), ("2025-09-19T12:00:00Z", "2025-09-18"),
    // Friday's are due on Saturday, and nothing else until Tuesday.
    ("2025-09-20T12:00:00Z", "2025-09-19"), ("2025-09-22T23:00:00Z", "2025-09-19"),
  ])
  func `flows are due at noon of the next day, those of weekends never`(now: String, newest: String) {
    #expect(LateSeries.newestDue(of: .btcFlows, at: instant(now)) == day(newest).start)
  }

  @Test func `sentiment and flows that stay away are told with their age and what was due`() async throws {
    let record = try await Record.ofThreeDays()
    try await record.run(
      at: "2025-09-24T12:30Z",
      [.hours(.btc, from: "2025-09-20T00:00Z", through: "2025-09-24T11:00Z", price: { _ in 115_000 })])
    let text = try DailyReport(from: record.store).markdown()
    #expect(
      text.contains(
        "- Alternative.me fng: late; the newest day is 19 September 2025, 5 d old, and 24 September 2025 was due."))
    #expect(
      text.contains(
        "- Farside Investors btc: late; the newest day is 19 September 2025, 5 d old, and 23 September 2025 was due."))
    #expect(text.contains("- No prices on this day, though on others: ETH."))
  }
}
