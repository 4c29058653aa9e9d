import Market
import Support
import Testing

@testable import Providers

private func request(_ first: String, _ last: String, _ interval: Interval = .hour1) -> Request {
  CoinbaseAddress.candles("BTC-USD", interval, span(first, last))
}

private func read(_ body: String, at instant: String = "2020-03-16T03:00:00Z") throws(ReadingError) -> Reading {
  try Coinbase().read(answer(body, at: instant), to: request("2020-03-15T22:00:00Z", "2020-03-16T01:00:00Z"))
}

struct CoinbaseTests {
  @Test func `windows of three hundred rows, both ends included, are asked for`() throws {
    let key = SeriesKey(dataset: .bar, provider: "coinbase", providerSymbol: "BTC-USD", interval: .hour1)
    let want = Want(series: key, span: span("2025-09-05T21:00:00Z", "2025-09-19T20:00:00Z"))
    #expect(
      Coinbase().requests(for: want, at: time("2025-09-19T22:30:00Z")).map(\.target) == [
        "/products/BTC-USD/candles?granularity=3600&start=2025-09-05T21:00:00Z&end=2025-09-18T08:00:00Z",
        "/products/BTC-USD/candles?granularity=3600&start=2025-09-18T09:00:00Z&end=2025-09-19T20:00:00Z",
      ])
  }

  @Test(arguments: [Interval.minute30, .hour4, .week1])
  func `an interval that it does not serve is not asked for`(interval: Interval) {
    let key = SeriesKey(dataset: .bar, provider: "coinbase", providerSymbol: "BTC-USD", interval: interval)
    let want = Want(series: key, span: span("2025-09-01T00:00:00Z", "2025-09-10T00:00:00Z"))
    #expect(Coinbase().requests(for: want, at: time("2025-09-19T22:30:00Z")).isEmpty)
  }

  @Test func `rows, newest first, low before high before open, become bars`() throws {
    let reading = try read(
      "[[1584320400,5230,5350.5,5245.17,5300,12],[1584316800, 5236.01, 5346.05, 5346.03, 5245.17, 3728.67857634]]")
    #expect(
      reading.series == SeriesKey(dataset: .bar, provider: "coinbase", providerSymbol: "BTC-USD", interval: .hour1))
    #expect(
      reading.facts
        == .bars([
          Bar(
            openTime: time("2020-03-16T00:00:00Z"), open: 5346.03, high: 5346.05, low: 5236.01, close: 5245.17,
            volume: 3728.67857634),
          Bar(openTime: time("2020-03-16T01:00:00Z"), open: 5245.17, high: 5350.5, low: 5230, close: 5300, volume: 12),
        ]))
    #expect(reading.covers == span("2020-03-15T22:00:00Z", "2020-03-16T01:00:00Z"))
  }

  @Test func `rows from before the start and the running bucket are left out in silence`() throws {
    let reading = try read(
      "[[1584320400,1,1,1,1,1],[1584316800,1,1,1,1,1],[1584306000,1,1,1,1,1]]", at: "2020-03-16T01:30:00Z")
    #expect(reading.facts.bars.map(\.openTime) == [time("2020-03-16T00:00:00Z")])
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span("2020-03-15T22:00:00Z", "2020-03-16T00:00:00Z"))
  }

  @Test func `a row without its volume costs only itself`() throws {
    let reading = try read("[[1584320400,1,1,1,1],[1584316800,1,1,1,1,1]]")
    #expect(reading.facts.count == 1)
    #expect(reading.refusals.map(\.reason) == [.malformed])
    #expect(reading.refusals.first?.at == time("2020-03-16T01:00:00Z"))
  }

  @Test(arguments: [
    (404, #"{"message":"NotFound"}"#, ReadingError.unknownSymbol("BTC-USD")),
    (429, #"{"message":"Public rate limit exceeded"}"#, .throttled(retryAfter: nil)),
    (400, #"{"message":"Unsupported granularity"}"#, .refused(status: 400, message: "Unsupported granularity")),
    (200, #"{"message":"odd"}"#, .refused(status: 200, message: "odd")),
    (500, "oops", .outOfOrder(status: 500, message: "oops")),
  ])
  func `an error says what it means`(status: Int, body: String, error: ReadingError) {
    let request = request("2020-03-15T22:00:00Z", "2020-03-16T01:00:00Z")
    #expect(
      fault { () throws(ReadingError) in try Coinbase().read(answer(body, status: status), to: request) } == error)
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct CoinbaseRecordedTests {
  @Test(arguments: [
    ("candles-BTC-USD-3600-169rows-2020-03.json", "2020-03-09T00:00:00Z", "2020-03-16T00:00:00Z", Interval.hour1, 169),
    ("candles-BTC-USD-60-300rows-2020-03-20.json", "2020-03-20T00:00:00Z", "2020-03-20T04:59:00Z", .minute1, 300),
    ("candles-BTC-USD-86400-2026-08.json", "2026-08-01T00:00:00Z", "2026-08-10T00:00:00Z", .day1, 10),
  ])
  func `a recorded page is read whole`(
    file: String, first: String, last: String, interval: Interval, count: Int
  ) throws {
    let reading = try Coinbase().read(
      answer(try recorded("coinbase/\(file)"), at: "2026-11-01T00:00:00Z"), to: request(first, last, interval))
    #expect(reading.facts.count == count)
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span(first, last))
    #expect(reading.facts.bars.first?.openTime == time(first))
  }

  @Test(arguments: [
    (
      "error-400-more-than-300-candles.json", 400,
      ReadingError.refused(
        status: 400,
        message: "granularity too small for the requested time range. Count of aggregations requested exceeds 300")
    ),
    (
      "error-503-maintenance-2018.json", 503,
      .outOfOrder(
        status: 503,
        message: "GDAX is currently under maintenance. For updates please see https://status.gdax.com/")
    ),
  ])
  func `a recorded error says what it means`(file: String, status: Int, error: ReadingError) throws {
    let body = try recorded("coinbase/\(file)")
    let request = request("2020-03-15T22:00:00Z", "2020-03-16T01:00:00Z")
    #expect(
      fault { () throws(ReadingError) in try Coinbase().read(answer(body, status: status), to: request) } == error)
  }
}
