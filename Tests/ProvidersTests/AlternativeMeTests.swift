import Market
import Support
import Testing

@testable import Providers

private let key = SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1)
private let everything = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "0")])

private func entry(_ day: String, _ value: String, _ label: String = "Fear") -> String {
  "{\"value\":\"\(value)\",\"value_classification\":\"\(label)\",\"timestamp\":\"\(time(day).epochSeconds)\"}"
}

private func body(_ entries: [String], error: String = "null") -> String {
  """
  {"name":"Fear and Greed Index","data":[\(entries.joined(separator: ","))],"metadata":{"error":\(error)}}
  """
}

private func read(_ body: String, at instant: String = "2025-09-19T22:30:00Z") throws(ReadingError) -> Reading {
  try AlternativeMe().read(answer(body, at: instant), to: everything)
}

struct AlternativeMeTests {
  @Test(arguments: [("2025-09-19T00:00:00Z", "2"), ("2025-08-21T00:00:00Z", "31"), ("2018-02-01T00:00:00Z", "0")])
  func `as many days are asked for as reach back to the first`(first: String, limit: String) {
    let want = Want(series: key, span: span(first, "2025-09-19T00:00:00Z"))
    #expect(
      AlternativeMe().requests(for: want, at: time("2025-09-19T22:30:00Z")).map(\.target) == [
        "/fng/?limit=\(limit)&format=json"
      ])
  }

  @Test func `days that have not begun are not asked for`() {
    let want = Want(series: key, span: span("2025-09-20T00:00:00Z", "2025-09-21T00:00:00Z"))
    #expect(AlternativeMe().requests(for: want, at: time("2025-09-19T22:30:00Z")).isEmpty)
  }

  @Test func `entries, newest first, become values with the label as sent`() throws {
    let reading = try read(body([entry("2025-09-19", "54", "Neutral"), entry("2025-09-17", "46")]))
    #expect(reading.series == key)
    #expect(
      reading.facts
        == .sentiment([
          SentimentValue(day: day("2025-09-17"), value: 46, classification: "Fear"),
          SentimentValue(day: day("2025-09-19"), value: 54, classification: "Neutral"),
        ]))
    #expect(reading.covers == span("2025-09-17", "2025-09-19"))
  }

  @Test(arguments: [
    (entry("2025-09-18", "101"), RefusalReason.outOfBounds), (entry("2025-09-18", "-1"), .outOfBounds),
    (entry("2025-09-18", "abc"), .notANumber), (entry("2025-09-18", ""), .notANumber),
    (entry("2025-09-18T09:00:00Z", "50"), .wrongTime), (entry("2025-09-20", "50"), .wrongTime),
    ("{\"value\":\"5\",\"value_classification\":\"Fear\"}", .malformed), ("7", .malformed), ("[]", .malformed),
    ("{\"value\":null,\"value_classification\":\"Fear\",\"timestamp\":\"1758153600\"}", .malformed),
    ("{\"value\":\"5\",\"timestamp\":\"1758153600\"}", .malformed),
    ("{\"value\":\"5\",\"value_classification\":\"Fear\",\"timestamp\":\"18-09-2025\"}", .malformed),
  ])
  func `an entry that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let reading = try read(body([entry("2025-09-19", "54"), bad, entry("2025-09-17", "46")]))
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.map(\.reason) == [reason])
  }

  @Test func `a day with two values has none, a copy is folded`() throws {
    let reading = try read(
      body([
        entry("2025-09-19", "54"), entry("2025-09-18", "46"), entry("2025-09-18", "47"), entry("2025-09-19", "54"),
      ]))
    #expect(reading.facts.sentiment.map(\.day) == [day("2025-09-19")])
    #expect(reading.refusals.map(\.reason) == [.contradictory, .contradictory])
  }

  @Test(arguments: [
    (200, body([], error: "\"Invalid limit\""), ReadingError.refused(status: 200, message: "\"Invalid limit\"")),
    (200, body([]), .empty), (503, "x", .outOfOrder(status: 503, message: "x")), (429, "", .throttled(retryAfter: nil)),
    (200, "<html></html>", .blocked(message: "a web page in place of data")),
    (200, "{\"metadata\":{}}", .shapeChanged(expected: "a member 'data'", found: "none", offset: nil)),
  ])
  func `an error says what it means`(status: Int, body: String, error: ReadingError) {
    #expect(
      fault { () throws(ReadingError) in try AlternativeMe().read(answer(body, status: status), to: everything) }
        == error)
  }

  @Test func `nothing is taken from a body that is cut`() {
    let body = body([entry("2025-09-19", "54")])
    for length in 0..<body.utf8.count {
      #expect(fault { () throws(ReadingError) in try read(String(body.prefix(length))) }?.isShapeChanged == true)
    }
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct AlternativeMeRecordedTests {
  @Test(arguments: [
    ("fng-limit0-2851rows-2025-11-25.json", "2025-11-25T12:00:00Z", 2851, "2018-02-01", "2025-11-25"),
    ("fng-limit2-2026-07-11.json", "2026-07-11T12:00:00Z", 2, "2026-07-10", "2026-07-11"),
    ("fng-limit1-2026-08-22.json", "2026-08-22T12:00:00Z", 1, "2026-08-22", "2026-08-22"),
  ])
  func `a recorded answer is read whole`(file: String, instant: String, count: Int, first: String, last: String) throws
  {
    let reading = try AlternativeMe().read(answer(try recorded("alternative-me/\(file)"), at: instant), to: everything)
    #expect(reading.facts.count == count)
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span(first, last))
  }

  @Test func `four days were never published`() throws {
    let body = try recorded("alternative-me/fng-limit0-2851rows-2025-11-25.json")
    let days = Set(
      try AlternativeMe().read(answer(body, at: "2025-11-25T12:00:00Z"), to: everything).facts.sentiment.map(\.day))
    let missing = (day("2018-02-01")...day("2025-11-25")).filter { !days.contains($0) }
    #expect(missing.map(\.description) == ["2018-04-14", "2018-04-15", "2018-04-16", "2024-10-26"])
  }

  @Test func `lines of CSV in a JSON frame are another shape`() throws {
    let body = try recorded("alternative-me/fng-format-csv-not-json-2024-05-01.txt")
    #expect(
      fault { () throws(ReadingError) in try AlternativeMe().read(answer(body), to: everything) }?.isShapeChanged
        == true)
  }

  @Test func `a label is stored without control characters and marks that turn the text round`() throws {
    let label = "Fe\\u0000ar\\u001b[31m\\u0085\\u202e"
    let body = #"{"data":[{"value":"5","value_classification":"\#(label)","timestamp":"1758240000"}]}"#
    let request = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "2")])
    let reading = try AlternativeMe().read(answer(body), to: request)
    let stored = try #require(reading.facts.sentiment.first?.classification)
    #expect(
      stored.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{202E}" })
    #expect(stored.hasPrefix("Fe"))
  }
}
