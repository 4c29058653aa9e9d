import Market
import SQLite
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
    #expect(there.contains("Solana closed 18 September 2025 at 205.00 USDT, unchanged on the day before."))
    #expect(there.contains("`▄▄` daily closes, 17 Sep to 18 Sep"))
    #expect(!there.contains("No prices on this day"))
    let absent = try DailyReport(of: day("2025-09-19"), from: record.store).markdown()
    #expect(!absent.contains("Solana"), "its day is not over, and nothing is missing yet")
  }

  @Test func `what the user asks for no more is not told of as missing`() async throws {
    let record = try await Record.ofThreeDays()
    try await addDays(["2025-09-17"], to: record, at: "2025-09-19T22:40Z")
    #expect(try DailyReport(of: day("2025-09-18"), from: record.store).markdown().contains("SOL"))
    try record.store.write { db in try db.run("UPDATE asset SET removed_at = 1 WHERE symbol = 'SOL'") }
    #expect(!(try DailyReport(of: day("2025-09-18"), from: record.store).markdown().contains("SOL")))
  }

  @Test func `a file with bars of whole days only has reports of them`() async throws {
    let record = try Record()
    try await addDays(["2025-09-18"], to: record, at: "2025-09-19T22:40Z")
    let report = try DailyReport(from: record.store)
    #expect(report.day == day("2025-09-18"))
    #expect(report.markdown().contains("| SOL   |"))
    #expect(!report.markdown().contains("Day part"))
  }

  @Test func `bars whose days wait to be computed are told of, with what computes them`() throws {
    #expect(
      ReportError.waiting(of: ["SOL"]).description
        == "there is no day of SOL to report on yet: bars are stored, and their days wait to be computed. "
        + "`appliance ingest --offline` does it and asks nobody")
  }

  @Test func `without a date the newest day of the asset that is asked for counts`() async throws {
    let record = try await Record.ofThreeDays()
    try await addDays(["2025-09-17"], to: record, at: "2025-09-19T22:40Z")
    #expect(try DailyReport(assets: ["SOL"], from: record.store).day == day("2025-09-17"))
    #expect(try DailyReport(from: record.store).day == day("2025-09-19"))
  }

  @Test func `a report on an asset without a price of the day names its own days`() async throws {
    let record = try await Record.ofThreeDays()
    try await addDays(["2025-09-18"], to: record, at: "2025-09-19T22:40Z")
    let absent = #expect(throws: ReportError.self) {
      try DailyReport(of: day("2025-09-17"), assets: ["SOL"], from: record.store)
    }
    #expect(
      absent?.description
        == "no prices of SOL are stored for 2025-09-17; there are 2025-09-18. Name one of them with --date")
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

  @Test func `while there is nothing yet of a session, the one before it is told by class`() async throws {
    let record = try await Record.ofThreeDays()
    let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "ACME", interval: .day1)
    try record.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "ACME", name: "Acme & Sons", assetClass: .stock)], funds: [],
        series: [SeriesDefinition(key: key, asset: "ACME", quoteCurrency: "USD", priority: 1)]),
      providers: .known)
    let bars = [("2025-09-17", 100.0), ("2025-09-18", 103.0)].map { text, close in
      Bar(openTime: day(text).start, open: close, high: close, low: close, close: close, volume: 1)
    }
    try await record.run(at: "2025-09-19T22:40Z", [Reading(series: key, facts: .bars(bars), covers: nil)])
    let report = try DailyReport(from: record.store)
    #expect(report.day == day("2025-09-19"))
    let text = report.markdown()
    #expect(text.contains("## The last session, Thursday, 18 September 2025"))
    #expect(text.contains("| ACME  | Acme & Sons |"))
    #expect(text.contains("`appliance report daily --date 2025-09-18`"))
    #expect(report.json().compact.contains(#""last_session":{"day":"2025-09-18","assets":[{"asset":"ACME","#))
    // Of its own day it is told as such, and in a report on others not at all.
    #expect(try DailyReport(of: day("2025-09-18"), from: record.store).lastSession == nil)
    #expect(try DailyReport(assets: ["BTC"], from: record.store).lastSession == nil)
  }
}
