import Market
import Store
import Testing

@testable import Reports

@Suite struct DayBarsInReportTests {
  private static let solDays = SeriesKey(
    dataset: .bar, provider: "binance", providerSymbol: "SOLUSDT", interval: .day1)

  private func addDays(_ days: [String], to record: Record, at now: String) async throws {
    try record.store.catalogue.add(
      Catalogue(
        assets: Catalogue.small.assets, funds: [],
        series: [SeriesDefinition(key: Self.solDays, asset: "SOL", quoteCurrency: "USDT", priority: 1)]),
      providers: .known)
    let bars = days.map { Bar(openTime: day($0).start, open: 200, high: 210, low: 190, close: 205, volume: 1) }
    try await record.run(at: now, [Reading(series: Self.solDays, facts: .bars(bars), covers: nil)])
  }

  @Test func `a day of which a bar is stored has prices, and one without has none`() async throws {
    let record = try await Record.ofThreeDays()
    try await addDays(["2025-09-17", "2025-09-18"], to: record, at: "2025-09-19T22:40Z")
    let there = try DailyReport(of: day("2025-09-18"), from: record.store).markdown()
    #expect(there.contains("- One bar for the whole day, and none within it to report on: SOL."))
    #expect(!there.contains("No prices on this day"))
    let absent = try DailyReport(of: day("2025-09-19"), from: record.store).markdown()
    #expect(absent.contains("- No prices on this day, though on others: SOL."))
  }

  @Test func `a file with bars of whole days only says that hours are missing, and not all prices`() async throws {
    let record = try Record()
    try await addDays(["2025-09-18"], to: record, at: "2025-09-19T22:40Z")
    let error = #expect(throws: ReportError.self) { try DailyReport(from: record.store) }
    #expect(error?.description.contains("only bars of whole days are stored") == true)
  }

  @Test func `a report on an asset with a bar of the day alone says so, and what prints it`() async throws {
    let record = try await Record.ofThreeDays()
    try await addDays(["2025-09-18"], to: record, at: "2025-09-19T22:40Z")
    let error = #expect(throws: ReportError.onlyDay(day("2025-09-18"), of: ["SOL"])) {
      try DailyReport(of: day("2025-09-18"), assets: ["SOL"], from: record.store)
    }
    #expect(
      error?.description
        == "only a bar of the whole day is stored of SOL for 2025-09-18, and a report is made of hours. "
        + "`appliance show SOL --interval 1d --from 2025-09-18 --to 2025-09-18` prints it")
  }

  @Test func `a report on an asset without a price of the day names its own days`() async throws {
    let record = try await Record.ofThreeDays()
    try await addDays(["2025-09-18"], to: record, at: "2025-09-19T22:40Z")
    let absent = #expect(throws: ReportError.self) {
      try DailyReport(of: day("2025-09-17"), assets: ["SOL"], from: record.store)
    }
    #expect(
      absent?.description
        == "no prices of SOL are stored for 2025-09-17, and none within any other day, of which a report is made. "
        + "`appliance show SOL` prints what there is")
    let other = #expect(throws: ReportError.self) {
      try DailyReport(of: day("2025-08-01"), assets: ["BTC"], from: record.store)
    }
    #expect(
      other?.description
        == "no prices of BTC are stored for 2025-08-01; there are 2025-09-08 to 2025-09-19. Name one of them with --date"
    )
  }

  /// 2025-07-04 is a holiday; the flows of the days around it were asked for in vain.
  @Test func `a holiday within a gap is not missing`() async throws {
    let record = try Record()
    try await record.run(
      at: "2025-07-08T22:30Z",
      [
        .hours(.btc, from: "2025-07-02T00:00Z", through: "2025-07-07T23:00Z", price: { _ in 100_000 }),
        .flows(.btcFlows, [("2025-07-02", ["IBIT": 1]), ("2025-07-08", ["IBIT": 1])]),
      ])
    try record.store.gaps.noteFailure(
      of: .btcFlows, over: day("2025-07-03").start...day("2025-07-07").start, step: nil)
    let before = try DailyReport(of: day("2025-07-03"), from: record.store).markdown()
    #expect(before.contains("Farside Investors btc: nothing for 3 July 2025"))
    #expect(!(try DailyReport(of: day("2025-07-04"), from: record.store).markdown().contains("nothing for 4 July")))
  }
}
