import Market
import Metrics
import Rendering
import Store
import Testing

@testable import Reports

@Suite struct AssetReportTests {
  private static let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .day1)

  /// So many days of a coin up to 18 September 2025, with prices that go up and down.
  ///
  /// - Parameter without: days before the last of which there is no bar.
  private func record(of count: Int, without missing: Set<Int> = [], asked at: String = "2025-09-19T12:30Z")
    async throws
    -> Record
  {
    let record = try Record()
    try record.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
        series: [SeriesDefinition(key: Self.key, asset: "BTC", quoteCurrency: "USDT", priority: 1, basis: .asTraded)]),
      providers: .known)
    let bars = (0..<count).filter { !missing.contains(count - 1 - $0) }.map { index in
      let close = 100_000 + Double(index * 37 % 19) * 250 + Double(index) * 100
      return Bar(
        openTime: (friday - count + index).start, open: close - 125, high: close + 500, low: close - 500, close: close,
        volume: Double(index % 7 + 1) * 1000)
    }
    if !bars.isEmpty {
      try await record.run(at: at, [Reading(series: Self.key, facts: .bars(bars), covers: nil)])
    }
    return record
  }

  @Test func `an asset reads as its golden file`() async throws {
    let report = try AssetReport(of: "BTC", from: try await record(of: 60).store)
    Golden.expect(report.document.markdown, equals: "asset.md")
    Golden.expect(report.json().pretty, equals: "asset.json")
  }

  @Test func `the same facts give the same bytes in every form`() async throws {
    let first = try AssetReport(of: "BTC", from: try await record(of: 60).store)
    let second = try AssetReport(of: "BTC", from: try await record(of: 60).store)
    #expect(first.document.html() == second.document.html())
    #expect(first.document.markdown == second.document.markdown)
    #expect(first.json() == second.json())
  }

  @Test func `what needs more bars than there are is missing, never zero`() async throws {
    let report = try AssetReport(of: "BTC", from: try await record(of: 3).store)
    #expect(report.indicatorValues.allSatisfy { $0.values.allSatisfy { $0 == nil } })
    #expect(report.document.markdown.contains("| sma:20         | too few bars |"))
    #expect(report.risk == nil)
    #expect(report.analysis?.signals.trend == nil && report.analysis?.signals.momentum == nil)
  }

  @Test func `one bar is enough for a page`() async throws {
    let report = try AssetReport(of: "BTC", from: try await record(of: 1).store)
    #expect(report.document.html().contains("Bitcoin (BTC) closed 18 September 2025"))
  }

  @Test func `figures of risk say since when they are, and that drawdowns go back further`() async throws {
    let report = try AssetReport(of: "BTC", from: try await record(of: 400).store)
    let text = report.document.markdown
    #expect(text.contains("from 400 daily bars since 15 August 2024"))
    #expect(text.contains("risk and return from the last 365 returns, since 18 September 2024."))
    #expect(
      text.contains(
        "Over the last 365 daily returns: from the close of 18 September 2024 to that of 18 September 2025."))
    #expect(text.firstMatch(of: /\| Return +\| +[−0-9.]+ % \| 2024-09-18 \| last close against the first/) != nil)
    #expect(
      text.contains("Of all daily bars since 15 August 2024; the table of risk above looks at a part of them."))
    #expect(report.document.html().contains("<td>2024-09-18</td>"))
    let json = report.json().compact
    #expect(json.contains(#""risk":{"from":"2024-09-18","to":"2025-09-18","observations":365,"#))
    #expect(json.contains(#""drawdowns_from":"2024-08-15""#))
  }

  @Test func `an indicator that nobody knows is refused and not left out`() {
    #expect(throws: IndicatorError.self) { try AssetReport.IndicatorValue("smaa:20", words: "", over: []) }
  }

  @Test func `prices of the rules stand as they do elsewhere, and one bar is one`() async throws {
    let report = try AssetReport(of: "BTC", from: try await record(of: 1).store)
    #expect(report.document.markdown.contains("Closed at 100,000.00 USDT; for a trend there are fewer than 200 bars."))
    #expect(report.document.markdown.contains("from 1 daily bar; not advice."))
  }

  @Test func `indicators are those of the measures over all bars`() async throws {
    let store = try await record(of: 60).store
    let report = try AssetReport(of: "BTC", from: store)
    let closes = report.bars.map(\.close)
    let last = report.indicatorValues.first { $0.name == "rsi:14" }?.values.first ?? nil
    #expect(last == RelativeStrengthIndex(period: 14).values(over: closes).last ?? nil)
  }

  @Test func `holes and lateness are said first`() async throws {
    let store = try await record(of: 60, without: [7, 8], asked: "2025-09-25T12:30Z").store
    let report = try AssetReport(of: "BTC", on: day("2025-09-24"), from: store)
    let text = report.document.markdown
    let note = try #require(text.firstRange(of: "daily bars that should be there are missing"))
    let summary = try #require(text.firstRange(of: "Bitcoin (BTC) closed"))
    #expect(note.lowerBound < summary.lowerBound)
    #expect(text.contains("The newest daily bar is 6 d old, and a newer one was due."))
    #expect(report.missing == 7)
    #expect(text.contains("·"))
  }

  @Test func `levels stand from high to low, the last close among them`() async throws {
    let report = try AssetReport(of: "BTC", from: try await record(of: 60).store)
    let prices = report.levels.map(\.price)
    #expect(prices == prices.sorted(by: >))
    #expect(report.levels.contains { $0.name == "last close" && $0.price == report.bars.last?.close })
  }

  @Test func `an asset without daily bars is an error that says what to do`() async throws {
    let store = try await record(of: 0).store
    let error = #expect(throws: ReportError.self) { try AssetReport(of: "BTC", from: store) }
    #expect(
      error?.description == "no daily bars of BTC are stored. `appliance ingest --asset BTC` asks for them")
  }
}
