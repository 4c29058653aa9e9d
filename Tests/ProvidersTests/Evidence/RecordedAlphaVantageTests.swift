import Market
import Support
import Testing

@testable import Providers

/// Recorded answers of Alpha Vantage, each read or refused as the notes beside them say.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedAlphaVantageTests {
  private static func request(_ function: String, _ symbol: String, _ more: [(String, String)] = []) -> Request {
    Request(
      provider: "alphavantage", path: "/query",
      query: [QueryItem("function", function), QueryItem("symbol", symbol)] + more.map { QueryItem($0.0, $0.1) })
  }

  private static func intraday(_ symbol: String, _ interval: String, _ more: [(String, String)] = []) -> Request {
    request("TIME_SERIES_INTRADAY", symbol, [("interval", interval), ("adjusted", "false")] + more)
  }

  private static let table = [("datatype", "csv")]

  private func read(
    _ file: String, _ request: Request, at instant: String = "2026-05-18T12:00:00Z"
  ) throws(ReadingError) -> SeriesReading {
    try AlphaVantage().read(answer((try? recorded("alphavantage/\(file)")) ?? [], at: instant), to: request).parts[0]
  }

  // MARK: Days

  @Test func `twenty-one years of days are the sessions of the exchange, as traded`() throws {
    let part = try read(
      "TIME_SERIES_DAILY-MSFT-full-2020.json", Self.request("TIME_SERIES_DAILY", "MSFT", [("outputsize", "full")]),
      at: "2019-07-15T12:00:00Z")
    let bars = part.facts.bars
    #expect(bars.count == 5416 && part.refusals.isEmpty)
    let days = try #require(bars.first).openTime.day...(try #require(bars.last).openTime.day)
    #expect(Market.Calendar.nyse.sessionCount(in: days) == 5416)
    #expect(bars.first { $0.openTime == time("2003-02-14") }?.close == 48.3)
    #expect(bars.first { $0.openTime == time("2003-02-18") }?.close == 24.96)
  }

  @Test func `a hundred days, as JSON and as a table`() throws {
    let old = try read(
      "TIME_SERIES_DAILY-compact.json", Self.request("TIME_SERIES_DAILY", "MSFT"), at: "2018-06-11T12:00:00Z")
    #expect(old.facts.count == 100 && old.refusals.isEmpty)
    let new = try read(
      "TIME_SERIES_DAILY-IBM-compact.csv", Self.request("TIME_SERIES_DAILY", "IBM", Self.table))
    #expect(new.facts.count == 100 && new.refusals.isEmpty)
    #expect(new.covers == span("2025-12-22", "2026-05-17"))
  }

  // MARK: Within the day

  @Test func `the times of 2018 are when bars closed`() throws {
    let part = try read(
      "TIME_SERIES_INTRADAY-1min.json", Self.intraday("MSFT", "1min"), at: "2018-06-04T12:00:00Z")
    #expect(part.facts.count == 100 && part.refusals.isEmpty)
    #expect(part.facts.bars.last?.openTime == time("2018-06-01T19:59:00Z"))
    #expect(part.facts.bars.last?.volume == 4_129_781)
  }

  @Test func `the times of 2026 are when bars open; what follows the session is dropped`() throws {
    let part = try read("TIME_SERIES_INTRADAY-IBM-5min.csv", Self.intraday("IBM", "5min", Self.table))
    #expect(part.facts.count == 52 && part.refusals.isEmpty)
    #expect(part.covers == span("2026-05-15T15:40:00Z", "2026-05-15T19:55:00Z"))
  }

  @Test func `minutes from the middle of a session do not tell what their times mean`() {
    #expect(
      fault("TIME_SERIES_INTRADAY-MSFT-1min-2017.json", Self.intraday("MSFT", "1min"), at: "2017-12-19T12:00:00Z")?
        .isShapeChanged == true)
  }

  // MARK: Acts

  @Test func `110 dividends and a spin-off told as a split`() throws {
    let dividends = try read("DIVIDENDS-IBM.csv", Self.request("DIVIDENDS", "IBM", Self.table))
    #expect(dividends.facts.count == 110 && dividends.refusals.isEmpty)
    let splits = try read("SPLITS-IBM.csv", Self.request("SPLITS", "IBM", Self.table))
    #expect(
      splits.facts
        == .actions([
          CorporateAction(day: day("1999-05-27"), kind: .split, value: 2),
          CorporateAction(day: day("2021-11-04"), kind: .split, value: 1.046),
        ]))
  }

  // MARK: Refusals

  private func fault(_ file: String, _ request: Request, at instant: String = "2026-05-18T12:00:00Z") -> ReadingError? {
    do throws(ReadingError) {
      _ = try read(file, request, at: instant)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("error-information-25-per-day", ReadingError.throttled(retryAfter: 16 * 3600)),
    ("error-note-5-per-minute", .throttled(retryAfter: 60)), ("error-message-invalid-call", .unknownSymbol("IBM")),
  ]) func `each way to say no is known`(file: String, expected: ReadingError) {
    #expect(fault("\(file).json", Self.request("TIME_SERIES_DAILY", "IBM")) == expected)
  }

  @Test(arguments: ["error-message-invalid-apikey", "information-demo-key"])
  func `a key that is not known, or that of the examples, is refused`(file: String) {
    #expect(fault("\(file).json", Self.request("SPLITS", "IBM"))?.isKeyRefused == true)
  }

  @Test func `what must be paid for is absent before the newest rows, and is refused where they are asked for`() throws
  {
    let full = Self.request("TIME_SERIES_DAILY", "IBM", [("outputsize", "full")])
    #expect(try read("error-information-premium-endpoint.json", full).isBare)
    #expect(
      fault("error-information-premium-endpoint.json", Self.request("TIME_SERIES_DAILY", "IBM"))?.isRefused == true)
  }

  @Test(arguments: [
    ("TIME_SERIES_DAILY_ADJUSTED-IBM.csv", "TIME_SERIES_DAILY_ADJUSTED"),
    ("TIME_SERIES_WEEKLY_ADJUSTED-IBM.csv", "TIME_SERIES_WEEKLY_ADJUSTED"),
    ("TIME_SERIES_MONTHLY-IBM.csv", "TIME_SERIES_MONTHLY"), ("GLOBAL_QUOTE-IBM.csv", "GLOBAL_QUOTE"),
    ("TIME_SERIES_INTRADAY_EXTENDED-2020-1min.csv", "TIME_SERIES_INTRADAY_EXTENDED"),
    ("MARKET_STATUS.json", "MARKET_STATUS"),
    ("IPO_CALENDAR.csv", "IPO_CALENDAR"), ("EARNINGS-IBM.json", "EARNINGS"),
    ("CPI-monthly.csv", "CPI"),
    ("TREASURY_YIELD-10year-monthly.csv", "TREASURY_YIELD"), ("BRENT-monthly.csv", "BRENT"),
    ("COPPER-monthly.csv", "COPPER"), ("DIGITAL_CURRENCY_DAILY-BTC-EUR.csv", "DIGITAL_CURRENCY_DAILY"),
    ("CRYPTO_INTRADAY-ETH-USD-5min.csv", "CRYPTO_INTRADAY"), ("FX_DAILY-EUR-USD.csv", "FX_DAILY"),
  ]) func `what is not asked for is refused`(file: String, function: String) {
    #expect(fault(file, Self.request(function, "IBM"))?.isShapeChanged == true)
  }

  @Test func `a table where JSON was asked for is refused`() {
    #expect(
      fault("TIME_SERIES_DAILY-IBM-compact.csv", Self.request("TIME_SERIES_DAILY", "IBM"))?.isShapeChanged == true)
    #expect(fault("SPLITS-IBM.csv", Self.request("SPLITS", "IBM"))?.isShapeChanged == true)
  }

  @Test func `each figure of a recorded answer is found where it stands`() throws {
    for (file, request, instant, count) in [
      ("TIME_SERIES_DAILY-compact.json", Self.request("TIME_SERIES_DAILY", "MSFT"), "2018-06-11T12:00:00Z", 500),
      ("TIME_SERIES_INTRADAY-1min.json", Self.intraday("MSFT", "1min"), "2018-06-04T12:00:00Z", 500),
      (
        "TIME_SERIES_INTRADAY-IBM-5min.csv", Self.intraday("IBM", "5min", Self.table), "2026-05-18T12:00:00Z", 260
      ),
      ("DIVIDENDS-IBM.csv", Self.request("DIVIDENDS", "IBM", Self.table), "2026-05-18T12:00:00Z", 110),
    ] {
      try expectPlaces(
        AlphaVantage(), answer(try recorded("alphavantage/\(file)"), at: instant), request, atLeast: count)
    }
  }
}
