import Market
import Support
import Testing

@testable import Providers

/// Answers about a made-up share, around the end of the summer time of 2024 in New York.
@Suite struct AlphaVantageTests {
  private static let now = "2024-11-07T12:00:00Z"

  private func key(_ interval: Interval, _ dataset: Dataset = .bar) -> SeriesKey {
    SeriesKey(dataset: dataset, provider: "alphavantage", providerSymbol: "ACME", interval: interval)
  }

  private func targets(
    _ first: String, _ last: String, _ interval: Interval, at instant: String = now
  ) -> [String] {
    AlphaVantage().requests(for: Want(series: key(interval), span: span(first, last)), at: time(instant)).map(\.target)
  }

  private func newest(_ interval: Interval = .day1) -> Request { AlphaVantageAddress.newest(of: key(interval)) }

  private func month(_ text: String, _ interval: Interval = .minute5) throws -> Request {
    try #require(AlphaVantageAddress.whole(of: key(interval), span("\(text)-04", "\(text)-05")).first)
  }

  private func row(_ stamp: String, _ close: String = "11") -> String {
    """
    "\(stamp)":{"1. open":"10.0000","2. high":"12.0000","3. low":"9.0000","4. close":"\(close)","5. volume":"100"}
    """
  }

  private func body(
    _ rows: [String], _ name: String = "Daily", zone: String = "US/Eastern", of symbol: String = "ACME"
  ) -> String {
    let interval = name == "Daily" ? "" : #""4. Interval":"\#(name)","#
    return """
      {"Meta Data":{"1. Information":"x","2. Symbol":"\(symbol)",\(interval)"6. Time Zone":"\(zone)"},
      "Time Series (\(name))":{\(rows.joined(separator: ","))}}
      """
  }

  private func read(_ body: String, at instant: String = now, _ asked: Request? = nil) throws -> SeriesReading {
    try AlphaVantage().read(answer(body, at: instant), to: asked ?? newest()).parts[0]
  }

  private func refusal(
    _ body: String, status: Int = 200, at instant: String = now, _ asked: Request? = nil
  ) -> ReadingError? {
    fault { () throws(ReadingError) in
      try AlphaVantage().read(answer(body, status: status, at: instant), to: asked ?? newest())
    }
  }

  // MARK: Asking

  private static let compact = "/query?function=TIME_SERIES_DAILY&symbol=ACME&outputsize=compact"
  private static let full = "/query?function=TIME_SERIES_DAILY&symbol=ACME&outputsize=full"

  @Test func `the newest hundred days are asked for as such`() {
    #expect(targets("2024-10-21", "2024-11-06", .day1) == [Self.compact])
    // 100 sessions, that of 7 November among them, of which there may be a row already.
    #expect(targets("2024-06-18", "2024-11-06", .day1) == [Self.compact])
    #expect(targets("2024-06-17", "2024-11-06", .day1) == [Self.compact, Self.full])
  }

  @Test func `the whole listing is asked for where more is wanted, after the newest days, if those are`() {
    #expect(targets("2022-11-08", "2024-11-06", .day1) == [Self.compact, Self.full])
    #expect(targets("2022-11-08", "2023-11-06", .day1) == [Self.full])
  }

  @Test func `within the day it is asked by the month, without extended hours, as traded`() {
    #expect(
      targets("2024-08-30T13:30:00Z", "2024-11-06T20:55:00Z", .minute5)
        == ["", "&month=2024-08", "&month=2024-09", "&month=2024-10", "&month=2024-11"].map {
          "/query?function=TIME_SERIES_INTRADAY&symbol=ACME&interval=5min\($0)&outputsize=\($0.isEmpty ? "compact" : "full")"
            + "&extended_hours=false&adjusted=false"
        })
    #expect(targets("2024-11-06T14:30:00Z", "2024-11-06T20:55:00Z", .minute5).count == 1)
  }

  @Test(arguments: [
    (Interval.minute1, "1min"), (.minute5, "5min"), (.minute15, "15min"), (.minute30, "30min"), (.hour1, "60min"),
  ]) func `each interval is asked for in its words and read back`(interval: Interval, name: String) throws {
    let asked = try month("2024-10", interval)
    #expect(asked.queryValue("interval") == name)
    guard case .bars(let bars)? = AlphaVantageAddress.question(in: asked)?.subject else {
      Issue.record("no bars")
      return
    }
    #expect(bars.interval == interval && bars.isFull)
    #expect(bars.month?.openings == time("2024-10-01")...time("2024-10-31T23:59:59Z"))
  }

  @Test func `rows that have come since are counted too`() {
    #expect(targets("2024-06-18", "2024-11-06", .day1, at: "2024-11-08T18:00:00Z") == [Self.compact, Self.full])
  }

  @Test func `acts are two lists of their own`() {
    let want = Want(series: key(.day1, .corporateAction), span: span("2024-10-31", "2024-11-05"))
    #expect(
      AlphaVantage().requests(for: want, at: time(Self.now)).map(\.target) == [
        "/query?function=SPLITS&symbol=ACME", "/query?function=DIVIDENDS&symbol=ACME",
      ])
  }

  @Test func `the key is no part of a request, and without one nobody asks`() throws {
    let credential = try #require(AlphaVantage().profile.credential)
    #expect(credential.carrier == .query("apikey"))
    #expect(credential.isRequired)
    #expect(newest().queryValue("apikey") == nil)
    #expect(AlphaVantage().profile.politeness.windows.map(\.limit) == [5, 25])
  }

  @Test(arguments: [Interval.hour4, .week1]) func `what is folded from others is not asked for`(interval: Interval) {
    #expect(targets("2024-01-01", "2024-11-05", interval).isEmpty)
  }

  // MARK: Days

  @Test func `days come newest first, in text, and speak from the first of them on`() throws {
    let part = try read(body([row("2024-11-06"), row("2024-11-05"), row("2024-11-04")]))
    #expect(part.series == key(.day1))
    #expect(part.facts.bars.map(\.openTime) == ["2024-11-04", "2024-11-05", "2024-11-06"].map(time))
    #expect(part.facts.bars.first?.high == 12)
    #expect(part.covers == span("2024-11-04", "2024-11-06"))
  }

  @Test func `the session that runs is left for later`() throws {
    let part = try read(body([row("2024-11-06"), row("2024-11-05")]), at: "2024-11-06T22:30:00Z")
    #expect(part.facts.count == 1)
    #expect(part.covers?.upperBound == time("2024-11-05"))
  }

  @Test(arguments: [
    ("2024-11-03", "no session on that day"), ("0024-11-04", "lies outside what was asked"),
    ("2024-11-31", "the row has no time"), ("2024-11-04 16:00:00", "the row has no time"),
  ]) func `a day without a session, of another age or that cannot be is refused`(stamp: String, why: String) throws {
    let part = try read(body([row("2024-11-05"), row(stamp)]))
    #expect(part.facts.count == 1)
    #expect(part.refusals.map(\.detail) == [why])
  }

  @Test func `what is no number and what is no bar cost their rows`() throws {
    let lacking = #""2024-11-01":{"1. open":"10","2. high":"12","3. low":"9","4. close":"11"}"#
    let part = try read(
      body([row("2024-11-06"), row("2024-11-05", "nan"), row("2024-11-04", "13"), lacking]))
    #expect(part.facts.count == 1)
    #expect(
      part.refusals.map(\.detail) == ["volume is no number", "high 12.0 is below close 13.0", "close is no number"])
  }

  @Test func `members are known by their names, however they are numbered`() throws {
    let other = body([row("2024-11-06")]).replacing("5. volume", with: "6. volume").replacing("2. Sym", with: "9. Sym")
    #expect(try read(other).facts.bars.map(\.volume) == [100])
  }

  @Test func `one day twice with different values is none`() throws {
    let part = try read(body([row("2024-11-06"), row("2024-11-06", "10"), row("2024-11-05")]))
    #expect(part.facts.count == 1)
    #expect(part.refusals.map(\.reason) == [.contradictory, .contradictory])
  }

  // MARK: Within the day

  @Test func `times are those of New York, in summer and in winter, and are when bars open`() throws {
    let rows = ["2024-11-04 15:55:00", "2024-11-04 09:30:00", "2024-11-01 15:55:00", "2024-11-01 09:30:00"]
    let part = try read(body(rows.map { row($0) }, "5min"), try month("2024-11"))
    #expect(
      part.facts.bars.map(\.openTime)
        == [
          "2024-11-01T13:30:00Z", "2024-11-01T19:55:00Z", "2024-11-04T14:30:00Z", "2024-11-04T20:55:00Z",
        ].map(time))
    #expect(part.covers == span("2024-11-01T00:00:00Z", "2024-11-06T20:55:00Z"))
  }

  @Test func `a row at the close of a session shows that times are when bars close`() throws {
    let rows = ["2024-11-04 16:00:00", "2024-11-04 15:55:00", "2024-11-04 09:35:00"]
    let part = try read(body(rows.map { row($0) }, "5min"), try month("2024-11"))
    #expect(
      part.facts.bars.map(\.openTime)
        == ["2024-11-04T14:30:00Z", "2024-11-04T20:50:00Z", "2024-11-04T20:55:00Z"].map(
          time))
    #expect(part.refusals.isEmpty)
  }

  @Test func `a row at the close is an auction where another stands at the opening`() throws {
    let rows = ["2024-11-29 13:00:00", "2024-11-29 12:55:00", "2024-11-29 09:30:00"]
    let part = try read(body(rows.map { row($0) }, "5min"), at: "2024-12-02T12:00:00Z", try month("2024-11"))
    #expect(part.facts.bars.map(\.openTime) == ["2024-11-29T14:30:00Z", "2024-11-29T17:55:00Z"].map(time))
    #expect(part.refusals.isEmpty)
  }

  @Test func `with extended hours the ends of the day tell`() throws {
    let opening = ["2024-11-04 19:55:00", "2024-11-04 16:00:00", "2024-11-04 12:00:00"].map { row($0) }
    #expect(
      try read(body(opening, "5min"), try month("2024-11")).facts.bars.map(\.openTime) == [time("2024-11-04T17:00:00Z")]
    )
    let closing = ["2024-11-04 20:00:00", "2024-11-04 19:55:00", "2024-11-04 12:00:00"].map { row($0) }
    #expect(
      try read(body(closing, "5min"), try month("2024-11")).facts.bars.map(\.openTime) == [time("2024-11-04T16:55:00Z")]
    )
  }

  @Test func `where nothing tells what times mean, nothing is believed`() throws {
    let rows = ["2024-11-04 12:05:00", "2024-11-04 12:00:00"].map { row($0) }
    #expect(refusal(body(rows, "5min"), try month("2024-11"))?.isShapeChanged == true)
  }

  @Test func `hours are full hours, from nine to three`() throws {
    let rows = (9...15).map { row("2024-11-04 \($0 < 10 ? "0" : "")\($0):00:00") }
    let part = try read(body(rows, "60min"), try month("2024-11", .hour1))
    #expect(part.facts.bars.map { $0.openTime.secondOfDay / 3600 } == Array(14...20))
  }

  @Test func `rows of another month, share, interval or zone are refused`() throws {
    let rows = [row("2024-11-04 15:55:00"), row("2024-10-31 15:55:00")]
    #expect(
      try read(body(rows, "5min"), try month("2024-11")).refusals.map(\.detail) == ["lies outside what was asked"])
    #expect(refusal(body(rows, "5min", of: "OTHER"), try month("2024-11"))?.isShapeChanged == true)
    #expect(refusal(body(rows, "1min"), try month("2024-11"))?.isShapeChanged == true)
    #expect(refusal(body(rows, "5min", zone: "Mars/Olympus"), try month("2024-11"))?.isShapeChanged == true)
  }

  @Test func `adjusted prices are none of ours`() {
    let request = Request(
      provider: "alphavantage", path: "/query",
      query: [
        QueryItem("function", "TIME_SERIES_INTRADAY"), QueryItem("symbol", "ACME"), QueryItem("interval", "5min"),
      ])
    #expect(refusal(body([row("2024-11-04 15:55:00")], "5min"), request)?.isShapeChanged == true)
  }

  // MARK: Acts

  private func acts(_ rows: String, _ list: AlphaVantageActs) throws -> SeriesReading {
    try read(#"{"symbol":"ACME","data":[\#(rows)]}"#, AlphaVantageAddress.acts(list, of: "ACME"))
  }

  @Test func `a split is its factor, a dividend its amount, what lies ahead waits`() throws {
    let splits = try acts(#"{"effective_date":"2021-11-04","split_factor":"1.0460"}"#, .splits)
    #expect(splits.series == SeriesKey.actions(of: "ACME", at: "alphavantage"))
    #expect(splits.facts == .actions([CorporateAction(day: day("2021-11-04"), kind: .split, value: 1.046)]))
    let dividends = try acts(
      """
      {"ex_dividend_date":"2024-11-08","declaration_date":"2024-10-01","amount":"1.69"},
      {"ex_dividend_date":"2024-05-09","declaration_date":"None","record_date":"None","amount":"1.67"}
      """, .dividends)
    #expect(dividends.facts == .actions([CorporateAction(day: day("2024-05-09"), kind: .dividend, value: 1.67)]))
  }

  @Test(arguments: [
    #"{"effective_date":"None","split_factor":"2.0"}"#, #"{"effective_date":"2020-01-02","split_factor":"None"}"#,
    #"{"effective_date":"2020-01-02","split_factor":"0"}"#, "[]", #""x""#,
  ]) func `an act without a date or a value costs itself`(row: String) throws {
    let part = try acts(#"\#(row),{"effective_date":"2021-11-04","split_factor":"2"}"#, .splits)
    #expect(part.facts.count == 1)
    #expect(part.refusals.count == 1)
  }

  @Test func `a share that never paid is an answer without rows, acts of another one are none`() throws {
    #expect(try acts("", .dividends).isBare)
    let request = AlphaVantageAddress.acts(.dividends, of: "ACME")
    #expect(refusal(#"{"symbol":"OTHER","data":[]}"#, request)?.isShapeChanged == true)
    #expect(refusal(#"{"symbol":"ACME"}"#, request)?.isShapeChanged == true)
  }

  // MARK: Places

  @Test func `each figure is found where it stands, and means what was stored`() throws {
    let asked: [(Request, String)] = [
      (newest(), body([row("2024-11-06", "x"), row("2024-11-06"), row("2024-11-05")])),
      (try month("2024-11"), body(["2024-11-04 16:00:00", "2024-11-04 15:55:00"].map { row($0) }, "5min")),
      (
        AlphaVantageAddress.acts(.splits, of: "ACME"),
        #"{"symbol":"ACME","data":[{"effective_date":"2021-11-04","split_factor":"1.0460"}]}"#
      ),
      (
        AlphaVantageAddress.acts(.dividends, of: "ACME"),
        #"{"symbol":"ACME","data":[7,{"ex_dividend_date":"2024-05-09","amount":"1.67"}]}"#
      ),
    ]
    for (request, body) in asked { try expectPlaces(AlphaVantage(), answer(body, at: Self.now), request, atLeast: 1) }
  }
}
