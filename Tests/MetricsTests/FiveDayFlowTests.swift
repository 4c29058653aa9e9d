import Market
import Metrics
import Testing

@Suite struct FiveDayFlowTests {
  /// Days from 1 September 2025 on, in order: a total, or `nil` for a day without one.
  private func days(_ totals: [Int64?], _ missing: FlowFinality = .provisional) throws -> [FlowDay] {
    let first = try day("2025-09-01")
    return totals.enumerated().map { offset, total in
      FlowDay(day: first + offset, finality: total == nil ? missing : .final, totalUSD: total)
    }
  }

  @Test func `the last five final days are summed`() throws {
    #expect(fiveDayFlow(upTo: try day("2025-09-06"), in: try days([100, 1, 2, 3, 4, 5])) == 15)
  }

  @Test func `later days do not count`() throws {
    #expect(fiveDayFlow(upTo: try day("2025-09-05"), in: try days([1, 2, 3, 4, 5, 600])) == 15)
  }

  @Test(arguments: [FlowFinality.provisional, .notReporting])
  func `days without a total are passed over`(finality: FlowFinality) throws {
    let days = try days([1, nil, 2, 3, 4, 5, nil], finality)
    #expect(fiveDayFlow(upTo: try day("2025-09-07"), in: days) == 15)
    #expect(fiveDayFlow(upTo: try day("2025-10-07"), in: days) == 15)
  }

  @Test func `fewer than five final days have no sum`() throws {
    #expect(fiveDayFlow(upTo: try day("2025-09-07"), in: try days([1, nil, 2, 3, 4])) == nil)
    #expect(fiveDayFlow(upTo: try day("2025-08-31"), in: try days([1, 2, 3, 4, 5])) == nil)
    #expect(fiveDayFlow(upTo: try day("2025-09-07"), in: []) == nil)
  }

  @Test func `a sum that does not fit is no sum`() throws {
    #expect(fiveDayFlow(upTo: try day("2025-09-05"), in: try days([.max, 1, 0, 0, 0])) == nil)
  }
}
