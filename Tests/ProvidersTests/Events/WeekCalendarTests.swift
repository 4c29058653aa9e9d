import Market
import Support
import Testing

@testable import Providers

/// A row of the week's calendar, as it is sent.
func calendarRow(
  _ title: String, _ date: String, country: String = "USD", impact: String = "High", forecast: String = "",
  previous: String = ""
) -> String {
  """
  {"title":"\(title)","country":"\(country)","date":"\(date)","impact":"\(impact)","forecast":"\(forecast)",\
  "previous":"\(previous)"}
  """
}

@Suite struct WeekCalendarTests {
  private static let now = "2024-09-25T15:00:00Z"
  private static let request = Request(provider: WeekCalendar.name, path: WeekCalendar.path)

  private func read(_ rows: [String], at now: String = now) throws(ReadingError) -> SeriesReading {
    try read(body: "[\(rows.joined(separator: ","))]", at: now)
  }

  private func read(body: String, at now: String = now) throws(ReadingError) -> SeriesReading {
    try WeekCalendar().read(answer(body, at: now), to: Self.request).parts[0]
  }

  private func key(_ title: String, week: String = "2024-09-22", country: String = "USD", _ number: Int = 1) -> FactKey
  {
    FactKey(.day(day(week)), .text(country), .text(title), .text("\(number)"))
  }

  private func figure(_ field: FigureField, _ key: FactKey, in reading: SeriesReading) -> FigureValue? {
    reading.facts.index(of: key).flatMap { row in
      FactShape.eventItem.index(of: field).map { reading.facts.figures(at: row)[$0] }
    }
  }

  @Test func `an event has its instant, its day in New York, and the Sunday of its week`() throws {
    let reading = try read([calendarRow("CPI m\\/m", "2024-09-25T08:30:00-04:00", forecast: "0.2%", previous: "0.3%")])
    let key = key("CPI m/m")
    #expect(figure(.at, key, in: reading) == .whole(time("2024-09-25T12:30:00Z").epochSeconds))
    #expect(figure(.day, key, in: reading) == .text("2024-09-25"))
    #expect(figure(.kind, key, in: reading) == .text("economic"))
    #expect(figure(.importance, key, in: reading) == .text("high"))
    #expect(figure(.forecast, key, in: reading) == .text("0.2%"))
    #expect(figure(.forecastValue, key, in: reading) == .number(0.2))
    #expect(figure(.previousValue, key, in: reading) == .number(0.3))
    #expect(figure(.unit, key, in: reading) == .text("%"))
    #expect(figure(.isWithdrawn, key, in: reading) == .whole(0))
    #expect(reading.covers == day("2024-09-22").start...day("2024-09-22").start)
  }

  @Test(
    arguments: [
      ("0.3%", 0.3, "%"), ("219K", 219, "K"), ("-12.15B", -12.15, "B"), ("2.59T", 2.59, "T"), ("55.4", 55.4, nil),
      ("-701M", -701, "M"), ("0", 0, nil), ("4.52|2.5", nil, nil), ("3-0-6", nil, nil), ("<0.10%", nil, nil),
      ("1,234", nil, nil), ("nan%", nil, nil), ("1e999", nil, nil), ("%", nil, nil), ("٣%", nil, nil),
    ] as [(String, Double?, String?)])
  func `the number and the unit of a text, where they fit`(_ text: String, _ number: Double?, _ unit: String?) {
    let amount = WeekCalendarReading.amount(text)
    #expect(amount?.text == text)
    #expect(amount?.number == number)
    #expect(amount?.unit?.rawValue == unit)
  }

  @Test func `numbers of one event are in one unit`() throws {
    let reading = try read([
      calendarRow("Job Openings", "2024-09-25T10:00:00-04:00", forecast: "1.02M", previous: "950K"),
      calendarRow("Odd", "2024-09-25T10:00:00-04:00", forecast: "3%", previous: "950K"),
      calendarRow("Early", "2024-09-25T10:00:00-04:00", previous: "8.1"),
    ])
    #expect(figure(.previousValue, key("Job Openings"), in: reading) == .number(0.95))
    #expect(figure(.previous, key("Odd"), in: reading) == .text("950K"))
    #expect(figure(.previousValue, key("Odd"), in: reading) == .absent)
    #expect(figure(.previousValue, key("Early"), in: reading) == .number(8.1))
  }

  @Test func `an event without a date stays in the week of the others, and a holiday is one`() throws {
    let reading = try read([
      calendarRow("Currency Report", "", impact: "Low"),
      calendarRow("Bank Holiday", "2024-09-23T00:01:00-04:00", impact: "Holiday"),
      calendarRow("OPEC", "Tentative", country: "All", impact: "Non-Economic"),
      calendarRow("Election", "2024-09-24", impact: "Medium"),
    ])
    #expect(reading.refusals == [])
    #expect(figure(.at, key("Currency Report"), in: reading) == .absent)
    #expect(figure(.day, key("Currency Report"), in: reading) == .absent)
    #expect(figure(.importance, key("Bank Holiday"), in: reading) == .text("holiday"))
    #expect(figure(.timeOfDay, key("OPEC", country: "ALL"), in: reading) == .text("tentative"))
    #expect(figure(.importance, key("OPEC", country: "ALL"), in: reading) == .absent)
    #expect(figure(.day, key("Election"), in: reading) == .text("2024-09-24"))
    #expect(figure(.at, key("Election"), in: reading) == .absent)
  }

  @Test func `two of one title are told apart by their order, and the same row twice is one`() throws {
    let (late, early) = ("2024-09-26T09:00:00-04:00", "2024-09-24T09:00:00-04:00")
    let reading = try read([
      calendarRow("Chair Speaks", late), calendarRow("Chair Speaks", early), calendarRow("Chair Speaks", early),
      calendarRow("Chair Speaks", ""),
    ])
    #expect(reading.facts.count == 3)
    #expect(figure(.day, key("Chair Speaks", 1), in: reading) == .text("2024-09-24"))
    #expect(figure(.day, key("Chair Speaks", 2), in: reading) == .text("2024-09-26"))
    #expect(figure(.day, key("Chair Speaks", 3), in: reading) == .absent)
  }

  @Test(arguments: [
    ("2024-03-10T08:30:00-04:00", "2024-03-10T12:30:00Z", "2024-03-10"),
    ("2024-03-08T08:30:00-05:00", "2024-03-08T13:30:00Z", "2024-03-03"),
    ("2024-11-03T18:00:00-05:00", "2024-11-03T23:00:00Z", "2024-11-03"),
    ("2024-11-02T23:59:00-04:00", "2024-11-03T03:59:00Z", "2024-10-27"),
  ])
  func `weeks in which the clocks are changed begin on New York's Sunday`(_ date: String, _ at: String, _ week: String)
    throws
  {
    let reading = try read([calendarRow("X", date)], at: at)
    #expect(figure(.at, key("X", week: week), in: reading) == .whole(time(at).epochSeconds))
  }

  @Test(arguments: [
    #"{"title":"X","country":"USD","impact":"Low"}"#, #"{"title":7,"country":"USD","date":"","impact":"Low"}"#,
    #"{"title":"X","country":"USD","date":["2024"],"impact":"Low"}"#, "[]", "7", "null", #""X""#,
    calendarRow("", "2024-09-25T08:30:00-04:00"), calendarRow("X", "2024-09-25T08:30:00-04:00", country: ""),
    calendarRow("X", "2024-09-25T08:30:00-04:00", country: "U$D"), calendarRow("X", "2024-02-30T08:30:00-05:00"),
    calendarRow("X", "2024-09-25T08:30:00"), calendarRow("X", "2024-09-25 25:30:00-04:00"),
    calendarRow("X", "1999-09-25T08:30:00-04:00"), calendarRow("X", "9999-12-31T23:59:59-14:00"),
    calendarRow("X", "soon"), calendarRow("X", "2024-09-25T08:30:00-04:00", impact: "Terrible"),
    calendarRow(String(repeating: "x", count: 201), "2024-09-25T08:30:00-04:00"),
    calendarRow("X", "2024-09-25T08:30:00-04:00", forecast: String(repeating: "9", count: 300)),
    #"{"title":"X","title":"Y","country":"USD","date":"2024-09-25T08:30:00-04:00","impact":"Low"}"#,
  ])
  func `a row that is none costs itself, and such an answer withdraws nothing`(_ row: String) throws {
    let reading = try read([calendarRow("Good", "2024-09-25T08:30:00-04:00"), row])
    #expect(reading.facts.count == 1)
    #expect(reading.refusals.count == 1)
    #expect(reading.covers == nil)
  }

  @Test func `control characters and marks of direction are no part of a title`() throws {
    let reading = try read([calendarRow("A\\u0000\\u202EB", "2024-09-25T08:30:00-04:00")])
    let title = reading.facts.key(at: 0).text ?? ""
    #expect(!title.unicodeScalars.contains { $0.value == 0 || $0.value == 0x202E })
  }

  @Test func `what is no calendar is refused, and says why`() throws {
    let page = "<!DOCTYPE html><html><title>Request Denied</title></html>"
    #expect(
      fault { () throws(ReadingError) in try readWhole(page) } == .blocked(message: "a web page in place of data"))
    #expect(
      fault { () throws(ReadingError) in try readWhole(page, status: 429) } == .throttled(retryAfter: nil))
    #expect(fault { () throws(ReadingError) in try readWhole("[]") } == .empty)
    for body in ["", "{}", "Rate limited", "[{]", "[" + calendarRow("X", "2024-09-25T08:30:00-04:00"), "null", "[7,8]"]
    {
      let found = fault { () throws(ReadingError) in try readWhole(body) }
      #expect(found?.isShapeChanged == true, "\(body)")
    }
    let good = "[\(calendarRow("X", "2024-09-25T08:30:00-04:00"))]"
    for cut in 1..<good.utf8.count {
      #expect(fault { () throws(ReadingError) in try readWhole(String(good.prefix(cut))) } != nil)
    }
    #expect(fault { () throws(ReadingError) in try readWhole(good + "x") }?.isShapeChanged == true)
  }

  private func readWhole(_ body: String, status: Int = 200) throws(ReadingError) -> Reading {
    try WeekCalendar().read(answer(body, status: status, at: Self.now), to: Self.request)
  }

  @Test func `a thousand times a week is read in its time`() throws {
    let rows = (0..<20_000).map { calendarRow("Event \($0)", "2024-09-25T08:30:00-04:00", forecast: "1.\($0)%") }
    #expect(try read(rows).facts.count == 20_000)
  }

  @Test func `a figure is found where it stands, and read again`() throws {
    let rows = [
      calendarRow("A", "2024-09-24T08:30:00-04:00", forecast: "1K", previous: "2K"),
      calendarRow("B", "2024-09-25T08:30:00-04:00", impact: "Low", forecast: "3%"),
    ]
    let body = "[\(rows.joined(separator: ","))]"
    let (provider, sent) = (WeekCalendar(), answer(body, at: Self.now))
    for (field, path) in [
      (FigureField.at, "$[1].date"), (.forecast, "$[1].forecast"), (.importance, "$[1].impact"),
    ] {
      let place = try #require(
        provider.locate(
          Figure(series: WeekCalendar.week, key: key("B"), field: field), in: sent, to: Self.request))
      #expect("\(place.path)" == path)
      #expect(place.value(in: sent.body) == figure(field, key("B"), in: try read(body: body)))
    }
    for (title, field) in [("B", FigureField.previous), ("B", .unit), ("C", .at)] {
      let figure = Figure(series: WeekCalendar.week, key: key(title), field: field)
      #expect(provider.locate(figure, in: sent, to: Self.request) == nil)
    }
  }

  @Test(
    .enabled(if: MarketData.folder != nil, "MARKET_DATA names no folder of recorded answers"),
    arguments: [("2022-08-14", 87, "2022-08-17T12:00:00Z"), ("2026-08-16", 100, "2026-08-19T12:00:00Z")])
  func `recorded weeks are read whole`(_ week: String, _ count: Int, _ now: String) throws {
    let body = try recorded("calendar/ff-thisweek-\(week).json")
    let sent = answer(body, at: now)
    let reading = try WeekCalendar().read(sent, to: Self.request).parts[0]
    #expect(reading.facts.count == count)
    #expect(reading.refusals == [])
    #expect(reading.covers == day(week).start...day(week).start)
    for index in 0..<reading.facts.count {
      for field in [FigureField.forecast, .previous, .at, .importance] {
        let key = reading.facts.key(at: index)
        guard let value = figure(field, key, in: reading), value != .absent else { continue }
        let place = try #require(
          WeekCalendar().locate(
            Figure(series: WeekCalendar.week, key: key, field: field), in: sent, to: Self.request))
        #expect(place.value(in: body) == value)
      }
    }
  }

  @Test(
    .enabled(if: MarketData.folder != nil, "MARKET_DATA names no folder of recorded answers"),
    arguments: [
      "calendar/ff-thisweek-2023-12-10.xml", "calendar/ff-thisweek-2025-05-04.xml",
      "calendar/ff-thisweek-2025-06-08.xml",
      "calendar/xnys-sessions-1990_2023.csv", "calendar/yahoo-visualization-earnings-2021-11-01.json",
    ])
  func `other recorded bodies are refused`(_ path: String) throws {
    let body = try recorded(path)
    #expect(
      fault { () throws(ReadingError) in try WeekCalendar().read(answer(body, at: Self.now), to: Self.request) } != nil)
  }
}
