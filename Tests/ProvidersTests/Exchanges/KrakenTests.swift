import Market
import Support
import Testing

@testable import Providers

private func key(_ pair: String = "XBTUSD") -> SeriesKey {
  SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: pair, interval: .hour1)
}

private func request(_ pair: String = "XBTUSD", from first: String = "2025-09-19T18:00:00Z") -> Request {
  KrakenAddress.ohlc(pair, .hour1, from: time(first))
}

/// Rows for 18, 19, 20, 21 and 22 o'clock, the last of which is running at half past ten.
private let rows = (18...22).map { hour -> String in
  let open = time("2025-09-19T00:00:00Z").epochSeconds + Int64(hour) * 3600
  return "[\(open),\"100.1\",\"101.0\",\"99.5\",\"100.4\",\"100.2\",\"12.50000000\",7]"
}

private func body(_ rows: [String], pair: String = "XXBTZUSD", last: String = "2025-09-19T21:00:00Z") -> String {
  "{\"error\":[],\"result\":{\"\(pair)\":[\(rows.joined(separator: ","))],\"last\":\(time(last).epochSeconds)}}"
}

private func read(_ body: String, at instant: String = "2025-09-19T22:30:00Z") throws(ReadingError) -> Reading {
  try Kraken().read(answer(body, at: instant), to: request())
}

struct KrakenTests {
  @Test func `one request asks from just before the first hour`() {
    let want = Want(series: key(), span: span("2025-09-19T10:00:00Z", "2025-09-19T21:00:00Z"))
    #expect(
      Kraken().requests(for: want, at: time("2025-09-19T22:30:00Z")).map(\.target) == [
        "/0/public/OHLC?pair=XBTUSD&interval=60&since=1758275999"
      ])
  }

  @Test func `what lies beyond 720 hours is not asked for`() {
    let now = time("2025-09-19T22:30:00Z")
    let older = Want(series: key(), span: span("2025-01-01T00:00:00Z", "2025-08-20T22:00:00Z"))
    #expect(Kraken().requests(for: older, at: now).isEmpty)
    let partly = Want(series: key(), span: span("2025-01-01T00:00:00Z", "2025-09-01T00:00:00Z"))
    #expect(
      Kraken().requests(for: partly, at: now).compactMap { KrakenAddress.question(in: $0)?.first } == [
        time("2025-08-20T23:00:00Z")
      ])
  }

  @Test func `rows become bars, the running one is left out`() throws {
    let reading = try read(body(rows))
    #expect(reading.series == key())
    #expect(reading.facts.bars.map(\.openTime.secondOfDay) == [18, 19, 20, 21].map { $0 * 3600 })
    #expect(
      reading.facts.bars.first
        == Bar(
          openTime: time("2025-09-19T18:00:00Z"), open: 100.1, high: 101, low: 99.5, close: 100.4, volume: 12.5))
    #expect(reading.covers == span("2025-09-19T18:00:00Z", "2025-09-19T21:00:00Z"))
  }

  @Test func `a row that ran when the answer was made stays out however late it arrives`() throws {
    let reading = try read(body(rows), at: "2025-09-20T05:00:00Z")
    #expect(reading.facts.count == 4)
    #expect(reading.covers?.upperBound == time("2025-09-19T21:00:00Z"))
  }

  @Test func `an hour without trades is kept as sent`() throws {
    let flat = "[\(time("2025-09-19T18:00:00Z").epochSeconds),\"100.4\",\"100.4\",\"100.4\",\"100.4\",\"0.0\",\"0\",0]"
    let bars = try read(body([flat] + rows.dropFirst())).facts.bars
    #expect(bars.first?.volume == 0)
    #expect(bars.first?.close == 100.4)
  }

  @Test func `a first hour beyond reach is not spoken for`() throws {
    let reading = try Kraken().read(answer(body(rows)), to: request(from: "2025-01-01T00:00:00Z"))
    #expect(reading.covers == span("2025-09-19T18:00:00Z", "2025-09-19T21:00:00Z"))
  }

  @Test(arguments: [
    ("XBTUSD", "XXBTZUSD"), ("XXBTZUSD", "XXBTZUSD"), ("BTC/USD", "XXBTZUSD"), ("ETHUSD", "XETHZUSD"),
    ("SOLUSD", "SOLUSD"),
    ("USDTUSD", "USDTZUSD"), ("XRPUSD", "XXRPZUSD"), ("DOGEUSD", "XDGUSD"), ("ETH/USD", "ETH/USD"),
    ("ETHXBT", "XETHXXBT"),
    ("USDCUSD", "USDCUSD"),
  ])
  func `its own name of a pair is the pair`(asked: String, answered: String) throws {
    let reading = try Kraken().read(answer(body(rows, pair: answered)), to: request(asked))
    #expect(reading.series == key(asked))
    #expect(reading.facts.count == 4)
  }

  @Test(arguments: [("XBTUSD", "XETHZUSD"), ("ETHUSD", "XETHZEUR"), ("XBTUSD", "")])
  func `another pair than the one asked for is refused`(asked: String, answered: String) {
    let answer = answer(body(rows, pair: answered))
    #expect(fault { () throws(ReadingError) in try Kraken().read(answer, to: request(asked)) }?.isShapeChanged == true)
  }

  @Test(arguments: [
    (200, "EQuery:Unknown asset pair", ReadingError.unknownSymbol("XBTUSD")),
    (200, "EGeneral:Too many requests", .throttled(retryAfter: nil)),
    (200, "EAPI:Rate limit exceeded", .throttled(retryAfter: nil)),
    (200, "EGeneral:Temporary lockout", .throttled(retryAfter: nil)),
    (520, "EService:Unavailable", .outOfOrder(status: 520, message: "EService:Unavailable")),
    (200, "EService:Busy", .outOfOrder(status: 200, message: "EService:Busy")),
    (200, "EGeneral:Invalid arguments", .refused(status: 200, message: "EGeneral:Invalid arguments")),
  ])
  func `an error in the body says what it means`(status: Int, text: String, error: ReadingError) {
    let answer = answer("{\"error\":[\"\(text)\"]}", status: status)
    #expect(fault { () throws(ReadingError) in try Kraken().read(answer, to: request()) } == error)
  }

  @Test func `a warning is no error`() throws {
    let text = body(rows).replacing("\"error\":[]", with: "\"error\":[\"WGeneral:slow\"]")
    #expect(try read(text).facts.count == 4)
  }

  @Test(arguments: [
    (200, "<html>cloudflare</html>", ReadingError.blocked(message: "a web page in place of data")),
    (502, "<html>bad gateway</html>", .outOfOrder(status: 502, message: "a web page")),
    (429, "{}", .throttled(retryAfter: nil)),
    (200, "{\"error\":[],\"result\":{\"XXBTZUSD\":[],\"last\":0}}", .empty),
  ])
  func `other answers say what they mean`(status: Int, body: String, error: ReadingError) {
    #expect(
      fault { () throws(ReadingError) in try Kraken().read(answer(body, status: status), to: request()) } == error)
  }

  @Test func `nothing is taken from a body that is cut`() {
    let body = body(rows)
    for length in 0..<body.utf8.count {
      #expect(fault { () throws(ReadingError) in try read(String(body.prefix(length))) }?.isShapeChanged == true)
    }
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct KrakenRecordedTests {
  @Test func `a recorded answer holds 719 closed hours and one running`() throws {
    let reading = try Kraken().read(
      answer(try recorded("kraken/ohlc-XXBTZEUR-60-2017-07.json"), at: "2017-07-07T16:27:00Z"),
      to: request("XXBTZEUR", from: "2017-06-07T17:00:00Z"))
    #expect(reading.facts.count == 719)
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span("2017-06-07T17:00:00Z", "2017-07-07T15:00:00Z"))
    #expect(reading.facts.bars.last?.close == 2216)
  }

  @Test func `recorded minutes are read up to the last finished one`() throws {
    let reading = try Kraken().read(
      answer(try recorded("kraken/ohlc-XXBTZUSD-1-720rows-2017-08.json"), at: "2017-08-11T10:10:00Z"),
      to: KrakenAddress.ohlc("XBTUSD", .minute1, from: time("2017-08-10T22:02:00Z")))
    #expect(reading.facts.count == 719)
    #expect(reading.facts.bars.last?.openTime == time("2017-08-11T10:00:00Z"))
  }

  @Test func `the recorded error names the pair that is unknown`() throws {
    let body = try recorded("kraken/error-unknown-asset-pair.json")
    #expect(
      fault { () throws(ReadingError) in try Kraken().read(answer(body), to: request("NOPE")) }
        == .unknownSymbol("NOPE"))
  }
}
