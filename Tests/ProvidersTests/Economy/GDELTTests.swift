import Market
import Support
import Testing

@testable import Providers

private let query = "(exchange OR wallet) (hack OR exploit) sourcelang:english"
private let days = day("2024-08-21")...day("2024-09-19")
private let volumes = GDELTAddress.timeline(.volume, query, days)
private let tones = GDELTAddress.timeline(.tone, query, days)
private let theme = SeriesKey(dataset: .themeValue, provider: "gdelt", providerSymbol: query, interval: .day1)

private func point(_ day: String, _ value: String, norm: String? = nil) -> String {
  "{\"date\":\"\(day)\",\"value\":\(value)\(norm.map { ",\"norm\":\($0)" } ?? "")}"
}

private func body(_ points: [String], title: String = "x") -> String {
  """
  {"query_details":{"title":"\(title)","date_resolution":"day"},"timeline":[{"series":"Article Count","data":\
  [\(points.joined(separator: ","))]}]}
  """
}

private func read(
  _ text: String, to request: Request = volumes, status: Int = 200, at instant: String = "2024-09-20T06:30:00Z"
) throws(ReadingError) -> Reading {
  try GDELT().read(answer(text, status: status, at: instant), to: request)
}

private func rows(_ reading: Reading) -> [String] {
  guard case .rows(let rows) = reading.parts[0].facts.typed else { return [] }
  return rows.map { row in
    "\(row.key.at?.day.description ?? "") \(row.key.text ?? "") \(row.values[0].number ?? .nan)"
  }
}

private func asked(_ first: String, _ last: String, at now: String = "2024-09-20T06:30:00Z") -> [Request] {
  GDELT().requests(for: Want(series: theme, span: span(first, last)), at: time(now))
}

struct GDELTTests {
  @Test func `volume and tone are asked for thirty days up to the last one that is over`() {
    let requests = asked("2024-09-17", "2024-09-20")
    #expect(requests == [volumes, tones])
    #expect(
      requests[0].target
        == "/api/v2/doc/doc?query=%28exchange%20OR%20wallet%29%20%28hack%20OR%20exploit%29%20sourcelang:english"
        + "&mode=timelinevolraw&format=json&startdatetime=20240821000000&enddatetime=20240919235959")
  }

  @Test func `what is longer is asked for in stretches, the oldest first`() {
    let stretches = asked("2024-07-01", "2024-09-19").compactMap(GDELTQuestion.init).filter { $0.mode == .tone }
      .map(\.days)
    #expect(
      stretches == [
        day("2024-06-22")...day("2024-07-21"), day("2024-07-22")...day("2024-08-20"), days,
      ])
    #expect(asked("2010-01-01", "2016-12-31") == [])
    #expect(asked("2024-09-20", "2024-09-20") == [])
  }

  @Test(arguments: ["ab", String(repeating: "x", count: 251), "a\u{7}bc"])
  func `what is no query is not asked for`(text: String) {
    let key = SeriesKey(dataset: .themeValue, provider: "gdelt", providerSymbol: text, interval: .day1)
    #expect(
      GDELT().requests(for: Want(series: key, span: span("2024-09-01", "2024-09-19")), at: time("2024-09-20")) == [])
    #expect(GDELT().requests(about: text, isKeyed: false, at: time("2024-09-20")) == [])
  }

  @Test func `a volume has its norm beside it, and the answer speaks for its days`() throws {
    let reading = try read(
      body([point("20240917T000000Z", "41", norm: "431340"), point("20240918T000000Z", "0", norm: "274180")]))
    #expect(
      rows(reading) == [
        "2024-09-17 norm 431340.0", "2024-09-17 volume 41.0", "2024-09-18 norm 274180.0", "2024-09-18 volume 0.0",
      ])
    #expect(reading.parts[0].series == theme)
    #expect(reading.parts[0].covers == span("2024-09-17", "2024-09-18"))
    #expect(
      try rows(read(body([point("20240917T000000Z", "-2.3119")]), to: tones)) == ["2024-09-17 tone -2.3119"])
  }

  @Test func `the day that runs is left out, and so is one beside the stretch`() throws {
    let points = ["20240820", "20240821", "20240919", "20240920"].map { point("\($0)T000000Z", "1", norm: "9") }
    let reading = try read(body(points), at: "2024-09-20T23:59:59Z")
    #expect(rows(reading).map { $0.prefix(10) } == ["2024-08-21", "2024-08-21", "2024-09-19", "2024-09-19"])
    #expect(reading.parts[0].refusals.isEmpty)
    let early = try read(body(points), at: "2024-09-19T23:59:59Z")
    #expect(Set(rows(early).map { $0.prefix(10) }) == ["2024-08-21"])
  }

  @Test(arguments: [
    (point("20240918T000000Z", "-1", norm: "9"), RefusalReason.outOfBounds),
    (point("20240918T000000Z", "1.5", norm: "9"), .outOfBounds),
    (point("20240918T000000Z", "1e300", norm: "9"), .outOfBounds),
    (point("20240918T000000Z", "10", norm: "9"), .impossibleRange),
    (point("20240918T000000Z", "1"), .malformed), (point("20240918T000000Z", "null", norm: "9"), .malformed),
    (point("20240918T000000Z", "\"many\"", norm: "9"), .notANumber),
    (point("20240931T000000Z", "1", norm: "9"), .malformed),
    (point("20230918T000000Z", "1", norm: "9"), .wrongTime), (#"{"date":7,"value":1,"norm":9}"#, .malformed),
    ("7", .malformed), ("[]", .malformed),
  ])
  func `a point that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let good = [point("20240917T000000Z", "41", norm: "431340"), point("20240919T000000Z", "3", norm: "274180")]
    let part = try read(body([good[0], bad, good[1]])).parts[0]
    #expect(part.facts.count == 4)
    #expect(part.refusals.map(\.reason) == [reason])
  }

  @Test func `a tone off the scale is refused, and a day that is told twice in two ways too`() throws {
    let off = try read(body([point("20240917T000000Z", "101"), point("20240918T000000Z", "1")]), to: tones).parts[0]
    #expect(off.facts.count == 1 && off.refusals.map(\.reason) == [.outOfBounds])
    let twice = ["1", "2", "1"].map { point("20240917T000000Z", $0) } + [point("20240918T000000Z", "1")]
    let part = try read(body(twice), to: tones).parts[0]
    #expect(part.facts.count == 1 && part.refusals.map(\.reason) == [.contradictory, .contradictory, .contradictory])
  }

  @Test(arguments: [
    body([point("20240918T120000Z", "1", norm: "9")]), #"{"weather":"fine"}"#, "[]", "{\"timeline\":7}",
    "{\"timeline\":[{\"data\":{}}]}",
    body([point("20240918T000000Z", "1", norm: "9")]).replacing("]}]}", with: "]},{\"data\":[]}]}"),
    body([]) + "x", #"{"timeline":[],"timeline":[]}"#,
  ])
  func `an answer of another shape is refused whole`(text: String) {
    let found = fault { () throws(ReadingError) in try read(text) }
    guard case .shapeChanged = found else { return #expect(Bool(false), "\(String(describing: found))") }
  }

  @Test(arguments: ["{}", "{ }\n", #"{"timeline":[]}"#, body([])])
  func `nothing found is nothing, and no day of none`(text: String) {
    #expect(fault { () throws(ReadingError) in try read(text) } == .empty)
  }

  // MARK: Errors in plain text

  @Test(arguments: [
    "Your query was too short or too long.\n", "The specified phrase is too short.",
    "Queries containing OR'd terms must be surrounded by ().", "Invalid/Unsupported Country.",
  ])
  func `a query that it does not take is like a symbol that it does not know`(text: String) {
    let found = fault { () throws(ReadingError) in try read(text) }
    guard case .unknownSymbol(let words) = found else { return #expect(Bool(false), "\(String(describing: found))") }
    #expect(words.hasPrefix("'\(query)': ") && words.hasSuffix(text.replacing("\n", with: "")))
    #expect(GDELT().profile.verdict(answer(text)) == .final)
  }

  @Test(arguments: [200, 429])
  func `a request too many waits ten seconds, whatever the status`(status: Int) {
    let text = "Please limit requests to one every 5 seconds or contact us for larger queries."
    #expect(fault { () throws(ReadingError) in try read(text, status: status) } == .throttled(retryAfter: 10))
    #expect(GDELT().profile.verdict(answer(text, status: status)) == .throttled(retryAfter: 10))
  }

  @Test func `our own mistake is final, words that nobody knows mean to wait, and a page is no answer`() {
    let ours = "Timespan is too short."
    #expect(fault { () throws(ReadingError) in try read(ours) } == .refused(status: 200, message: ours))
    #expect(GDELT().profile.verdict(answer(ours)) == .final)
    let other = "The system is taking a nap."
    #expect(fault { () throws(ReadingError) in try read(other) } == .outOfOrder(status: 200, message: other))
    #expect(GDELT().profile.verdict(answer(other)) == .retry(after: 10))
    let page = "<html><body>Error</body></html>"
    guard case .blocked? = fault({ () throws(ReadingError) in try read(page) }) else { return #expect(Bool(false)) }
    #expect(GDELT().profile.verdict(answer(page)) == nil)
    guard case .outOfOrder(503, _)? = fault({ () throws(ReadingError) in try read("", status: 503) }) else {
      return #expect(Bool(false))
    }
    guard case .shapeChanged? = fault({ () throws(ReadingError) in try read("") }) else { return #expect(Bool(false)) }
  }

  // MARK: JSON that is none

  @Test(arguments: ["a \\x b", "a \\' b", "tab\there", "a \u{1} b", "\\u12G4", "C:\\path \\\\ \\\"q\\\" \\u00e9"])
  func `control characters and wrong escapes are mended, and what is read lies where it lay`(title: String) throws {
    let text = body([point("20240917T000000Z", "41", norm: "431340")], title: title)
    #expect(try rows(read(text)) == ["2024-09-17 norm 431340.0", "2024-09-17 volume 41.0"])
    let figure = Figure(
      series: theme, key: ThemeValue(day: day("2024-09-17"), measure: .norm, value: 0).row.key, field: .value)
    let place = try #require(GDELT().locate(figure, in: answer(text), to: volumes))
    #expect(place.path.description == "$.timeline[0].data[0].norm")
    #expect(place.value(in: Array(text.utf8)) == .number(431_340))
  }

  @Test func `what cannot be mended is refused`() {
    let text = body([point("20240917T000000Z", "41", norm: "431340")], title: "\\")
    #expect(fault { () throws(ReadingError) in try read(text) }?.isShapeChanged == true)
  }

  @Test func `a place is found in the answer to the question about it alone`() throws {
    let text = body([point("20240917T000000Z", "-2.5"), point("20240918T000000Z", "1")])
    func place(_ measure: ThemeValue.Measure, _ request: Request) -> Place? {
      let key = ThemeValue(day: day("2024-09-18"), measure: measure, value: 0).row.key
      return GDELT().locate(Figure(series: theme, key: key, field: .value), in: answer(text), to: request)
    }
    #expect(place(.tone, tones)?.path.description == "$.timeline[0].data[1].value")
    #expect(place(.volume, tones) == nil && place(.tone, volumes) == nil)
  }

  // MARK: Following a theme

  @Test func `a theme is looked up by its volume, and is called as its query is`() throws {
    #expect(GDELT().spelled("  oil   OR gas ") == "oil OR gas")
    let requests = GDELT().requests(about: query, isKeyed: false, at: time("2024-09-20T06:30:00Z"))
    #expect(requests == [volumes])
    let good = answer(body([point("20240917T000000Z", "41", norm: "431340")]), at: "2024-09-20T06:30:00Z")
    #expect(
      try GDELT().description(of: query, in: [(good, volumes)])
        == MacroSeries(title: query, units: nil, frequency: .daily))
    let bad = answer("The specified phrase is too short.", at: "2024-09-20T06:30:00Z")
    #expect(throws: ReadingError.unknownSymbol("'\(query)': The specified phrase is too short.")) {
      try GDELT().description(of: query, in: [(bad, volumes)])
    }
  }
}
