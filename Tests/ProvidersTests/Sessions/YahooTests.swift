import Market
import Support
import Testing

@testable import Providers

/// Charts of a made-up share, around the end of the summer time of 2024 in New York.
@Suite struct YahooTests {
  private static let key = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: .day1)

  private func request(
    _ first: String = "2024-10-31T00:00:00Z", _ last: String = "2024-11-05T00:00:00Z", _ interval: Interval = .day1
  ) -> Request {
    YahooAddress.chart("ACME", interval, span(first, last))
  }

  private static let columns = ["open", "high", "low", "close", "volume"]

  /// A row a session: its stamp, its four prices and its volume.
  private func chart(
    _ rows: [(String, [String])], events: String = "", meta: String = "", interval: String = "1d"
  ) -> String {
    let cells = Self.columns.indices.map { column in
      "\"\(Self.columns[column])\":[\(rows.map { $0.1[column] }.joined(separator: ","))]"
    }.joined(separator: ",")
    let stamps = rows.map { "\(time($0.0).epochSeconds)" }.joined(separator: ",")
    let more = events.isEmpty ? "" : ",\"events\":{\(events)}"
    return """
      {"chart":{"result":[{"meta":{"currency":"USD","symbol":"ACME","firstTradeDate":1,"instrumentType":"EQUITY",
      "exchangeTimezoneName":"America/New_York","dataGranularity":"\(interval)"\(meta)},"timestamp":[\(stamps)]\(more),
      "indicators":{"quote":[{\(cells)}],"adjclose":[{"adjclose":[]}]}}],"error":null}}
      """
  }

  private func read(
    _ body: String, status: Int = 200, at instant: String = "2024-11-07T12:00:00Z", _ asked: Request? = nil
  ) throws(ReadingError) -> Reading {
    try Yahoo().read(answer(body, status: status, at: instant), to: asked ?? request())
  }

  private static let plain = ["10", "12", "9", "11", "100"]
  private static let week: [(String, [String])] = [
    ("2024-10-31T13:30:00Z", plain), ("2024-11-01T13:30:00Z", plain), ("2024-11-04T14:30:00Z", plain),
    ("2024-11-05T14:30:00Z", plain),
  ]

  @Test func `a share of another exchange has days on which New York rests`() throws {
    let body = chart([("2024-07-03T07:00:00Z", Self.plain), ("2024-07-04T07:00:00Z", Self.plain)])
      .replacing("America/New_York", with: "Europe/Berlin")
    let asked = YahooAddress.chart("ACME", .day1, span("2024-07-03T00:00:00Z", "2024-07-04T00:00:00Z"))
    let reading = try read(body, asked)
    #expect(reading.parts[0].facts.count == 2 && reading.parts[0].refusals.isEmpty)
  }

  @Test func `a chart of another symbol is none of ours`() throws {
    let body = chart(Self.week).replacing("\"symbol\":\"ACME\"", with: "\"symbol\":\"OTHER\"")
    #expect(throws: ReadingError.self) { try read(body) }
    #expect(try read(chart(Self.week).replacing("\"symbol\":\"ACME\"", with: "\"symbol\":\"acme\"")).count == 4)
  }

  @Test func `two rows of one stamp that say otherwise are both refused, copies are one`() throws {
    let other = ["10", "12", "9", "11.5", "100"]
    let reading = try read(chart(Self.week + [("2024-11-05T14:30:00Z", other)]))
    #expect(reading.parts[0].facts.count == 3)
    #expect(reading.parts[0].refusals.map(\.reason) == [.contradictory, .contradictory])
    #expect(try read(chart(Self.week + [Self.week[3]])).parts[0].refusals.isEmpty)
  }

  // MARK: Asking

  @Test func `all days are asked for in one request, with the acts of the share`() {
    let want = Want(series: Self.key, span: span("2024-10-31T00:00:00Z", "2024-11-05T00:00:00Z"))
    #expect(
      Yahoo().requests(for: want, at: time("2024-11-07T12:00:00Z")).map(\.target) == [
        "/v8/finance/chart/ACME?interval=1d&period1=1730332800&period2=1730851200&includePrePost=false"
          + "&events=div,splits,capitalGains"
      ])
  }

  @Test func `a sign in a symbol is encoded, and read back`() {
    let request = YahooAddress.chart("^GSPC", .day1, span("2024-10-31T00:00:00Z", "2024-11-05T00:00:00Z"))
    #expect(request.target.hasPrefix("/v8/finance/chart/%5EGSPC?"))
    #expect(YahooAddress.question(in: request)?.symbol == "^GSPC")
    #expect(
      YahooAddress.question(in: request)?.window == span("2024-10-31T00:00:00Z", "2024-11-05T00:00:00Z"))
  }

  @Test func `within the day it is asked no further back than it reaches, page by page`() {
    let now = time("2024-11-07T22:00:00Z")
    func windows(_ interval: Interval) -> [Int64] {
      let key = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: interval)
      let want = Want(series: key, span: time("2020-01-01T00:00:00Z")...now)
      return Yahoo().requests(for: want, at: now).compactMap {
        YahooAddress.question(in: $0)?.window.map { $0.upperBound - $0.lowerBound }
      }
    }
    #expect(windows(.minute1).count == 5)
    #expect(windows(.minute1).allSatisfy { $0 < 7 * 86_400 })
    #expect(windows(.minute5).count == 1)
    #expect(windows(.hour1).count == 1)
    #expect(windows(.hour1).allSatisfy { $0 < 730 * 86_400 - 3000 })
    #expect(windows(.minute30).isEmpty)
  }

  @Test func `no minute lies between two requests, whatever second it is`() throws {
    let now = time("2024-11-07T15:00:31Z")
    let key = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: .minute1)
    let windows = Yahoo().requests(for: Want(series: key, span: time("2020-01-01T00:00:00Z")...now), at: now)
      .compactMap { YahooAddress.question(in: $0)?.window }
    #expect(windows.count == 5)
    for (earlier, later) in zip(windows, windows.dropFirst()) { #expect(later.lowerBound - earlier.upperBound == 60) }
    #expect(windows.first?.lowerBound.epochSeconds.isMultiple(of: 60) == true)
  }

  // MARK: Days

  @Test func `a day is the date in the exchange's zone, whatever the offset says`() throws {
    let reading = try read(chart(Self.week, meta: #","gmtoffset":-14400"#))
    #expect(reading.parts.map(\.series) == [Self.key])
    #expect(
      reading.parts[0].facts.bars.map(\.openTime.day.description) == [
        "2024-10-31", "2024-11-01", "2024-11-04", "2024-11-05",
      ])
    #expect(reading.parts[0].facts.bars.first?.openTime == time("2024-10-31T00:00:00Z"))
    #expect(reading.parts[0].covers == span("2024-10-31T00:00:00Z", "2024-11-05T00:00:00Z"))
  }

  @Test func `a number of 32 bits is the decimal that was meant, any other stays`() throws {
    let row = ["75.0875015258789", "75.1500015258789", "73.79750061035156", "74.05999755859375", "135480400"]
    let bar = try #require(try read(chart([("2024-11-01T13:30:00Z", row)])).parts[0].facts.bars.first)
    #expect([bar.open, bar.high, bar.low, bar.close] == [75.0875, 75.15, 73.7975, 74.06])
    #expect(bar.volume == 135_480_400)
  }

  @Test func `of two rows of one date the later one counts`() throws {
    let rows =
      Self.week.dropLast() + [
        ("2024-11-05T14:30:00Z", ["1", "1", "1", "1", "1"]), ("2024-11-05T21:00:07Z", ["2", "3", "2", "3", "7"]),
      ]
    #expect(try read(chart(Array(rows))).parts[0].facts.bars.last?.close == 3)
  }

  @Test func `a row without a price is no row, one that lacks a price costs itself`() throws {
    var rows = Self.week
    rows[1].1 = ["null", "null", "null", "null", "null"]
    rows[2].1 = ["10", "12", "9", "null", "100"]
    let part = try read(chart(rows)).parts[0]
    #expect(part.facts.count == 2)
    #expect(part.refusals.map(\.reason) == [.notANumber])
    #expect(part.refusals.first?.detail == "close is no number")
    #expect(part.refusals.first?.excerpt == "[1730730600.0,10.0,12.0,9.0,null,100.0]")
  }

  @Test func `infinity as a text, and a high below the close, cost their rows`() throws {
    var rows = Self.week
    rows[0].1[1] = "\"Infinity\""
    rows[1].1[1] = "10.5"
    let part = try read(chart(rows)).parts[0]
    #expect(part.facts.count == 2)
    #expect(Set(part.refusals.map(\.reason)) == [.notANumber, .impossibleRange])
  }

  @Test func `a day on which the exchange was closed is refused`() throws {
    let rows = [("2024-11-01T13:30:00Z", Self.plain), ("2024-11-02T13:30:00Z", Self.plain)]
    let part = try read(chart(rows)).parts[0]
    #expect(part.facts.count == 1)
    #expect(part.refusals.map(\.reason) == [.wrongTime])
  }

  @Test func `a session that is not long over is left for later`() throws {
    let part = try read(chart(Self.week), at: "2024-11-05T22:00:00Z").parts[0]
    #expect(part.facts.count == 3)
    #expect(part.covers == span("2024-10-31T00:00:00Z", "2024-11-04T00:00:00Z"))
  }

  @Test func `oil below zero is a price, a share below zero is none`() throws {
    let row = ("2024-11-01T13:30:00Z", ["-5", "-1", "-40", "-37.63", "100"])
    #expect(try read(chart([row])).parts[0].facts.count == 0)
    let future = chart([row]).replacing("EQUITY", with: "FUTURE")
    #expect(try read(future).parts[0].facts.bars.first?.close == -37.63)
  }

  // MARK: Acts

  private static let events = """
    "dividends":{"1730381400":{"amount":0.25,"date":1730381400},"1730467800":{"amount":0.1,"date":1730467800}},
    "splits":{"1730730600":{"date":1730730600,"numerator":3,"denominator":2,"splitRatio":"3:2"}},
    "capitalGains":{"1730467800":{"amount":0.5,"date":1730467800}}
    """

  @Test func `splits, dividends and gains are a part of their own`() throws {
    let reading = try read(chart(Self.week, events: Self.events))
    let part = try #require(reading.parts.last)
    #expect(part.series == Yahoo.actions(of: "ACME"))
    #expect(part.covers == nil)
    #expect(
      part.facts
        == .actions([
          CorporateAction(day: day("2024-10-31"), kind: .dividend, value: 0.25),
          CorporateAction(day: day("2024-11-01"), kind: .capitalGain, value: 0.5),
          CorporateAction(day: day("2024-11-01"), kind: .dividend, value: 0.1),
          CorporateAction(day: day("2024-11-04"), kind: .split, value: 1.5),
        ]))
  }

  @Test func `two payments of a day are one sum, and an impossible split is refused`() throws {
    let events = """
      "dividends":{"a":{"amount":0.25,"date":1730381400},"b":{"amount":0.5,"date":1730381400}},
      "splits":{"c":{"date":1730730600,"numerator":3,"denominator":0}}
      """
    let part = try #require(try read(chart(Self.week, events: events)).parts.last)
    #expect(part.facts == .actions([CorporateAction(day: day("2024-10-31"), kind: .dividend, value: 0.75)]))
    #expect(part.refusals.count == 1)
  }

  // MARK: Answers without bars

  @Test(arguments: [#"[{}]"#, "[]"]) func `a window without sessions is an answer without rows`(quote: String) throws {
    let body = """
      {"chart":{"result":[{"meta":{"currency":"USD","firstTradeDate":1},"indicators":{"quote":\(quote)}}],"error":null}}
      """
    let reading = try read(body)
    #expect(reading.isBare)
    #expect(reading.parts[0].covers == span("2024-10-31T00:00:00Z", "2024-11-05T00:00:00Z"))
  }

  @Test func `a window before the listing is one too`() throws {
    let body = """
      {"chart":{"result":null,"error":{"code":"Bad Request","description":"Data doesn't exist for startDate = 1, \
      endDate = 2"}}}
      """
    #expect(try read(body, status: 400).isBare)
  }

  @Test func `what was delisted, or never was, is not known`() {
    let gone = """
      {"chart":{"result":[{"meta":{"currency":null,"firstTradeDate":null},"indicators":{"quote":[{}]}}],"error":null}}
      """
    #expect(fault { () throws(ReadingError) in try read(gone) } == .unknownSymbol("ACME"))
    let unknown = """
      {"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}
      """
    #expect(fault { () throws(ReadingError) in try read(unknown, status: 404) } == .unknownSymbol("ACME"))
  }

  @Test func `being asked too often stops it for an hour`() {
    let refused = answer("Too Many Requests", status: 429)
    #expect(Yahoo().profile.verdict(refused) == .throttled(retryAfter: 3600))
    #expect(
      fault { () throws(ReadingError) in try read("Too Many Requests", status: 429) } == .throttled(retryAfter: nil))
  }

  @Test(arguments: [
    #"{"chart":{"result":[{"meta":{},"indicators":{"quote":[{"close":[1,2]}]}}],"error":null}}"#,
    #"{"chart":{"result":[{"meta":{"currency":"USD"},"timestamp":[1,2],"indicators":{"quote":[{"close":[1]}]}}]}}"#,
    #"{"chart":{"error":null}}"#, #"{"chart":{"result":[{},{}]}}"#, "", "[]", #"{"chart":{"result":[{"#,
    #"{"chart":{"result":[{"timestamp":[1],"timestamp":[2]}]}}"#,
  ]) func `prices without their times, half a body and two of one member are no chart`(body: String) {
    #expect(fault { () throws(ReadingError) in try read(body) }?.isShapeChanged == true)
  }

  @Test func `bars of another length than was asked for are refused`() {
    let weeks = chart(Self.week, interval: "1wk")
    #expect(fault { () throws(ReadingError) in try read(weeks) }?.isShapeChanged == true)
  }

  // MARK: Places

  @Test func `each figure is found where it stands, and means what was stored`() throws {
    var rows = Self.week
    rows[1].1[3] = "11.1000003814697266"
    let text = answer(chart(rows, events: Self.events), at: "2024-11-07T12:00:00Z")
    let reading = try Yahoo().read(text, to: request())
    for part in reading.parts {
      for index in 0..<part.facts.count {
        let shape: FactShape = part.series.dataset == .bar ? .bar : .corporateAction
        for (field, value) in zip(shape.fields, part.facts.figures(at: index)) where field != .currency {
          let figure = Figure(series: part.series, key: part.facts.key(at: index), field: field)
          let place = try #require(Yahoo().locate(figure, in: text, to: request()))
          #expect(place.value(in: text.body) == value, "\(place.path)")
        }
      }
    }
  }
}
