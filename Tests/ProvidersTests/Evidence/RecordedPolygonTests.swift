import Market
import Support
import Testing

@testable import Providers

/// Recorded answers of Polygon, each read or refused as the notes beside them say.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedPolygonTests {
  private func read(
    _ file: String, _ request: Request, at instant: String = "2026-05-04T12:00:00Z"
  ) throws(ReadingError) -> Reading {
    try Polygon().read(answer((try? recorded("polygon/\(file)")) ?? [], at: instant), to: request)
  }

  private func days(_ symbol: String, _ first: String, _ last: String) throws -> Request {
    PolygonAddress.bars(symbol, try #require(PolygonSpan(of: .day1)), span(first, last))
  }

  @Test func `two days of 2005 with volumes that end in a nought`() throws {
    let reading = try read(
      "aggs-AAPL-1-day-2005-04-01_2005-04-04.json", days("AAPL", "2005-04-01", "2005-04-04"))
    #expect(reading.parts[0].facts.bars.map(\.volume) == [642_646_396, 578_172_308])
    #expect(reading.parts[0].facts.bars.map(\.openTime) == [time("2005-04-01"), time("2005-04-04")])
    #expect(reading.parts[0].refusals.isEmpty)
    #expect(
      reading.parts[1].facts
        == .barTrades([
          BarTrade(openTime: time("2005-04-01"), vwap: 1.469, trades: 82_132),
          BarTrade(openTime: time("2005-04-04"), vwap: 1.4589, trades: 65_543),
        ]))
  }

  @Test func `an answer that is continued speaks up to its last row`() throws {
    let reading = try read("spec-aggs-stocks-next_url.json", days("AAPL", "2020-01-02", "2020-01-10"))
    #expect(reading.parts[0].facts.bars.map(\.close) == [75.0875, 74.3575])
    #expect(reading.parts[0].covers == span("2020-01-02", "2020-01-03"))
  }

  @Test func `an index has no volume and no trades`() throws {
    let reading = try read("spec-aggs-indices.json", days("I:NDX", "2023-03-09", "2023-03-10"))
    #expect(reading.parts.count == 1)
    #expect(reading.parts[0].facts.bars.map(\.openTime) == [time("2023-03-09"), time("2023-03-10")])
    #expect(reading.parts[0].facts.bars.map(\.volume) == [0, 0])
  }

  @Test func `days of a coin that begin at midnight in New York are no days of UTC`() throws {
    let reading = try read("spec-aggs-crypto.json", days("X:BTCUSD", "2020-06-01", "2020-06-03"))
    #expect(reading.parts[0].facts.count == 0)
    #expect(reading.parts[0].refusals.map(\.detail) == ["opens off the interval", "opens off the interval"])
  }

  @Test(arguments: [("GOOGL", 1, 0), ("SHOP", 1, 1)])
  func `of a list about many shares the rows of one are taken`(symbol: String, acts: Int, repeated: Int) throws {
    let part = try read("reference-splits.json", PolygonAddress.acts(.splits, of: symbol)).parts[0]
    #expect(part.facts.count == acts)
    #expect(part.refusals.count { $0.detail.hasPrefix("the same split again") } == repeated)
    #expect(part.facts.count + part.refusals.count == 10)
  }

  @Test func `the splits of one share are factors`() throws {
    let part = try read("spec-reference-splits.json", PolygonAddress.acts(.splits, of: "AAPL")).parts[0]
    #expect(
      part.facts
        == .actions([
          CorporateAction(day: day("2005-02-28"), kind: .split, value: 2),
          CorporateAction(day: day("2020-08-31"), kind: .split, value: 4),
        ]))
  }

  @Test func `dividends that lie ahead wait`() throws {
    let list = PolygonAddress.acts(.dividends, of: "CSSEN")
    #expect(try read("reference-dividends.json", list).parts[0].facts.count == 8)
    #expect(try read("reference-dividends.json", list, at: "2024-12-13T00:00:00Z").parts[0].facts.count == 6)
    #expect(
      try read("reference-dividends.json", list).parts[0].refusals.map(\.detail)
        == Array(repeating: "a row of AIRTP, not of CSSEN", count: 2))
  }

  @Test(arguments: [
    ("aggs-AAPL-prev.json", "/v2/aggs/ticker/AAPL/prev"),
    ("aggs-grouped-2005-04-04.json", "/v2/aggs/grouped/locale/us/market/stocks/2005-04-04"),
    ("open-close-AAPL-2005-04-01.json", "/v1/open-close/AAPL/2005-04-01"),
    ("reference-tickers-page1.json", "/v3/reference/tickers"),
    ("reference-tickers-page2.json", "/v3/reference/tickers"),
    ("marketstatus-upcoming.json", "/v1/marketstatus/upcoming"), ("marketstatus-now.json", "/v1/marketstatus/now"),
    ("snapshot-indices-with-per-row-errors.json", "/v3/snapshot/indices"),
    ("ticker-events-META.json", "/vX/reference/tickers/META/events"),
  ]) func `what is not asked for is refused`(file: String, path: String) {
    let request = Request(provider: "polygon", path: path)
    #expect(fault { () throws(ReadingError) in try read(file, request) }?.isShapeChanged == true)
  }

  @Test func `a table in place of JSON is refused`() throws {
    let request = try days("AAPL", "2020-01-02", "2020-01-10")
    #expect(
      fault { () throws(ReadingError) in try read("spec-aggs-stocks.csv", request) }?.isShapeChanged == true)
  }

  @Test func `each figure of a recorded answer is found where it stands`() throws {
    for (file, request, count) in [
      ("aggs-AAPL-1-day-2005-04-01_2005-04-04.json", try days("AAPL", "2005-04-01", "2005-04-04"), 14),
      ("spec-reference-splits.json", PolygonAddress.acts(.splits, of: "AAPL"), 2),
      ("reference-dividends.json", PolygonAddress.acts(.dividends, of: "CSSEN"), 8),
    ] {
      try expectPlaces(
        Polygon(), answer(try recorded("polygon/\(file)"), at: "2026-05-04T12:00:00Z"), request, atLeast: count)
    }
  }
}
