import Market
import Testing

@testable import Reports

@Suite struct LateInReportTests {
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
