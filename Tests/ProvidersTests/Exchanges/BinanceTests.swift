import Formats
import Market
import Support
import Testing

@testable import Providers

private let hours = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)

private func request(_ first: String, _ last: String, interval: Interval = .hour1, symbol: String = "BTCUSDT")
  -> Request
{
  BinanceAddress.klines(symbol, interval, span(first, last))
}

/// A row of `/api/v3/klines` for the hour of 2025-09-19 that begins at `hour`.
private func row(
  _ hour: Int, open: String = "\"100.5\"", high: String = "\"110\"", low: String = "\"90.25\"",
  close: String = "\"101\"",
  volume: String = "\"3.5\"", minute: Int = 0
) -> String {
  let start = (time("2025-09-19T00:00:00Z").epochSeconds + Int64(hour * 3600 + minute * 60)) * 1000
  return
    "[\(start),\(open),\(high),\(low),\(close),\(volume),\(start + 3_599_999),\"350.1\",42,\"1.5\",\"150.2\",\"0\"]"
}

private func read(_ body: String, at instant: String = "2025-09-19T22:30:00Z") throws(ReadingError) -> Reading {
  try Binance().read(answer(body, at: instant), to: request("2025-09-19T00:00:00Z", "2025-09-19T23:00:00Z"))
}

struct BinanceTests {
  // MARK: Asking

  @Test func `a span of at most a thousand rows is one request`() throws {
    let want = Want(series: hours, span: span("2025-08-01T00:00:00Z", "2025-09-11T15:00:00Z"))
    let requests = Binance().requests(for: want, at: time("2025-09-19T22:30:00Z"))
    #expect(
      requests.map(\.target) == [
        "/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=1754006400000&endTime=1757602800000&limit=1000"
      ])
    #expect(requests.first?.weight == 2)
  }

  @Test func `a longer span is cut into pages without gap or overlap`() throws {
    let want = Want(series: hours, span: span("2025-01-01T00:00:00Z", "2025-06-30T23:00:00Z"))
    let windows = Binance().requests(for: want, at: time("2025-09-19T22:30:00Z"))
      .compactMap { BinanceAddress.question(in: $0)?.window }
    #expect(windows.count == 5)
    #expect(windows.first?.lowerBound == want.span.lowerBound)
    #expect(windows.last?.upperBound == want.span.upperBound)
    #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.upperBound + 3600 == $1.lowerBound })
    #expect(windows.dropLast().allSatisfy { $0.upperBound - $0.lowerBound == 999 * 3600 })
  }

  @Test func `hours that are not final yet are not asked for`() throws {
    let want = Want(series: hours, span: span("2025-09-19T20:30:00Z", "2025-09-20T05:00:00Z"))
    let requests = Binance().requests(for: want, at: time("2025-09-19T22:30:00Z"))
    #expect(
      requests.compactMap { BinanceAddress.question(in: $0)?.window } == [
        span("2025-09-19T21:00:00Z", "2025-09-19T21:00:00Z")
      ])
    #expect(Binance().requests(for: want, at: time("2025-09-19T22:00:59Z")).isEmpty)
  }

  @Test func `weeks open on Monday`() throws {
    let weeks = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .week1)
    let requests = Binance().requests(
      for: Want(series: weeks, span: span("2025-09-01T00:00:00Z", "2025-09-14T00:00:00Z")),
      at: time("2025-09-19T22:30:00Z"))
    #expect(
      requests.compactMap { BinanceAddress.question(in: $0)?.window } == [
        span("2025-09-01T00:00:00Z", "2025-09-08T00:00:00Z")
      ])
  }

  @Test func `series of others are not asked for`() {
    let key = SeriesKey(dataset: .pricePoint, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
    let want = Want(series: key, span: span("2025-09-19T00:00:00Z", "2025-09-19T03:00:00Z"))
    #expect(Binance().requests(for: want, at: time("2025-09-19T22:30:00Z")).isEmpty)
  }

  // MARK: Reading

  @Test func `rows become bars`() throws {
    let reading = try read("[\(row(0)),\(row(1, close: "\"99.123\""))]")
    #expect(reading.series == hours)
    #expect(
      reading.facts
        == .bars([
          Bar(openTime: time("2025-09-19T00:00:00Z"), open: 100.5, high: 110, low: 90.25, close: 101, volume: 3.5),
          Bar(openTime: time("2025-09-19T01:00:00Z"), open: 100.5, high: 110, low: 90.25, close: 99.123, volume: 3.5),
        ]))
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span("2025-09-19T00:00:00Z", "2025-09-19T21:00:00Z"))
  }

  @Test(arguments: [("2025-09-19T02:00:59Z", 1), ("2025-09-19T02:01:00Z", 2)])
  func `the running row is left out until a minute after its close`(instant: String, count: Int) throws {
    #expect(try read("[\(row(0)),\(row(1))]", at: instant).facts.count == count)
  }

  @Test func `an answer from a cache is as old as the cache says`() throws {
    let late = answer("[\(row(0)),\(row(1))]", at: "2025-09-19T02:03:00Z", headers: [HeaderField("age", "200")])
    let reading = try Binance().read(late, to: request("2025-09-19T00:00:00Z", "2025-09-19T01:00:00Z"))
    #expect(reading.facts.count == 1)
    #expect(reading.covers == span("2025-09-19T00:00:00Z", "2025-09-19T00:00:00Z"))
  }

  @Test func `microseconds are told by their size`() throws {
    let body = "[[1758240000000000,\"1\",\"1\",\"1\",\"1\",\"0\",1758243599999999,\"0\",0,\"0\",\"0\",\"0\"]]"
    #expect(try read(body).facts.bars.map(\.openTime) == [time("2025-09-19T00:00:00Z")])
  }

  @Test func `an empty window is an answer`() throws {
    let reading = try read(" [ ] ")
    #expect(reading.facts.count == 0)
    #expect(reading.covers == span("2025-09-19T00:00:00Z", "2025-09-19T21:00:00Z"))
  }

  @Test(arguments: [
    (row(1, high: "\"100\""), RefusalReason.impossibleRange), (row(1, low: "\"102\""), .impossibleRange),
    (row(1, volume: "\"-1\""), .outOfBounds),
    (row(1, open: "\"0\"", low: "\"0\""), .outOfBounds), (row(1, open: "\"1\"", low: "\"-3\""), .outOfBounds),
    (row(1, minute: 28), .wrongTime), (row(30), .wrongTime), (row(-1), .wrongTime),
    (row(1, open: "\"abc\""), .notANumber), (row(1, open: "\"1e400\""), .notANumber),
    (row(1, open: "NaN"), .notANumber),
    (row(1, open: "\"inf\""), .notANumber), (row(1, open: "\"0x1p3\""), .notANumber),
    (row(1, volume: "\"\""), .notANumber),
    (row(1, open: "null"), .malformed), (row(1, open: "[]"), .malformed), ("{}", .malformed), ("7", .malformed),
    ("[]", .malformed), ("null", .malformed), ("[1758243600000,\"1\",\"1\"]", .malformed),
    ("[\"x\",\"1\"]", .malformed),
    ("[99999999999999999999999,\"1\"]", .malformed),
    ("[999999999999999999,\"1\",\"1\",\"1\",\"1\",\"1\",1]", .wrongTime),
    ("[-5000,\"1\",\"1\",\"1\",\"1\",\"1\",1]", .wrongTime),
  ])
  func `a row that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let reading = try read("[\(row(0)),\(bad),\(row(2))]")
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.map(\.reason) == [reason])
    #expect(reading.refusals.first?.excerpt == Excerpt.of(bad))
  }

  @Test func `a refusal names its hour where it can be read`() throws {
    let reading = try read("[\(row(5, open: "\"abc\""))]")
    #expect(reading.refusals.first?.at == time("2025-09-19T05:00:00Z"))
    #expect(reading.refusals.first?.detail == "expected a finite decimal number at byte 15 of the row")
  }

  @Test func `a copy of a row is folded, rows out of order are sorted`() throws {
    let reading = try read("[\(row(3)),\(row(1)),\(row(3)),\(row(2))]")
    #expect(reading.facts.bars.map(\.openTime.secondOfDay) == [3600, 7200, 10_800])
    #expect(reading.refusals.isEmpty)
  }

  @Test func `rows that contradict each other are both refused`() throws {
    let reading = try read("[\(row(1)),\(row(2)),\(row(2, close: "\"102\"")),\(row(3))]")
    #expect(reading.facts.bars.map(\.openTime.secondOfDay) == [3600, 10_800])
    #expect(reading.refusals.map(\.reason) == [.contradictory, .contradictory])
    #expect(reading.refusals.map(\.excerpt) == [row(2), row(2, close: "\"102\"")])
  }

  @Test func `nothing is taken from a body that is cut`() throws {
    let body = "[\(row(0)),\(row(1))]"
    for length in 0..<body.utf8.count {
      #expect(fault { () throws(ReadingError) in try read(String(body.prefix(length))) }?.isShapeChanged == true)
    }
  }

  @Test(arguments: [
    "null", "7", "\"x\"", "[1758243600000", "[] []", "[[]", "{}", "{\"rows\":[]}", "nonsense", "[nonsense",
  ])
  func `another shape is an error`(body: String) throws {
    #expect(fault { () throws(ReadingError) in try read(body) }?.isShapeChanged == true)
  }

  @Test func `a full page speaks only up to its last row`() throws {
    let request = Request(
      provider: "binance", path: "/api/v3/klines",
      query: [
        QueryItem("symbol", "BTCUSDT"), QueryItem("interval", "1h"), QueryItem("startTime", "1758240000000"),
        QueryItem("endTime", "1758290400000"), QueryItem("limit", "2"),
      ])
    let reading = try Binance().read(answer("[\(row(0)),\(row(1))]"), to: request)
    #expect(reading.covers == span("2025-09-19T00:00:00Z", "2025-09-19T01:00:00Z"))
  }

  @Test func `without a window an answer speaks for what it holds`() throws {
    let request = Request(
      provider: "binance", path: "/api/v3/klines", query: [QueryItem("symbol", "BTCUSDT"), QueryItem("interval", "1h")])
    let reading = try Binance().read(answer("[\(row(20)),\(row(21)),\(row(22))]"), to: request)
    #expect(reading.covers == span("2025-09-19T20:00:00Z", "2025-09-19T21:00:00Z"))
    #expect(reading.facts.count == 2)
  }

  // MARK: Errors

  @Test(arguments: [
    (400, #"{"code":-1121,"msg":"Invalid symbol."}"#, ReadingError.unknownSymbol("BTCUSDT")),
    (400, #"{"code":-1120,"msg":"Invalid interval."}"#, .refused(status: 400, message: "Invalid interval.")),
    (200, #"{"code":-1121,"msg":"Invalid symbol."}"#, .unknownSymbol("BTCUSDT")),
    (200, #"{"code":-1100,"msg":"Illegal."}"#, .refused(status: 200, message: "Illegal.")),
    (429, #"{"code":-1003,"msg":"Too much request weight used."}"#, .throttled(retryAfter: nil)),
    (400, #"{"code":-1007,"msg":"Timeout."}"#, .outOfOrder(status: 400, message: "Timeout.")),
    (503, #"{"code":-1008,"msg":"Overloaded."}"#, .outOfOrder(status: 503, message: "Overloaded.")),
    (502, "", .outOfOrder(status: 502, message: "no message")),
    (403, "<html>WAF</html>", .blocked(message: "a web page")),
    (200, "<!DOCTYPE html><html>Just a moment</html>", .blocked(message: "a web page in place of data")),
    (
      200, "<html>Down for maintenance</html>", .outOfOrder(status: 200, message: "a maintenance page in place of data")
    ),
    (302, "", .refused(status: 302, message: "no message")),
  ])
  func `an error says what it means`(status: Int, body: String, error: ReadingError) {
    let request = request("2025-09-19T00:00:00Z", "2025-09-19T03:00:00Z")
    #expect(fault { () throws(ReadingError) in try Binance().read(answer(body, status: status), to: request) } == error)
  }

  @Test(arguments: [("90", 90), ("Fri, 19 Sep 2025 22:31:00 GMT", 60), ("Fri, 19 Sep 2025 22:00:00 GMT", 0)])
  func `the wait after too many requests is in seconds or a date`(header: String, seconds: Int64) {
    let refused = answer("{}", status: 429, headers: [HeaderField("retry-after", header)])
    let request = request("2025-09-19T00:00:00Z", "2025-09-19T03:00:00Z")
    #expect(
      fault { () throws(ReadingError) in try Binance().read(refused, to: request) } == .throttled(retryAfter: seconds))
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct BinanceRecordedTests {
  private static let folder = "binance/"

  @Test(arguments: [
    ("klines-BTCUSDT-1h-1000rows-2020-05.json", "2020-04-30T21:00:00Z", "2020-06-11T13:00:00Z", 1000),
    ("klines-BTCUSDT-1h-468rows-gap-2020-06-28.json", "2020-06-11T13:00:00Z", "2020-07-01T03:00:00Z", 468),
  ])
  func `a recorded page is read whole`(file: String, first: String, last: String, count: Int) throws {
    let reading = try Binance().read(
      answer(try recorded(Self.folder + file), at: "2021-01-01T00:00:00Z"), to: request(first, last))
    #expect(reading.facts.count == count)
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers?.lowerBound == time(first))
    #expect(reading.covers?.upperBound == reading.facts.bars.last?.openTime)
  }

  @Test func `three hours of maintenance stay missing`() throws {
    let body = try recorded("binance/klines-BTCUSDT-1h-468rows-gap-2020-06-28.json")
    let bars = try Binance().read(
      answer(body, at: "2021-01-01T00:00:00Z"), to: request("2020-06-11T13:00:00Z", "2020-07-01T03:00:00Z")
    ).facts.bars
    let jumps = zip(bars, bars.dropFirst()).filter { $1.openTime - $0.openTime != 3600 }
    #expect(jumps.map { $0.0.openTime } == [time("2020-06-28T01:00:00Z")])
    #expect(jumps.map { $0.1.openTime } == [time("2020-06-28T05:00:00Z")])
    #expect(bars.last?.openTime == time("2020-07-01T03:00:00Z"))
  }

  @Test func `the first recorded bar has the values of its text`() throws {
    let body = try recorded("binance/klines-BTCUSDT-1h-1000rows-2020-05.json")
    let bars = try Binance().read(
      answer(body, at: "2021-01-01T00:00:00Z"), to: request("2020-04-30T21:00:00Z", "2020-06-11T13:00:00Z")
    ).facts.bars
    #expect(
      bars.first
        == Bar(
          openTime: time("2020-04-30T21:00:00Z"), open: 8819.15, high: 8849.8, low: 8734.5, close: 8761.92,
          volume: 3089.560545))
  }

  @Test func `recorded days are read`() throws {
    let reading = try Binance().read(
      answer(try recorded("binance/klines-ETHBTC-1d-366rows-2019.json")),
      to: request("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z", interval: .day1, symbol: "ETHBTC"))
    #expect(reading.facts.count == 366)
    #expect(reading.series.providerSymbol == "ETHBTC")
  }

  @Test func `a shortened recording is read`() throws {
    let reading = try Binance().read(
      answer(try recorded("binance/klines-LTCBTC-1h-2rows-2021.json")),
      to: request("2021-03-18T00:00:00Z", "2021-03-18T01:00:00Z", symbol: "LTCBTC"))
    #expect(reading.facts.count == 2)
  }

  @Test func `a list of markets is not rows`() throws {
    let body = try recorded("binance/exchangeInfo-25symbols-2025-08-07.json")
    let request = request("2025-09-19T00:00:00Z", "2025-09-19T03:00:00Z")
    #expect(fault { () throws(ReadingError) in try Binance().read(answer(body), to: request) }?.isShapeChanged == true)
  }

  @Test(arguments: [
    ("error-400-1120-invalid-interval.json", 400, ReadingError.refused(status: 400, message: "Invalid interval.")),
    ("error-400-1121-invalid-symbol.json", 400, .unknownSymbol("BTCUSDT")),
    ("error-418-1003-ip-banned.json", 418, .throttled(retryAfter: 253)),
  ])
  func `a recorded error says what it means`(file: String, status: Int, error: ReadingError) throws {
    let body = try recorded(Self.folder + file)
    let request = request("2021-05-01T00:00:00Z", "2021-05-01T03:00:00Z")
    let refused = answer(body, status: status, at: "2021-05-06T07:26:40Z")
    #expect(fault { () throws(ReadingError) in try Binance().read(refused, to: request) } == error)
  }

  @Test func `a restricted place is blocked in the provider's words`() throws {
    let body = try recorded("binance/error-451-restricted-location.json")
    let request = request("2025-09-19T00:00:00Z", "2025-09-19T03:00:00Z")
    let error = fault { () throws(ReadingError) in try Binance().read(answer(body, status: 451), to: request) }
    guard case .restricted(let message) = error else {
      Issue.record("\(String(describing: error)) is not blocked")
      return
    }
    #expect(message.hasPrefix("Service unavailable from a restricted location"))
  }
}
