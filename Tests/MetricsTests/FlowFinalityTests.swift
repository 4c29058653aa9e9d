import Market
import Metrics
import Testing

@Suite struct FlowFinalityTests {
  /// Rows from 1 September 2025 on, a day each; columns are IBIT, FBTC and HODL.
  private func table(_ rows: [[Int64?]]) throws -> [FundRow] {
    let first = try day("2025-09-01")
    return rows.enumerated().map { offset, flows in
      FundRow(day: first + offset, flows: Dictionary(uniqueKeysWithValues: zip(["IBIT", "FBTC", "HODL"], flows)))
    }
  }

  private let settled: [[Int64?]] = [[10, 20, 0], [-5, 1, 0]]

  /// The judgement of the last row, `hours` after 00:00 UTC of its date.
  private func last(_ rows: [[Int64?]], hours: Int64) throws -> FlowDay {
    let table = try table(rows)
    let start = try #require(table.last).day.start
    return try #require(flowDays(of: table, now: start + hours * 3600).last)
  }

  @Test func `a row is final from 36 hours on when every fund has reported`() throws {
    #expect(try last(settled + [[7, -9, 1]], hours: 36).finality == .final)
    #expect(try last(settled + [[7, -9, 1]], hours: 36).totalUSD == -1)
    #expect(try last(settled + [[7, -9, 1]], hours: 35).finality == .provisional)
    #expect(try last(settled + [[7, -9, 1]], hours: 35).totalUSD == nil)
  }

  @Test func `a fund that used to report and is blank keeps the row provisional`() throws {
    #expect(try last(settled + [[nil, 20, 0]], hours: 71).finality == .provisional)
    #expect(try last(settled + [[nil, 20, 0]], hours: 71).totalUSD == nil)
  }

  @Test func `a fund that never reported is not waited for`() throws {
    #expect(
      try last([[10, 20, nil], [7, -9, nil]], hours: 40)
        == FlowDay(day: day("2025-09-02"), finality: .final, totalUSD: -2))
  }

  @Test func `a fund missing from the row altogether is blank`() throws {
    var rows = try table(settled)
    let today = try day("2025-09-03")
    rows.append(FundRow(day: today, flows: ["IBIT": 1, "FBTC": 2]))
    #expect(flowDays(of: rows, now: today.start + 40 * 3600).last?.finality == .provisional)
  }

  @Test func `a fund silent for five rows is no longer waited for`() throws {
    let withHODL: [[Int64?]] = [[1, 1, 1]]
    let without = [[Int64?]](repeating: [1, 1, nil], count: 5)
    #expect(try last(withHODL + without, hours: 40).finality == .provisional)
    #expect(try last(withHODL + without + [[1, 1, nil]], hours: 40).finality == .final)
  }

  @Test func `nothing but zeros may be a placeholder until three days have passed`() throws {
    #expect(try last(settled + [[0, 0, 0]], hours: 71).finality == .provisional)
    #expect(try last(settled + [[0, 0, 0]], hours: 72).totalUSD == 0)
    #expect(try last(settled + [[0, 0, 0]], hours: 72).finality == .final)
  }

  @Test func `after three days what is there is accepted`() throws {
    #expect(
      try last(settled + [[nil, 20, 0]], hours: 72) == FlowDay(day: day("2025-09-03"), finality: .final, totalUSD: 20))
  }

  @Test func `a day of blanks becomes a day on which nobody reports`() throws {
    #expect(try last(settled + [[nil, nil, nil]], hours: 71).finality == .provisional)
    let later = try last(settled + [[nil, nil, nil]], hours: 72)
    #expect(later.finality == .notReporting)
    #expect(later.totalUSD == nil)
  }

  @Test func `a holiday does not shorten the memory of who reports`() throws {
    let holidays = [[Int64?]](repeating: [nil, nil, nil], count: 6)
    #expect(try last(settled + holidays + [[nil, 20, 0]], hours: 40).finality == .provisional)
  }

  @Test func `a sum that does not fit is no sum`() throws {
    #expect(try last([[.max, 1, 0]], hours: 72).totalUSD == nil)
    #expect(try last([[.max, 1, -1]], hours: 72).totalUSD == .max)
  }

  @Test func `rows are made of flows by day, without the source's total`() throws {
    let (monday, tuesday) = try (day("2025-09-01"), day("2025-09-02"))
    let flows = [
      EtfFlow(day: tuesday, ticker: "IBIT", netFlowUSD: nil), EtfFlow(day: monday, ticker: "IBIT", netFlowUSD: 5),
      EtfFlow(day: monday, ticker: EtfFlow.total, netFlowUSD: 99), EtfFlow(day: monday, ticker: "HODL", netFlowUSD: 0),
    ]
    #expect(
      FundRow.rows(of: flows) == [
        FundRow(day: monday, flows: ["IBIT": 5, "HODL": 0]), FundRow(day: tuesday, flows: ["IBIT": nil]),
      ])
  }
}
