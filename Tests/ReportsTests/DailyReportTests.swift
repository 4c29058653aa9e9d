import Market
import Reports
import Store
import Testing

@Suite struct DailyReportTests {
  @Test func `a running day reads as its golden file`() async throws {
    let report = try DailyReport(from: try await Record.ofThreeDays().store)
    Golden.expect(report.markdown(), equals: "daily-running.md")
    Golden.expect(report.json().pretty, equals: "daily-running.json")
  }

  @Test func `a day that is over reads as its golden file`() async throws {
    let report = try DailyReport(of: day("2025-09-18"), from: try await Record.ofThreeDays(demo: true).store)
    Golden.expect(report.markdown(), equals: "daily-over.md")
  }

  @Test func `the same facts give the same bytes`() async throws {
    let first = try DailyReport(from: try await Record.ofThreeDays().store)
    let second = try DailyReport(from: try await Record.ofThreeDays().store)
    #expect(first.markdown() == second.markdown())
    #expect(first.json().pretty == second.json().pretty)
  }

  @Test func `a later run that brings nothing leaves the report of a day that is over as it was`() async throws {
    let record = try await Record.ofThreeDays()
    let before = try DailyReport(of: day("2025-09-18"), from: record.store)
    try await record.run(at: "2025-09-21T08:00Z", [])
    let after = try DailyReport(of: day("2025-09-18"), from: record.store)
    #expect(before.markdown() == after.markdown())
    #expect(before.json() == after.json())
  }

  @Test func `ages are measured to the last run while the day runs, then to its end`() async throws {
    let record = try await Record.ofThreeDays()
    #expect(try DailyReport(from: record.store).asOf == instant("2025-09-19T22:30Z"))
    try await record.run(at: "2025-09-21T08:00Z", [])
    #expect(try DailyReport(of: day("2025-09-19"), from: record.store).asOf == instant("2025-09-20T00:00Z"))
  }

  @Test func `without a date it is the newest day with prices`() async throws {
    let report = try DailyReport(from: try await Record.ofThreeDays().store)
    #expect(report.day == day("2025-09-19"))
    #expect(report.isRunning)
  }

  @Test func `a day without prices is an error that says which days there are`() async throws {
    let record = try await Record.ofThreeDays()
    let error = #expect(throws: ReportError.self) { try DailyReport(of: day("2025-08-01"), from: record.store) }
    #expect(
      error?.description
        == "no prices are stored for 2025-08-01; there are 2025-09-08 to 2025-09-19. Name one of them with --date")
  }

  @Test func `an hour that is over and not due yet is not missing`() async throws {
    let record = try Record()
    try await record.run(
      at: "2025-09-19T22:00:08Z",
      [.hours(.btc, from: "2025-09-18T00:00Z", through: "2025-09-19T20:00Z", price: { _ in 115_000 })])
    let text = try DailyReport(from: record.store).markdown()
    #expect(text.contains("| 5 of 5 |"))
    #expect(text.contains("hourly closes, 00:00 to 21:00"))
    #expect(!text.contains("A dot stands for a close that is missing."))
    try await record.run(at: "2025-09-19T22:01:08Z", [])
    let later = try DailyReport(from: record.store).markdown()
    #expect(later.contains("| 5 of 6 |"))
    #expect(later.contains("A dot stands for a close that is missing."))
  }

  @Test func `an empty file is an error that says how to fill it`() throws {
    let record = try Record()
    let error = #expect(throws: ReportError.empty(besides: [])) { try DailyReport(from: record.store) }
    #expect(
      error?.description
        == "there is no day to report on yet: no prices are stored. `appliance ingest` brings them")
  }

  @Test func `a file with sentiment and flows alone says what is missing`() async throws {
    let record = try Record()
    try await record.run(
      at: "2025-09-19T22:30Z",
      [.moods([53], first: "2025-09-19"), .flows(.btcFlows, [("2025-09-18", ["FBTC": 97_700_000])])])
    let error = #expect(throws: ReportError.self) { try DailyReport(from: record.store) }
    #expect(
      error?.description
        == "there is no day to report on yet: sentiment and fund flows are stored, but no prices, neither bars nor "
        + "samples. `appliance ingest --only prices` brings them")
  }

  @Test func `where prices were only sampled, they are told as samples, with sentiment and flows`() async throws {
    let report = try DailyReport(from: try await Record.ofSamples().store)
    #expect(report.day == friday)
    Golden.expect(report.markdown(), equals: "daily-sampled.md")
    Golden.expect(report.json().pretty, equals: "daily-sampled.json")
  }

  @Test func `beside assets with bars, one that was only sampled stands apart`() async throws {
    let record = try await Record.ofThreeDays(.sampling, providers: .sampling)
    try await record.run(at: "2025-09-19T22:45Z", [.samples(.solSamples, [("21:00", 240.5), ("22:00", 241.25)])])
    let report = try DailyReport(from: record.store)
    #expect(report.json().compact.contains("\"sampled\":[{\"asset\":\"SOL\""))
    #expect(report.markdown().contains("## Bitcoin (BTC)"))
    #expect(report.markdown().contains("## Sampled prices\n\nOf SOL there are no bars on this day"))
    #expect(
      report.markdown().contains("Only sampled prices on this day, no bars (appliance ingest asks for them): SOL."))
  }

  @Test func `a report on some assets does not pass the summary of the whole market off as theirs`() async throws {
    let record = try await Record.ofThreeDays()
    _ = try writeSummaries(in: record.store, now: instant("2025-09-19T22:30Z"))
    let one = try DailyReport(assets: ["ETH"], from: record.store).markdown()
    #expect(one.contains("The facts behind the summary of ETH: `appliance why summary "))
    #expect(!one.contains("the market: "))
    #expect(one.contains("Ethereum stands at "))
    #expect(!one.contains("of 1 asset"))
    let both = try DailyReport(assets: ["ETH", "BTC"], from: record.store).markdown()
    #expect(both.contains("- the market: `appliance why summary "))
  }

  @Test func `a demo file says so`() async throws {
    let demo = try DailyReport(from: try await Record.ofThreeDays(demo: true).store)
    let live = try DailyReport(from: try await Record.ofThreeDays().store)
    #expect(demo.markdown().contains("**Demo data.**"))
    #expect(!live.markdown().contains("**Demo data.**"))
  }

  @Test func `a name from outside becomes no markup, no row and no line of its own`() async throws {
    let name = "Bit|coin\n# <script>alert(1)</script> [x](http://y) `z` **b**"
    let record = try await Record.ofThreeDays(.naming(bitcoin: name))
    let report = try DailyReport(from: record.store)
    let text = report.markdown()
    #expect(
      text.contains("## Bit\\|coin # &lt;script>alert(1)&lt;/script> \\[x\\](http://y) \\`z\\` \\*\\*b\\*\\* (BTC)\n"))
    #expect(!text.contains("<script"))
    #expect(!text.contains("\n# <"))
    // Every line of a table has as many cells as its heading: no name opened another.
    #expect(tables(in: text).allSatisfy { lines in Set(lines.map(countOfCells)).count == 1 })
    #expect(report.json().compact.contains(#""name":"Bit|coin\n# <script>"#))
  }

  private func tables(in text: String) -> [[Substring]] {
    text.split(separator: "\n", omittingEmptySubsequences: false).split { !$0.hasPrefix("|") }.map(Array.init)
  }

  private func countOfCells(_ line: Substring) -> Int {
    line.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false).count
  }
}
