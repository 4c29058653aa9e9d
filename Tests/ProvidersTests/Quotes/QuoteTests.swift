import Market
import Support
import Testing

@testable import Providers

/// The price of now beside the close before it, as each provider tells them.
@Suite struct QuoteTests {
  private static let now = time("2025-09-19T17:30:20Z")
  private static let today = time("2025-09-19").epochSeconds

  private static let exchanges: [(provider: any QuoteProvider, symbol: String, body: String)] = [
    (
      Binance(), "BTCUSDT",
      """
      [[\(today - 172_800)000,"1.0","9.0","1.0","5.0","1.0",0,"0",1,"0","0","0"],
       [\(today - 86_400)000,"1.0","9.0","1.0","8.0","1.0",0,"0",1,"0","0","0"],
       [\(today)000,"1.0","9.0","1.0","6.0","1.0",0,"0",1,"0","0","0"]]
      """
    ),
    (
      Coinbase(), "BTC-USD",
      "[[\(today),1.0,9.0,1.0,6.0,1.0],[\(today - 86_400),1.0,9.0,1.0,8.0,1.0],[\(today - 172_800),1,9,1,5,1]]"
    ),
    (
      Kraken(), "XBTUSD",
      """
      {"error":[],"result":{"XXBTZUSD":[[\(today - 172_800),"1","9","1","5","1","1",1],
      [\(today - 86_400),"1","9","1","8","1","1",1],[\(today),"1","9","1","6","1","1",1]],"last":\(today - 86_400)}}
      """
    ),
  ]

  @Test(arguments: exchanges.indices)
  func `an exchange's price is that of the running day, against the close of the day before`(index: Int) throws {
    let (provider, symbol, body) = Self.exchanges[index]
    let request = provider.quoteRequest(of: symbol, at: Self.now)
    let quote = try provider.quote(in: answer(body, at: Self.now.description), to: request)
    #expect(quote == Quote(price: 6, at: Self.now, previousClose: 8, previousDay: day("2025-09-18")))
    #expect(quote.change == -0.25)
  }

  @Test(arguments: exchanges.indices)
  func `before the first trade of a day the price is the close of the day before`(index: Int) throws {
    let (provider, symbol, body) = Self.exchanges[index]
    let midnight = time("2025-09-19T00:00:01Z")
    let request = provider.quoteRequest(of: symbol, at: midnight)
    let running = body.replacing("\(Self.today)", with: "\(Self.today + 86_400)")
    let quote = try provider.quote(in: answer(running, at: midnight.description), to: request)
    #expect(
      quote == Quote(price: 8, at: time("2025-09-19"), previousClose: 5, previousDay: day("2025-09-17")))
  }

  @Test(arguments: exchanges.indices)
  func `an answer that is none says why`(index: Int) throws {
    let (provider, symbol, body) = Self.exchanges[index]
    let request = provider.quoteRequest(of: symbol, at: Self.now)
    #expect(throws: ReadingError.self) { try provider.quote(in: answer(body, status: 503), to: request) }
    #expect(throws: ReadingError.self) { try provider.quote(in: answer(String(body.dropLast(3))), to: request) }
    #expect(throws: ReadingError.self) {
      try provider.quote(in: answer(body), to: Request(provider: provider.profile.name, path: "/other"))
    }
  }

  private func chart(
    _ rows: [(String, String)], meta: String, kind: String = "EQUITY", symbol: String = "ACME"
  ) -> String {
    let stamps = rows.map { "\(time($0.0).epochSeconds)" }.joined(separator: ",")
    let cells = rows.map(\.1).joined(separator: ",")
    let columns = ["open", "high", "low", "close", "volume"].map { "\"\($0)\":[\(cells)]" }.joined(separator: ",")
    return """
      {"chart":{"result":[{"meta":{"currency":"USD","symbol":"\(symbol)","instrumentType":"\(kind)",\(meta)
      "exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"timestamp":[\(stamps)],
      "indicators":{"quote":[{\(columns)}]}}],"error":null}}
      """
  }

  private func quote(_ body: String, at instant: String, symbol: String = "ACME") throws -> Quote {
    let request = Yahoo().quoteRequest(of: symbol, at: time(instant))
    return try Yahoo().quote(in: answer(body, at: instant), to: request)
  }

  private static let rows = [
    ("2025-09-17T13:30:00Z", "7"), ("2025-09-18T13:30:00Z", "75.0875015258789"), ("2025-09-19T17:30:20Z", "80"),
  ]

  private func market(_ price: String, _ at: String) -> String {
    "\"regularMarketPrice\":\(price),\"regularMarketTime\":\(time(at).epochSeconds),"
  }

  @Test func `a share's price and its time are the market's, against the last row of a day before`() throws {
    let body = chart(Self.rows, meta: market("81.0999984741211", "2025-09-19T17:30:05Z"))
    #expect(
      try quote(body, at: "2025-09-19T17:30:20Z")
        == Quote(
          price: 81.1, at: time("2025-09-19T17:30:05Z"), previousClose: 75.0875, previousDay: day("2025-09-18")))
  }

  @Test func `at night the price is the close, against that of the session before it`() throws {
    let body = chart(Array(Self.rows.prefix(2)), meta: market("75.0875015258789", "2025-09-18T20:00:01Z"))
    #expect(
      try quote(body, at: "2025-09-19T05:00:00Z")
        == Quote(price: 75.0875, at: time("2025-09-18T20:00:01Z"), previousClose: 7, previousDay: day("2025-09-17")))
  }

  @Test func `in the evening a future belongs to the next day, and its price may be below zero`() throws {
    let rows = [("2025-09-17T04:00:00Z", "7"), ("2025-09-18T04:00:00Z", "-8")]
    let body = chart(rows, meta: market("-37.63", "2025-09-18T22:30:00Z"), kind: "FUTURE", symbol: "CL=F")
    #expect(
      try quote(body, at: "2025-09-18T22:30:10Z", symbol: "CL=F")
        == Quote(price: -37.63, at: time("2025-09-18T22:30:00Z"), previousClose: -8, previousDay: day("2025-09-18")))
  }

  @Test func `rows without a close are passed over, and without any there is no change`() throws {
    let body = chart([("2025-09-18T13:30:00Z", "null")], meta: market("5", "2025-09-19T17:30:00Z"))
    let quote = try quote(body, at: "2025-09-19T17:30:20Z")
    #expect((quote.previousClose, quote.change) == (nil, nil))
  }

  @Test(arguments: [
    "", "\"regularMarketPrice\":null,", "\"regularMarketPrice\":0,", "\"regularMarketPrice\":\"Infinity\",",
  ])
  func `a chart without a price has none`(meta: String) throws {
    #expect(throws: ReadingError.empty) { try quote(chart(Self.rows, meta: meta), at: "2025-09-19T17:30:20Z") }
  }

  @Test func `a time from the future is the answer's own`() throws {
    let body = chart(Self.rows, meta: market("5", "2125-09-19T17:30:00Z"))
    #expect(try quote(body, at: "2025-09-19T17:30:20Z").at == time("2025-09-19T17:30:20Z"))
  }

  @Test(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
  func `a recorded chart tells the price that its last row ends with`() throws {
    let body = try recorded("yahoo/chart-DX-Y.NYB-1d-1y-2026-05-03.json")
    let request = YahooAddress.chart("DX-Y.NYB", .day1, span("2025-05-01", "2026-05-02"))
    let quote = try Yahoo().quote(in: answer(body, at: "2026-05-01T22:00:00Z"), to: request)
    #expect((quote.price, quote.at) == (98.211, Instant(epochSeconds: 1_777_669_199)))
    #expect(quote.previousDay == day("2026-04-30"))
  }
}
