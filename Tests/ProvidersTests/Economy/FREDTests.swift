import Market
import Support
import Testing

@testable import Providers

private let now = "2024-09-26T22:30:00Z"
private let today = day("2024-09-26")

private func observations(_ id: String, withVintages: Bool, from first: String = "2024-01-01") -> Request {
  FREDAddress.observations(of: id, from: day(first), withVintages: withVintages)
}

private func row(_ date: String, _ value: String, from start: String = "2024-04-25") -> String {
  #"{"realtime_start":"\#(start)","realtime_end":"9999-12-31","date":"\#(date)","value":"\#(value)"}"#
}

private func body(_ rows: [String]) -> String {
  #"{"units":"lin","count":\#(rows.count),"observations":[\#(rows.joined(separator: ","))]}"#
}

private func read(_ text: String, _ request: Request) throws(ReadingError) -> Reading {
  try FRED().read(answer(text, at: now), to: request)
}

private func values(_ facts: Facts) -> [MacroObservation] {
  guard case .rows(let rows) = facts.typed else { return [] }
  return rows.compactMap { row in
    guard case .day(let day) = row.key.parts[0], case .day(let vintage) = row.key.parts[1] else { return nil }
    return MacroObservation(day: day, vintage: vintage, value: row.values[0].number)
  }
}

struct FREDTests {
  private func asked(_ frequency: Frequency?, isKeyed: Bool) -> [String] {
    let want = Want(
      series: .observations(of: "GDP", at: FRED.name), span: span("2022-09-26", "2024-09-26"), frequency: frequency,
      isKeyed: isKeyed)
    return FRED().requests(for: want, at: time(now)).map(\.target)
  }

  @Test func `vintages are asked for of what does not come daily, and begin with the observations`() {
    let plain = "/fred/series/observations?series_id=GDP&observation_start=2022-09-26"
    #expect(asked(.daily, isKeyed: true) == ["\(plain)&file_type=json"])
    #expect(
      asked(.quarterly, isKeyed: true) == [
        "\(plain)&realtime_start=2022-09-26&realtime_end=9999-12-31&file_type=json"
      ])
  }

  @Test func `without a key the table of another server is asked for`() {
    #expect(
      asked(.quarterly, isKeyed: false) == ["//fred.stlouisfed.org/graph/fredgraph.csv?id=GDP&cosd=2022-09-26"])
  }

  @Test func `releases are asked for from the first of the month on, one by one`() throws {
    let question = try #require(FRED().questions.first)
    let want = Want(question: question, span: span("2024-09-19", "2024-09-26"), tickers: ["10", "53"])
    let requests = FRED().requests(for: want, at: time(now))
    #expect(requests.map { $0.queryValue("release_id") } == ["10", "53"])
    #expect(requests.map { $0.queryValue("realtime_start") } == ["2024-09-01", "2024-09-01"])
    #expect(question.needsKey)
  }

  @Test func `each vintage is a row of its own, and a point is no value`() throws {
    let reading = try read(
      body([
        row("2024-01-01", "28284.498"), row("2024-01-01", ".", from: "2024-05-30"),
        row("2024-04-01", "29", from: "2024-07-25"),
      ]), observations("GDP", withVintages: true))
    #expect(reading.series == .observations(of: "GDP", at: FRED.name))
    #expect(
      values(reading.facts) == [
        MacroObservation(day: day("2024-01-01"), vintage: day("2024-04-25"), value: 28284.498),
        MacroObservation(day: day("2024-01-01"), vintage: day("2024-05-30"), value: nil),
        MacroObservation(day: day("2024-04-01"), vintage: day("2024-07-25"), value: 29),
      ])
  }

  @Test func `without vintages a value was published on the day in New York on which it came`() throws {
    let text = body([row("2024-09-25", "3.79")])
    let evening = try FRED().read(answer(text, at: now), to: observations("DGS10", withVintages: false))
    let night = try FRED().read(
      answer(text, at: "2024-09-27T03:00:00Z"), to: observations("DGS10", withVintages: false))
    #expect(values(evening.facts).map(\.vintage) == [today])
    #expect(values(night.facts).map(\.vintage) == [today])
  }

  @Test(arguments: [
    (row("2024-04-01", "n/a"), RefusalReason.notANumber), (row("2024-04-01", "1e999"), .notANumber),
    (row("2024-04-31", "1"), .malformed), (row("2023-12-31", "1"), .wrongTime), (row("2084-10-01", "1"), .wrongTime),
    (row("2024-04-01", "1", from: "2024-09-27"), .wrongTime), (row("2024-04-01", "1", from: "soon"), .malformed),
    (#"{"date":"2024-04-01","realtime_start":"2024-05-01"}"#, .malformed), ("7", .malformed),
    (#"{"date":"2024-04-01","realtime_start":"2024-05-01","value":3}"#, .malformed),
  ])
  func `a row that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let reading = try read(
      body([row("2024-01-01", "1"), bad, row("2024-07-01", "2", from: "2024-08-01")]),
      observations("GDP", withVintages: true))
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.map(\.reason) == [reason])
  }

  @Test func `a projection of a year to come is a value`() throws {
    let reading = try read(
      body([row("2034-10-01", "1", from: "2024-07-25")]), observations("GDPPOT", withVintages: true))
    #expect(values(reading.facts).map(\.day) == [day("2034-10-01")])
  }

  @Test func `a vintage told twice is one, and none where it is told otherwise`() throws {
    let reading = try read(
      body([row("2024-01-01", "1"), row("2024-01-01", "1"), row("2024-04-01", "1"), row("2024-04-01", "2")]),
      observations("GDP", withVintages: true))
    #expect(values(reading.facts).map(\.day) == [day("2024-01-01")])
    #expect(reading.refusals.map(\.reason) == [.contradictory, .contradictory])
  }

  @Test func `an answer that was cut, or that is a page of several, is refused as a whole`() {
    let request = observations("GDP", withVintages: true)
    let whole = body([row("2024-01-01", "1")])
    #expect(fault { () throws(ReadingError) in try read(String(whole.dropLast(9)), request) }?.isShapeChanged == true)
    let page = whole.replacing("\"count\":1", with: "\"count\":2")
    #expect(fault { () throws(ReadingError) in try read(page, request) }?.isShapeChanged == true)
    #expect(fault { () throws(ReadingError) in try read("{}", request) }?.isShapeChanged == true)
    #expect(fault { () throws(ReadingError) in try read(body([]), request) } == .empty)
  }

  @Test(arguments: [
    (#"{"error_code":400,"error_message":"Bad Request.  The value for variable api_key is not registered."}"#, true),
    (#"<error code="400" message="Bad Request.&#10;The series does not exist."/>"#, false),
  ])
  func `its errors are told apart by their words, in JSON and in XML`(text: String, isKey: Bool) {
    let answer = answer(text, status: 400, at: now)
    let fault = fault { () throws(ReadingError) in
      try FRED().read(answer, to: observations("NOPE", withVintages: false))
    }
    if isKey {
      guard case .keyRefused = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
    } else {
      #expect(fault == .unknownSymbol("NOPE"))
    }
    #expect(FRED().profile.verdict(answer) == .final)
  }

  // MARK: Tables

  private static let table = FREDAddress.table(of: "DGS10", from: Day(year: 2024, month: 9, day: 1)!)

  @Test(arguments: ["observation_date,DGS10\n", "DATE,DGS10\r\n"])
  func `a table under either heading is read, with points and empty cells for none`(heading: String) throws {
    let reading = try read("\(heading)2024-09-23,3.75\n2024-09-24,.\r\n2024-09-25,\n", Self.table)
    #expect(values(reading.facts).map(\.value) == [3.75, nil, nil])
    #expect(values(reading.facts).map(\.vintage) == [today, today, today])
  }

  @Test(arguments: ["observation_date,DGS2\n2024-09-23,3.75\n", "<html></html>", "date;value\n", "DATE,DGS10,DGS2\n"])
  func `a table of something else is refused`(text: String) {
    #expect(fault { () throws(ReadingError) in try read(text, Self.table) } != nil)
  }

  @Test func `a table that ends within a line is cut, and none of it is believed`() throws {
    let whole = "observation_date,DGS10\n2024-09-23,3.75\n2024-09-24,3.75\n"
    #expect(values(try read(whole, Self.table).facts).count == 2)
    for cut in 1...5 {
      #expect(fault { () throws(ReadingError) in try read(String(whole.dropLast(cut)), Self.table) } != nil)
    }
  }

  // MARK: Releases

  @Test func `a release tells of all weekdays it speaks for, so that a day that is moved is one without it`() throws {
    let request = FREDAddress.releases(of: 53, from: today)
    let text = #"{"release_dates":[{"release_id":53,"date":"2024-09-26"},{"release_id":53,"date":"2024-10-30"}]}"#
    let reading = try read(text, request)
    guard case .rows(let rows) = reading.facts.typed else { return #expect(Bool(false)) }
    let told = rows.filter { $0.values[0] == .whole(1) }.compactMap { $0.key.at?.day }
    #expect(told == [day("2024-09-26"), day("2024-10-30")])
    #expect(rows.first?.key.at?.day == day("2024-09-02"))
    #expect(!rows.contains { $0.key.at!.day.isWeekend })
    let figure = Figure(series: reading.series, key: FactKey(.day(day("2024-10-30"))), field: .isScheduled)
    let place = try #require(FRED().locate(figure, in: answer(text, at: now), to: request))
    #expect(place.value(in: Array(text.utf8)) == .whole(1))
  }

  // MARK: What a series measures

  @Test func `with a key it says title, units, frequency and release; without one how often values come`() throws {
    let about = FRED().requests(about: "ICSA", isKeyed: true, at: time(now))
    let series = #"""
      {"seriess":[{"id":"ICSA","title":"Initial\u202e Claims","frequency":"Weekly, Ending Saturday","units":"Number"}]}
      """#
    let told = try FRED().description(
      of: "ICSA",
      in: [(answer(series), about[0]), (answer(#"{"releases":[{"id":180,"name":"Claims"}]}"#), about[1])])
    #expect(told == MacroSeries(title: "Initial  Claims", units: "Number", frequency: .weekly, release: 180))
    let table = FRED().requests(about: "ICSA", isKeyed: false, at: time(now))
    let plain = try FRED().description(
      of: "ICSA", in: [(answer("observation_date,ICSA\n2024-09-07,1\n2024-09-14,2\n2024-09-21,3\n"), table[0])])
    #expect(plain == MacroSeries(title: "ICSA", units: nil, frequency: .weekly))
  }
}
