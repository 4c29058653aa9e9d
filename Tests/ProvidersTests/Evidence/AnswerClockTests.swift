import Market
import Testing

@testable import Providers

/// What is final goes by the earlier of our instant and the answer's.
struct AnswerClockTests {
  private func madeAt(_ headers: [HeaderField], received: String = "2025-09-19T22:30:00Z") -> Instant {
    answer("", at: received, headers: headers).madeAt
  }

  @Test(arguments: [
    ([], "2025-09-19T22:30:00Z"),
    ([("age", "90")], "2025-09-19T22:28:30Z"),
    ([("date", "Fri, 19 Sep 2025 22:10:00 GMT")], "2025-09-19T22:10:00Z"),
    ([("date", "Fri, 19 Sep 2025 22:50:00 GMT")], "2025-09-19T22:30:00Z"),
    ([("date", "Fri, 19 Sep 2025 22:29:00 GMT"), ("age", "600")], "2025-09-19T22:20:00Z"),
    ([("date", "Fri, 19 Sep 2025 20:00:00 GMT"), ("age", "600")], "2025-09-19T20:00:00Z"),
    ([("date", "Thu, 01 Jan 1970 00:00:00 GMT")], "2025-09-19T22:30:00Z"),
    ([("date", "yesterday"), ("age", "-5")], "2025-09-19T22:30:00Z"),
  ])
  func `an answer was made when the earliest of the clocks says`(headers: [(String, String)], expected: String) {
    #expect(madeAt(headers.map { HeaderField($0.0, $0.1) }) == time(expected))
  }

  private static let rows = (0..<4 as Range<Int64>).map { hour -> String in
    let opens = (time("2025-09-19T18:00:00Z").epochSeconds + hour * 3600) * 1000
    return #"[\#(opens),"1","1","1","1","1",\#(opens + 3_599_999)]"#
  }

  @Test(arguments: [
    ("Fri, 19 Sep 2025 21:30:00 GMT", 3), ("Fri, 19 Sep 2025 19:01:00 GMT", 1), ("Fri, 19 Sep 2025 18:59:00 GMT", 0),
    ("Sat, 01 Jan 2050 00:00:00 GMT", 4),
  ])
  func `hours that run by the provider's clock are left out, and nothing is said of them`(date: String, count: Int)
    throws
  {
    let body = "[\(Self.rows.joined(separator: ","))]"
    let request = BinanceAddress.klines("BTCUSDT", .hour1, span("2025-09-19T18:00:00Z", "2025-09-19T21:00:00Z"))
    // Our clock says 2106 but for the last, where it is right and theirs is ahead.
    let received = count == 4 ? "2025-09-19T22:30:00Z" : "2106-02-07T06:28:15Z"
    let reading = try Binance().read(answer(body, at: received, headers: [HeaderField("date", date)]), to: request)
    #expect(reading.facts.count == count)
    let covered = reading.covers.map { Int($0.upperBound - $0.lowerBound) / 3600 + 1 }
    #expect(covered ?? 0 == count)
  }

  @Test func `a day that has not begun by the provider's clock is refused`() throws {
    let body = #"{"data":[{"value":"41","value_classification":"Fear","timestamp":"1758240000"}]}"#
    let early = answer(
      body, at: "2025-09-19T00:10:00Z", headers: [HeaderField("date", "Thu, 18 Sep 2025 23:50:00 GMT")])
    let request = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "2")])
    #expect(try AlternativeMe().read(early, to: request).refusals.map(\.reason) == [.wrongTime])
  }
}
