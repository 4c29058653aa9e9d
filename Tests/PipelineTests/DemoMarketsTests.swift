import Formats
import Market
import Pipeline
import Providers
import Support
import Testing
import seeds

@testable import Store

/// What the demo shows on purpose of markets with sessions, and that a file of it follows no more than it chooses to.
@Suite struct DemoMarketsTests {
  private let store: Store

  init() throws { store = try Store.scratch() }

  /// Plays the demo into the file, which follows the names; those of the capture where there are none.
  private func replay(following names: [String] = []) async throws -> RunReport {
    let capture = try DemoCapture.capture()
    let (catalogue, unknown) = Universe.catalogue(following: names.isEmpty ? capture.follows : names)
    #expect(unknown == [])
    try store.catalogue.add(catalogue, providers: marketProviders.map(\.profile))
    let dependencies = Ingest.Dependencies(
      providers: marketProviders, transport: Silent(), clock: .standing(at: Instant(epochSeconds: 0)),
      quotas: { [] }, keyed: [], command: "ingest --replay demo", version: "test", processID: 1, closing: [],
      onEvent: { _ in })
    return try await Ingest(store: store, dependencies).replay(capture.runs, RunOptions())
  }

  private func days(of symbol: String) throws -> [Day] {
    try store.rows(
      """
      SELECT date(open_time, 'unixepoch') FROM bar JOIN series USING (series_id)
      WHERE provider_symbol = '\(symbol)' AND interval = '1d' ORDER BY 1
      """
    ).compactMap { Day($0) }
  }

  @Test func `every series that the demo follows and that is asked first is there to its last day`() async throws {
    let report = try await replay()
    #expect(report.outcome == .done)
    #expect(report.counts.refused == 1)
    let newest = try store.rows(
      """
      SELECT asset.symbol, dataset, interval, row_count, date(last_time, 'unixepoch')
      FROM series JOIN asset USING (asset_id)
      WHERE dataset IN ('bar', 'market_cap') AND row_count > 0 ORDER BY 1, 2, 3
      """)
    #expect(
      newest == [
        "AAPL|bar|1d|250|2026-03-13", "BTC|bar|1d|362|2026-03-13", "BTC|bar|1h|349|2026-03-14",
        "BTC|market_cap|1d|2|2026-03-14", "CL=F|bar|1d|257|2026-03-13", "ETH|bar|1d|362|2026-03-13",
        "ETH|bar|1h|348|2026-03-14", "ETH|market_cap|1d|2|2026-03-14", "GC=F|bar|1d|257|2026-03-13",
        "JPM|bar|1d|249|2026-03-13", "KO|bar|1d|250|2026-03-13", "MSFT|bar|1d|250|2026-03-13",
        "NVDA|bar|1d|250|2026-03-13", "SPY|bar|1d|250|2026-03-13",
      ])
    #expect(try store.rows("SELECT rule, detail FROM quality_flag").isEmpty)
  }

  @Test func `its days are the sessions of the exchange, early closes among them, less one`() async throws {
    _ = try await replay()
    let spy = try days(of: "SPY")
    let (first, last) = (try #require(spy.first), try #require(spy.last))
    let sessions = stride(from: first.start.epochSeconds, through: last.start.epochSeconds, by: 86_400)
      .map { Instant(epochSeconds: $0).day }.filter { Calendar.nyse.isOpen(on: $0) }
    #expect(spy == sessions)
    for day in ["2025-07-03", "2025-11-28", "2025-12-24"].compactMap({ Day($0) }) { #expect(spy.contains(day)) }
    let hole = try #require(Day("2025-10-09"))
    #expect(try days(of: "JPM") == sessions.filter { $0 != hole })
    #expect(
      try store.rows(
        """
        SELECT provider_symbol, reason, missing, date(from_time, 'unixepoch') FROM gap JOIN series USING (series_id)
        WHERE interval = '1d' AND dataset = 'bar'
        """) == ["JPM|provider_empty|1|2025-10-09"])
  }

  @Test func `its split restates a series as a whole, and a dividend comes with the second run`() async throws {
    _ = try await replay()
    #expect(
      try store.rows("SELECT factor, cause, rows FROM rebase") == ["0.25|split 4 for 1 on 2026-03-13|249"])
    #expect(
      try store.rows(
        """
        SELECT DISTINCT provider_symbol FROM bar_restatement JOIN series USING (series_id)
        WHERE interval = '1d' ORDER BY 1
        """) == ["NVDA"])
    #expect(
      try store.rows(
        """
        SELECT provider_symbol, day, kind, value FROM corporate_action JOIN series USING (series_id)
        JOIN fetch USING (fetch_id) WHERE fetch.run_id = 2 ORDER BY 1
        """) == ["KO|2026-03-13|dividend|0.53", "NVDA|2026-03-13|split|4.0"])
  }

  @Test func `a day of a coin is what its hours come to, where they are all there`() async throws {
    _ = try await replay()
    let differing = """
      WITH hours AS (
        SELECT provider_symbol AS symbol, open_time / 86400 * 86400 AS day, count(*) AS bars, max(high) AS high,
          min(low) AS low, round(sum(volume), 5) AS volume
        FROM bar JOIN series USING (series_id) WHERE interval = '1h' GROUP BY 1, 2 HAVING count(*) = 24
      )
      SELECT count(*), sum(hours.high <> bar.high OR hours.low <> bar.low OR hours.volume <> round(bar.volume, 5))
      FROM hours JOIN series ON series.provider_symbol = hours.symbol AND interval = '1d' AND dataset = 'bar'
      JOIN bar ON bar.series_id = series.series_id AND bar.open_time = hours.day
      """
    #expect(try store.rows(differing) == ["25|0"])
  }

  @Test func `what a file does not follow is neither stored nor a failure`() async throws {
    let report = try await replay(following: ["BTC:1h", "AAPL"])
    #expect(report.outcome == .done)
    #expect(report.steps.allSatisfy { $0.outcome == .done })
    #expect(
      try store.rows(
        """
        SELECT DISTINCT asset.symbol, interval FROM bar JOIN series USING (series_id) JOIN asset USING (asset_id)
        ORDER BY 1
        """) == ["AAPL|1d", "BTC|1h"])
    #expect(
      try store.rows("SELECT count(*) FROM fetch WHERE target LIKE '%chart%' AND target NOT LIKE '%/AAPL?%'") == ["0"])
    // Hours, sentiment and flows of one coin in three runs, the chart in two.
    #expect(try store.rows("SELECT count(*) FROM fetch") == ["11"])
  }

  @Test func `played twice it changes nothing`() async throws {
    _ = try await replay()
    let before = try store.dump()
    let report = try await replay()
    #expect(report.counts.new + report.counts.changed + report.counts.refused == 0)
    #expect(try store.dump() == before)
  }
}

/// A replay asks nobody; whoever asks all the same is told so.
private struct Silent: Transport {
  func roundTrip(_ request: Request) async -> RoundTrip {
    Issue.record("a replay asked \(request.target)")
    return RoundTrip(request: request, attempts: [])
  }
}
