import Market
import Rendering
import Store
import Testing

@testable import Reports

@Suite struct SessionReportTests {
  private static let monday = day("2025-09-15")

  /// Two coins up to a Monday: one climbs each day, one falls.
  private func record() async throws -> Record {
    try await Record.ofDays(
      [("UPP", (1...70).map { Double($0) + 100 }), ("DWN", (1...70).map { 200 - Double($0) })], until: Self.monday,
      asked: "2025-09-16T12:30Z")
  }

  @Test func `the end of a day reads as its golden file`() async throws {
    let report = try EndOfDayReport(of: Self.monday, from: try await record().store)
    Golden.expect(report.document.markdown, equals: "eod.md")
    Golden.expect(report.json().pretty, equals: "eod.json")
  }

  @Test func `the start of a day reads as its golden file`() async throws {
    let report = try StartOfDayReport(from: try await record().store)
    Golden.expect(report.document.markdown, equals: "sod.md")
    Golden.expect(report.json().pretty, equals: "sod.json")
  }

  @Test func `breadth counts what rose, what stands above its mean, and what is beyond its days before`() async throws {
    let report = try EndOfDayReport(of: Self.monday, from: try await record().store)
    let coins = try #require(report.breadth.first)
    #expect((coins.day.rising, coins.day.falling) == (1, 1))
    #expect((coins.above, coins.known) == (1, 2))
    #expect((coins.highs, coins.lows) == (1, 1))
  }

  @Test func `what is missing is said before what moved, and nothing is said to be a cause`() async throws {
    let store = try await Record.ofThreeDays().store
    let text = try EndOfDayReport(from: store).document.markdown
    let missing = try #require(text.firstRange(of: "## What is missing or stale"))
    let moved = try #require(text.firstRange(of: "## What moved"))
    #expect(missing.lowerBound < moved.lowerBound)
    #expect(text.contains("Nothing here says that it was their cause."))
    #expect(!text.contains("because"))
  }

  @Test func `an early close that the file has noted is told as one`() async throws {
    let record = try await record()
    let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "ACME", interval: .day1)
    try record.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "ACME", name: "Acme", assetClass: .stock)], funds: [],
        series: [SeriesDefinition(key: key, asset: "ACME", quoteCurrency: "USD", priority: 1)]), providers: .known)
    func text() throws -> String { try EndOfDayReport(of: Self.monday, from: record.store).document.markdown }
    #expect(
      try text().contains(
        "NYSE closed at 2025-09-15 20:00 UTC: nothing of that session is in the record yet.\n\n## What is m"))
    let bar = Bar(openTime: Self.monday.start, open: 1, high: 1, low: 1, close: 1, volume: 1)
    try await record.run(at: "2025-09-16T12:31Z", [Reading(series: key, facts: .bars([bar]), covers: nil)])
    #expect(!(try text().contains("nothing of that session")))
    #expect(try text().contains("NYSE closed at 2025-09-15 20:00 UTC."))
    try record.store.write { db in
      try db.run("INSERT INTO decision (decided_at, kind, subject) VALUES (1, 'calendar.close', 'NYSE 2025-09-15')")
      try db.run("INSERT INTO market_closure VALUES ('NYSE', '2025-09-15', '13:00', 'storm', last_insert_rowid())")
    }
    #expect(try text().contains("NYSE closed early, at 2025-09-15 17:00 UTC."))
  }

  @Test func `a day starts with the newest day before it, whatever has come of itself`() async throws {
    let store = try await Record.ofThreeDays().store
    let report = try StartOfDayReport(of: friday, from: store)
    #expect(report.base.day == friday - 1)
    #expect(report.document.title == "Start of day, Friday, 19 September 2025")
  }

  @Test func `sources and traces are those of what stands in the report`() async throws {
    let record = try await Record.ofThreeDays()
    _ = try writeSummaries(in: record.store, now: instant("2025-09-19T22:30Z"))
    let daily = try DailyReport(of: friday - 1, from: record.store).document.markdown
    #expect(daily.contains("- BTC: `appliance why summary"))
    for text in [
      try StartOfDayReport(of: friday, from: record.store).document.markdown,
      try EndOfDayReport(of: friday - 1, from: record.store).document.markdown,
    ] {
      #expect(text.contains("The facts behind the summary of the market: `appliance why summary"))
      #expect(!text.contains("- BTC: `appliance why summary"))
    }
  }

  @Test func `a day before which there is nothing is an error that says which days there are`() async throws {
    let store = try await record().store
    #expect(throws: ReportError.self) { try StartOfDayReport(of: Self.monday - 200, from: store) }
  }
}
