import Market
import Support
import Testing

@testable import Providers

/// Recorded charts, read whole; what each of them must give is told in the notes beside them.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedYahooTests {
  private func read(
    _ file: String, _ symbol: String, at instant: String = "2026-05-04T12:00:00Z", _ interval: Interval = .day1
  ) throws(ReadingError) -> Reading {
    let request = YahooAddress.chart(symbol, interval, span("1962-01-01T00:00:00Z", "2026-05-03T00:00:00Z"))
    let body = (try? recorded("yahoo/\(file).json")) ?? []
    return try Yahoo().read(answer(body, at: instant), to: request)
  }

  @Test(arguments: [
    ("chart-TSLA-1d-2010_2023-full-history", "TSLA", 3303, 0), ("chart-AAPL-1d-5d-2020-05-01", "AAPL", 5, 0),
    ("chart-MSFT-1d-2021-02_2022-01-events-div", "MSFT", 252, 4), ("chart-SPY-1d-1y-2026-05-03", "SPY", 251, 4),
    ("chart-NVDA-1d-2021-02_2022-01-events-split", "NVDA", 252, 1), ("chart-XLK-1d-1y-2026-05-03", "XLK", 251, 5),
    ("chart-idx_GSPC-1d-1y-2026-05-03", "^GSPC", 251, 0), ("chart-AAPL-1d-2020-08-31_2020-11-07", "AAPL", 49, 2),
  ]) func `bars and acts are as many as the notes say`(file: String, symbol: String, bars: Int, acts: Int) throws {
    let reading = try read(file, symbol)
    #expect(reading.parts[0].facts.count == bars)
    #expect(reading.parts[0].refusals.isEmpty)
    #expect((reading.parts.dropFirst().first?.facts.count ?? 0) == acts)
  }

  @Test(arguments: [
    ("chart-GC_F-1d-1y-2026-05-03", "GC=F"), ("chart-DX-Y.NYB-1d-1y-2026-05-03", "DX-Y.NYB"),
    ("chart-idx_VIX-1d-1y-2026-05-03", "^VIX"), ("chart-BTC-USD-1d-1y-2026-05-03", "BTC-USD"),
  ]) func `stamps that differ within a series and rows of nulls cost nothing`(file: String, symbol: String) throws {
    let part = try read(file, symbol).parts[0]
    #expect(part.facts.count > 245)
    #expect(part.refusals.isEmpty)
    #expect(Set(part.facts.bars.map { $0.openTime.epochSeconds % 86_400 }) == [0])
  }

  @Test func `a chart of 1962 has instants before the epoch`() throws {
    let reading = try read("chart-IBM-1d-1962-negative-epoch", "IBM")
    #expect(reading.parts[0].facts.bars.first?.openTime.day.description == "1962-01-02")
    #expect(reading.parts.last?.facts.count == 17)
  }

  @Test func `of three rows of one date the last one counts, whatever the others hold`() throws {
    let part = try read("chart-PADEF-infinity-strings", "PADEF").parts[0]
    #expect(part.facts.bars.map(\.close) == [12.5])
    #expect(part.refusals.isEmpty)
  }

  @Test(arguments: [
    "chart-AAPL-1m-weekend-no-timestamp", "chart-TSLA-1h-holiday-no-timestamp-tradingPeriods",
    "chart-AAPL-1h-no-results", "chart-AAPL-no-timestamp", "chart-AAPL-quote-empty-array",
  ]) func `an empty window is an answer without rows`(file: String) throws {
    #expect(try read(file, file.contains("TSLA") ? "TSLA" : "AAPL").isBare)
  }

  @Test(arguments: [
    "chart-AAPL-5d-close-without-timestamp", "chart-AAPL-5d-close-adjclose-only", "chart-AAPL-events-div-only",
    "chart-AAPL-events-split-only", "chart-CAPIO.ST-no-data", "error-bad-request-v7-quote",
  ]) func `what was cut by others, is of another length, or is gone is refused`(file: String) {
    #expect(fault { () throws(ReadingError) in try read(file, "AAPL") } != nil)
  }
}
