import Market
import Rendering
import SQLite
import Store
import Testing

@testable import Reports

/// What feeds told stands beside the figures of a day: little of it, harmless, and never as a cause.
@Suite struct NewsInReportTests {
  private static let hostile =
    "Bitcoin <script>alert(1)</script> **bold** [x](javascript:alert(1)) | a\u{202E}b\u{1b}[31m \u{2066}c &lt;i&gt;"

  private static let feed = SeriesKey(
    dataset: .newsItem, provider: "binance", providerSymbol: "https://wire.example/rss", interval: .day1)

  private func told(_ items: [NewsItem]) -> Reading {
    Reading(series: Self.feed, facts: .rows(.newsItem, items.map(\.row).sorted { $0.key < $1.key }), covers: nil)
  }

  private func record(_ items: [NewsItem]) async throws -> Record {
    let record = try await Record.ofThreeDays()
    try record.store.catalogue.add(
      Catalogue(
        assets: [], funds: [],
        series: [SeriesDefinition(key: Self.feed, asset: nil, quoteCurrency: nil, priority: 1)]), providers: .known)
    try await record.run(at: "2025-09-19T22:41Z", [told(items)])
    return record
  }

  private func item(_ title: String, at time: String, _ link: String? = nil, summary: String? = nil) -> NewsItem {
    NewsItem(
      guid: title, publishedAt: instant(time), title: title, link: link,
      url: link ?? "https://wire.example/\(title.count)",
      summary: summary, tags: [])
  }

  @Test func `a mover's headlines of the day stand beside it, and nobody says that they moved it`() async throws {
    let record = try await record([
      item("Bitcoin miners gather in Oslo", at: "2025-09-18T09:00Z"),
      item("Bitcoin futures open interest grows", at: "2025-09-18T12:00Z"),
      item("Bitcoin story number three of that day", at: "2025-09-18T13:00Z"),
      item("Harvest begins early this year", at: "2025-09-18T10:00Z"),
      item("Bitcoin on another day", at: "2025-09-17T10:00Z"),
    ])
    let report = try DailyReport(of: day("2025-09-18"), from: record.store)
    let text = report.markdown()
    #expect(text.contains("## In the news\n"))
    #expect(text.contains("Nothing here says that it was their cause."))
    #expect(text.contains("Bitcoin futures open interest grows (wire.example)"))
    #expect(text.contains("Harvest begins early this year (wire.example)"))
    #expect(!text.contains("on another day"))
    #expect(report.markdown() == text)
    #expect(text.contains("\n- Headlines: wire.example\n"))
    let bitcoin = text.split(separator: "\n").filter { $0.hasPrefix("- **BTC**") }
    #expect(bitcoin.count == 2)
    let end = try EndOfDayReport(of: day("2025-09-18"), from: record.store)
    #expect(end.document.markdown.contains("Bitcoin futures open interest grows"))
    // In one sentence for all that stands there.
    #expect(end.document.markdown.ranges(of: "that it was their cause").count == 1)
    #expect(end.document.markdown.contains("\n- Headlines: wire.example\n"))
    let start = try StartOfDayReport(of: day("2025-09-19"), from: record.store)
    #expect(start.document.markdown.contains("## While you were away\n"))
    #expect(start.json().compact.contains("\"headlines\":[{\"article_id\":"))
  }

  @Test func `edits of news stand behind every figure that was restated`() async throws {
    let record = try await record([item("One", at: "2025-09-18T09:00Z"), item("Two", at: "2025-09-18T10:00Z")])
    try await record.run(at: "2025-09-19T22:45Z", [Reading.moods([11], first: "2025-09-16")])
    let edited = [
      item("One", at: "2025-09-18T09:00Z", summary: "Anew"), item("Two", at: "2025-09-18T10:00Z", summary: "Anew"),
    ]
    try await record.run(at: "2025-09-19T22:50Z", [told(edited)])
    let (all, _, _) = try record.store.past.changes(ChangeSelection(limit: 9))
    #expect(all.map(\.isOfNews).suffix(3) == [false, true, true] && all.count(where: \.isOfNews) == 2)
    let (first, leftOut, _) = try record.store.past.changes(ChangeSelection(limit: 1))
    #expect(first.map(\.series.key) == [.fng] && leftOut == all.count - 1)
  }

  @Test func `a day without news has no such section`() async throws {
    let report = try DailyReport(of: day("2025-09-18"), from: try await Record.ofThreeDays().store)
    #expect(!report.markdown().contains("In the news"))
    #expect(!report.json().compact.contains("headlines"))
  }

  @Test func `a title is text in every form, and an address that is none of the web is left out`() async throws {
    let record = try await record([item(Self.hostile, at: "2025-09-18T09:00Z", "javascript:alert(1)")])
    let report = try DailyReport(of: day("2025-09-18"), from: record.store)
    let forms: [String] = [report.markdown(), report.document.html(), report.json().compact]
    for form in forms {
      for scalar in ["\u{202E}", "\u{1b}", "\u{2066}"] { #expect(!form.contains(scalar)) }
    }
    #expect(!forms[0].contains("<script>"))
    #expect(!forms[0].contains("[x](javascript"))
    #expect(!forms[1].contains("<script>alert"))
    #expect(!forms[1].contains("href=\"javascript"))
    #expect(forms[2].contains("\"url\":null"))
  }

  @Test func `many articles make the section no longer`() async throws {
    let items = (0..<400).map { number in
      item(
        "Bitcoin and Ethereum story \(number) \(String(repeating: "with many words ", count: 20))",
        at: "2025-09-18T\(String(10 + number % 12)):\(String(10 + number % 40))Z", "https://wire.example/n/\(number)")
    }
    let record = try await record(items)
    let section = try #require(try DailyReport(of: day("2025-09-18"), from: record.store).news)
    let text = Document("x", description: "x", blocks: section.blocks(nil)).markdown
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("- ") }
    #expect(lines.count <= 9)
    #expect(lines.allSatisfy { $0.count < 180 })
  }
}
