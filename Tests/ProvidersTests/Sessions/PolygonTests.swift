import Market
import Support
import Testing

@testable import Providers

/// Answers about a made-up share, around the end of the summer time of 2024 in New York.
@Suite struct PolygonTests {
  private static let days = SeriesKey(dataset: .bar, provider: "polygon", providerSymbol: "ACME", interval: .day1)
  private static let minutes = SeriesKey(dataset: .bar, provider: "polygon", providerSymbol: "ACME", interval: .minute1)
  private static let now = "2024-11-07T12:00:00Z"

  private func request(
    _ first: String = "2024-10-31T00:00:00Z", _ last: String = "2024-11-05T00:00:00Z", _ interval: Interval = .day1,
    of symbol: String = "ACME"
  ) throws -> Request {
    PolygonAddress.bars(symbol, try #require(PolygonSpan(of: interval)), span(first, last))
  }

  private func row(_ stamp: String, _ close: String = "11", more: String = #","vw":10.5,"n":42"#) -> String {
    #"{"v":100.0,"o":10,"c":\#(close),"h":12,"l":9,"t":\#(time(stamp).epochSeconds * 1000)\#(more)}"#
  }

  private func body(_ rows: [String], head: String = "", of symbol: String = "ACME") -> String {
    let results = rows.isEmpty ? "" : #""results":[\#(rows.joined(separator: ","))],"#
    return #"{"ticker":"\#(symbol)","adjusted":true,\#(head)\#(results)"status":"OK","count":\#(rows.count)}"#
  }

  private func read(
    _ body: String, status: Int = 200, at instant: String = now, _ asked: Request? = nil
  ) throws -> Reading {
    try Polygon().read(answer(body, status: status, at: instant), to: try asked ?? request())
  }

  private func refusal(_ body: String, status: Int = 200, at instant: String = now, _ asked: Request? = nil) throws
    -> ReadingError?
  {
    let request = try asked ?? self.request()
    return fault { () throws(ReadingError) in
      try Polygon().read(answer(body, status: status, at: instant), to: request)
    }
  }

  // MARK: Asking

  @Test func `days are asked for by their dates, adjusted for splits, in one request`() {
    let want = Want(series: Self.days, span: span("2023-10-31T00:00:00Z", "2024-11-05T00:00:00Z"))
    #expect(
      Polygon().requests(for: want, at: time(Self.now)).map(\.target) == [
        "/v2/aggs/ticker/ACME/range/1/day/2023-10-31/2024-11-05?adjusted=true&sort=asc&limit=50000"
      ])
  }

  @Test func `the key stands in a header, and without one nobody asks`() throws {
    let credential = try #require(Polygon().profile.credential)
    #expect(credential.carrier == .header("authorization", prefix: "Bearer "))
    #expect(credential.isRequired)
    #expect(credential.page?.hasPrefix("https://") == true)
  }

  @Test(arguments: [
    (Interval.minute1, "1/minute"), (.minute5, "5/minute"), (.minute15, "15/minute"), (.minute30, "30/minute"),
    (.hour1, "1/hour"),
  ])
  func `each interval is asked for in its words and read back`(interval: Interval, words: String) throws {
    let asked = try request("2024-11-04T14:30:00Z", "2024-11-04T20:30:00Z", interval)
    #expect(asked.path == "/v2/aggs/ticker/ACME/range/\(words)/1730730600000/1730752200000")
    #expect(
      PolygonAddress.question(in: asked)
        == .bars(
          CandleQuestion(
            symbol: "ACME", interval: interval, window: span("2024-11-04T14:30:00Z", "2024-11-04T20:30:00Z"))))
  }

  @Test(arguments: [Interval.hour4, .week1]) func `what is folded from others is not asked for`(interval: Interval) {
    let key = SeriesKey(dataset: .bar, provider: "polygon", providerSymbol: "ACME", interval: interval)
    #expect(
      Polygon().requests(for: Want(series: key, span: span("2024-01-01", "2024-11-05")), at: time(Self.now)).isEmpty)
  }

  @Test func `a window of minutes holds no more of them than an answer does`() {
    func longest(_ symbol: String) -> Int64? {
      let key = SeriesKey(dataset: .bar, provider: "polygon", providerSymbol: symbol, interval: .minute5)
      let want = Want(series: key, span: span("2023-11-05T00:00:00Z", "2024-11-05T00:00:00Z"))
      return Polygon().requests(for: want, at: time(Self.now)).compactMap { request in
        guard case .bars(let candles)? = PolygonAddress.question(in: request) else { return nil }
        return candles.window.map { $0.upperBound - $0.lowerBound }
      }.max()
    }
    // 960 minutes a session and 1,440 a day.
    #expect(longest("ACME").map { ($0 / 86_400 + 1) * 5 / 7 * 960 <= 50_000 } == true)
    #expect(longest("X:BTCUSD").map { $0 / 60 <= 50_000 } == true)
  }

  @Test func `what lies before the two years of a free key is asked for on its own`() {
    let want = Want(series: Self.days, span: span("2014-11-05T00:00:00Z", "2024-11-05T00:00:00Z"))
    #expect(
      Polygon().requests(for: want, at: time(Self.now)).map(\.path) == [
        "/v2/aggs/ticker/ACME/range/1/day/2014-11-05/2022-11-08",
        "/v2/aggs/ticker/ACME/range/1/day/2022-11-09/2024-11-05",
      ])
  }

  @Test func `acts are two lists of their own; a coin has none`() {
    let want = { (symbol: String) in
      Want(
        series: SeriesKey(dataset: .corporateAction, provider: "polygon", providerSymbol: symbol, interval: .day1),
        span: span("2024-10-31", "2024-11-05"))
    }
    #expect(
      Polygon().requests(for: want("ACME"), at: time(Self.now)).map(\.target) == [
        "/v3/reference/splits?ticker=ACME&order=desc&sort=execution_date&limit=1000",
        "/v3/reference/dividends?ticker=ACME&order=desc&sort=ex_dividend_date&limit=1000",
      ])
    #expect(Polygon().requests(for: want("X:BTCUSD"), at: time(Self.now)).isEmpty)
  }

  // MARK: Bars

  @Test func `a day is the date in New York, in summer and in winter`() throws {
    let reading = try read(body([row("2024-11-01T04:00:00Z"), row("2024-11-04T05:00:00Z")]))
    #expect(reading.parts[0].series == Self.days)
    #expect(reading.parts[0].facts.bars.map(\.openTime) == [time("2024-11-01"), time("2024-11-04")])
    #expect(reading.parts[0].covers == span("2024-10-31", "2024-11-05"))
  }

  @Test func `average price and trades are a part of their own, of the bars that are believed`() throws {
    let rows = [
      row("2024-10-31T04:00:00Z", "99"), row("2024-11-01T04:00:00Z"), row("2024-11-04T05:00:00Z", more: ""),
      row("2024-11-05T05:00:00Z", more: #","n":7"#),
    ]
    let reading = try read(body(rows))
    #expect(reading.parts[0].refusals.map(\.reason) == [.impossibleRange])
    #expect(reading.parts[1].series.dataset == .barTrade)
    #expect(reading.parts[1].series.interval == .day1)
    #expect(reading.parts[1].covers == nil)
    #expect(
      reading.parts[1].facts
        == .barTrades([
          BarTrade(openTime: time("2024-11-01"), vwap: 10.5, trades: 42),
          BarTrade(openTime: time("2024-11-05"), vwap: nil, trades: 7),
        ]))
  }

  @Test(arguments: [#","vw":-1,"n":1"#, #","vw":1,"n":1.5"#, #","vw":"x","n":1"#, #","vw":1e300,"n":1"#])
  func `an average that is no price, or half a trade, costs itself and not the bar`(more: String) throws {
    let reading = try read(body([row("2024-11-01T04:00:00Z", more: more)]))
    #expect(reading.parts[0].facts.count == 1)
    #expect(reading.parts[1].facts.count == 0)
    #expect(reading.parts[1].refusals.map(\.reason) == [.outOfBounds])
  }

  @Test func `trading before and after hours is dropped, the session's minutes stay`() throws {
    let asked = try request("2024-11-04T14:30:00Z", "2024-11-04T20:59:00Z", .minute1)
    let rows = [
      "2024-11-04T14:29:00Z", "2024-11-04T14:30:00Z", "2024-11-04T14:31:00Z", "2024-11-04T20:59:00Z",
    ]
    let early = try request("2024-11-04T09:00:00Z", "2024-11-05T00:59:00Z", .minute1)
    let part = try read(body((rows + ["2024-11-04T21:00:00Z", "2024-11-04T23:05:00Z"]).map { row($0) }), early).parts[0]
    #expect(part.facts.bars.map(\.openTime) == rows.dropFirst().map(time))
    #expect(part.refusals.isEmpty)
    #expect(try read(body(rows.dropFirst().map { row($0) }), asked).parts[0].covers?.upperBound == time(rows[3]))
  }

  @Test func `the hour in which a session opens begins before it`() throws {
    let asked = try request("2024-11-04T13:00:00Z", "2024-11-04T21:00:00Z", .hour1)
    let rows = (13...21).map { row("2024-11-04T\($0):00:00Z") }
    #expect(
      try read(body(rows), asked).parts[0].facts.bars.map { $0.openTime.secondOfDay / 3600 } == Array(14...20))
  }

  @Test func `a minute that begins within a minute, and a day without a session, are refused`() throws {
    let minutes = try request("2024-11-04T14:30:00Z", "2024-11-04T20:59:00Z", .minute1)
    #expect(
      try read(body([row("2024-11-04T14:31:30Z")]), minutes).parts[0].refusals.map(\.detail) == [
        "opens off the interval"
      ])
    let sunday = try read(body([row("2024-11-03T04:00:00Z")])).parts[0]
    #expect(sunday.refusals.map(\.detail) == ["no session on that day"])
  }

  @Test func `a session that is not long over is left for later, its minutes too`() throws {
    let part = try read(
      body([row("2024-11-04T05:00:00Z"), row("2024-11-05T05:00:00Z")]), at: "2024-11-05T23:00:00Z"
    ).parts[0]
    #expect(part.facts.count == 1)
    #expect(part.covers?.upperBound == time("2024-11-04"))
    let asked = try request("2024-11-05T14:30:00Z", "2024-11-05T20:59:00Z", .minute1)
    #expect(try read(body([row("2024-11-05T14:30:00Z")]), at: "2024-11-05T23:00:00Z", asked).parts[0].isBare)
  }

  @Test func `an answer that says where to go on speaks up to its last row`() throws {
    let rows = [row("2024-10-31T04:00:00Z"), row("2024-11-01T04:00:00Z")]
    let next = #""next_url":"https://api.massive.com:443/v2/aggs/ticker/ACME/range/1/day/1/2?cursor=a","#
    #expect(try read(body(rows, head: next)).parts[0].covers == span("2024-10-31", "2024-11-01"))
    #expect(try read(body(rows, head: #""next_url":null,"#)).parts[0].covers == span("2024-10-31", "2024-11-05"))
    #expect(try read(body([], head: next)).parts[0].covers == nil)
  }

  @Test func `without results there are no bars in what was asked`() throws {
    #expect(try read(body([])).isBare)
    #expect(try read(body([], head: #""results":null,"#)).parts[0].covers == span("2024-10-31", "2024-11-05"))
  }

  @Test func `copies are one row, rows that contradict each other are none`() throws {
    let rows = [row("2024-11-01T04:00:00Z"), row("2024-11-01T04:00:00Z"), row("2024-11-04T05:00:00Z")]
    #expect(try read(body(rows)).parts[0].facts.count == 2)
    let part = try read(body([row("2024-11-04T05:00:00Z", "10")] + rows)).parts[0]
    #expect(part.facts.count == 1)
    #expect(part.refusals.map(\.reason) == [.contradictory, .contradictory])
  }

  @Test func `a coin's day is that of UTC, and no other`() throws {
    let asked = try request(of: "X:BTCUSD")
    let rows = [row("2024-11-03T00:00:00Z"), row("2024-11-04T04:00:00Z")]
    let part = try read(body(rows, of: "X:BTCUSD"), asked).parts[0]
    #expect(part.facts.bars.map(\.openTime) == [time("2024-11-03")])
    #expect(part.refusals.map(\.detail) == ["opens off the interval"])
  }

  @Test func `delayed is as good as in time`() throws {
    let rows = body([row("2024-11-01T04:00:00Z")])
    #expect(try read(rows.replacing("\"OK\"", with: "\"DELAYED\"")).parts[0].facts.count == 1)
    #expect(try refusal(rows.replacing("\"OK\"", with: "\"NO\"")) == .refused(status: 200, message: "NO"))
  }

  @Test func `bars of something else, as traded, or of another length are refused whole`() throws {
    let days = (28...31).map { row("2024-10-\($0)T04:00:00Z") } + [row("2024-11-01T04:00:00Z")]
    #expect(try refusal(body(days, of: "OTHER"))?.isShapeChanged == true)
    #expect(try refusal(body(days).replacing("\"adjusted\":true", with: "\"adjusted\":false"))?.isShapeChanged == true)
    let weeks =
      [6, 13, 20, 27].map { row("2024-10-\($0 < 10 ? "0" : "")\($0)T04:00:00Z") } + [
        row("2024-11-03T04:00:00Z")
      ]
    #expect(try refusal(body(weeks), request("2024-10-01T00:00:00Z"))?.isShapeChanged == true)
  }

  // MARK: Places

  @Test func `each figure is found where it stands, and means what was stored`() throws {
    let asked: [(Request, String)] = [
      (
        try request(),
        body([#"{"t":1730433600000,"o":"x"}"#, row("2024-11-01T04:00:00Z"), row("2024-11-04T05:00:00Z")])
      ),
      (
        PolygonAddress.acts(.splits, of: "ACME"),
        #"{"status":"OK","results":[{"execution_date":"2020-01-02","split_from":8,"split_to":1,"ticker":"ACME"}]}"#
      ),
      (
        PolygonAddress.acts(.dividends, of: "ACME"),
        #"{"status":"OK","results":[{"cash_amount":0.5,"ex_dividend_date":"2020-01-02","ticker":"ACME"}]}"#
      ),
    ]
    for (request, body) in asked { try expectPlaces(Polygon(), answer(body, at: Self.now), request, atLeast: 1) }
  }
}
