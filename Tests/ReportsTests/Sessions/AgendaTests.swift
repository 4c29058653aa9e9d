import Market
import Rendering
import Store
import Testing

@testable import Reports

@Suite struct AgendaTests {
  private static let monday = day("2025-09-15")
  private static let week = SeriesKey(
    dataset: .eventItem, provider: "calendar", providerSymbol: "week", interval: .day1)

  private func event(
    _ title: String, _ at: String, _ importance: EventItem.Importance, forecast: String? = nil
  ) -> EventItem {
    EventItem(
      .economic, period: Self.monday - 1, country: "USD", title: title, at: instant(at), day: instant(at).day,
      importance: importance, forecast: forecast.map { EventAmount(text: $0, number: 0.3, unit: .percent) },
      previous: EventAmount(text: "0.2%", number: 0.2, unit: .percent))
  }

  private func record() async throws -> Record {
    let record = try await Record.ofDays(
      [("UPP", (1...70).map { Double($0) + 100 })], until: Self.monday, asked: "2025-09-16T12:30Z")
    try record.store.catalogue.add(
      Catalogue(
        edition: "", listings: [], funds: [],
        others: [SeriesDefinition(key: Self.week, asset: nil, quoteCurrency: nil, priority: 1)]),
      providers: [[ProviderProfile].profile("calendar", "The Calendar", "https://calendar.example")])
    try await record.run(
      at: "2025-09-16T12:31Z",
      [
        Reading(
          series: Self.week,
          facts: .events(
            [
              event("CPI <m/m> | x", "2025-09-15T12:30:00Z", .high, forecast: "0.3%"),
              event("Small", "2025-09-15T14:00:00Z", .low), event("Rate", "2025-09-17T18:00:00Z", .high),
              event("Sales", "2025-09-16T12:30:00Z", .medium, forecast: "0.3%"),
            ].sorted { $0.key < $1.key }), covers: nil)
      ])
    return record
  }

  @Test func `a day ends with what was expected of it`() async throws {
    let report = try EndOfDayReport(of: Self.monday, from: try await record().store)
    let text = report.document.markdown
    #expect(text.contains("## What was expected and what came"))
    #expect(text.contains("| 12:30 |") && text.contains("0.3%"))
    #expect(!text.contains("CPI <m/m> | x") && !text.contains("| Small |"))
    #expect(text.contains("1 of less importance are left out"))
    #expect(!text.contains("because"))
    #expect("\(report.json())".contains("calendar"))
  }

  @Test func `a day begins with what is on and what is on in its week`() async throws {
    let report = try StartOfDayReport(of: Self.monday + 1, from: try await record().store)
    let text = report.document.markdown
    let today = try #require(text.firstRange(of: "| 12:30 | Sales"))
    let later = try #require(text.firstRange(of: "| 2025-09-17 | 18:00 | Rate"))
    #expect(today.lowerBound < later.lowerBound)
    #expect(!text.contains("CPI"))
  }

  @Test func `reports on the start and the end of a day tell what a followed company filed`() async throws {
    let record = try await record()
    let filings = SeriesKey(dataset: .eventItem, provider: "sec", providerSymbol: "UPP", interval: .day1)
    try record.store.catalogue.add(
      Catalogue(
        edition: "", listings: [], funds: [],
        others: [SeriesDefinition(key: filings, asset: "UPP", quoteCurrency: nil, priority: 1)]),
      providers: [[ProviderProfile].profile("sec", "The Commission", "https://sec.example")])
    func filing(_ day: Day, _ number: String, _ form: String) -> EventItem {
      EventItem(
        .filing, period: day, country: "USD", title: EventItem.filingTitle, number: number, day: day, form: form)
    }
    try await record.run(
      at: "2025-09-16T12:32Z",
      [
        Reading(
          series: filings,
          facts: .events([filing(Self.monday, "1", "8-K (2.02)"), filing(Self.monday + 1, "2", "10-Q")]), covers: nil)
      ])
    let end = try EndOfDayReport(of: Self.monday, from: record.store)
    func hasRow(_ document: Document, _ form: String) -> Bool {
      document.markdown.split(separator: "\n").contains {
        $0.contains("| – ") && $0.contains(form) && $0.contains("| UPP |")
      }
    }
    #expect(hasRow(end.document, "8-K (2.02)"), "\(end.document.markdown)")
    #expect(!end.document.markdown.contains("10-Q"))
    #expect("\(end.json())".contains("8-K (2.02)"))
    let start = try StartOfDayReport(of: Self.monday + 1, from: record.store).document
    #expect(hasRow(start, "10-Q"), "\(start.markdown)")
    for text in [start.markdown, end.document.markdown] {
      #expect(text.contains("- The Commission (<https://sec.example>): events\n"), "\(text)")
    }
  }

  @Test func `a record without a calendar says nothing of it`() async throws {
    let store = try await Record.ofDays(
      [("UPP", (1...70).map { Double($0) + 100 })], until: Self.monday, asked: "2025-09-16T12:30Z"
    ).store
    #expect(!(try EndOfDayReport(of: Self.monday, from: store).document.markdown.contains("expected and what came")))
    #expect(!(try StartOfDayReport(from: store).document.markdown.contains("What is expected")))
  }
}
