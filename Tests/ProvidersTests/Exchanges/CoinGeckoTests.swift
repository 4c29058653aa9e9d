import Market
import Support
import Testing

@testable import Providers

private func key(_ interval: Interval) -> SeriesKey {
  SeriesKey(dataset: .pricePoint, provider: "coingecko", providerSymbol: "bitcoin", interval: interval)
}

private func chart(_ days: String, _ more: [QueryItem] = []) -> Request {
  Request(
    provider: "coingecko", path: "/api/v3/coins/bitcoin/market_chart",
    query: [QueryItem("vs_currency", "usd"), QueryItem("days", days)] + more)
}

private func other(_ path: String, _ query: [QueryItem] = []) -> Request {
  Request(provider: "coingecko", path: path, query: query)
}

private let dollars = QueryItem("vs_currency", "usd")

private func read(_ body: String, at instant: String = "2025-09-19T22:30:00Z") throws(ReadingError) -> Reading {
  try CoinGecko().read(answer(body, at: instant), to: chart("2"))
}

struct CoinGeckoTests {
  @Test(arguments: [
    (Interval.hour1, "2025-09-18T10:00:00Z", "days=2"), (.hour1, "2025-09-19T22:00:00Z", "days=2"),
    (.hour1, "2025-09-05T22:00:00Z", "days=15"), (.hour1, "2025-01-01T00:00:00Z", "days=90"),
    (.day1, "2025-08-01T00:00:00Z", "days=50&interval=daily"),
    (.day1, "2020-01-01T00:00:00Z", "days=365&interval=daily"),
    (.minute5, "2025-09-19T10:00:00Z", "days=1"),
  ])
  func `one request reaches back as far as samples of that spacing go`(interval: Interval, first: String, query: String)
  {
    let want = Want(series: key(interval), span: span(first, "2025-09-19T22:00:00Z"))
    #expect(
      CoinGecko().requests(for: want, at: time("2025-09-19T22:30:00Z")).map(\.target) == [
        "/api/v3/coins/bitcoin/market_chart?vs_currency=usd&\(query)"
      ])
  }

  @Test func `a request tells the spacing that was wanted`() {
    for (interval, days) in [(Interval.minute5, 1), (.hour1, 2), (.day1, 1)] {
      let want = Want(series: key(interval), span: span("2025-09-19T20:00:00Z", "2025-09-19T22:00:00Z"))
      let questions = CoinGecko().requests(for: want, at: time("2025-09-19T22:30:00Z")).map(CoinGeckoAddress.question)
      #expect(questions == [.init(kind: .chart, coin: "bitcoin", interval: interval, days: days)])
    }
  }

  @Test func `what is out of reach or no price point is not asked for`() {
    let now = time("2025-09-19T22:30:00Z")
    let old = Want(series: key(.hour1), span: span("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"))
    #expect(CoinGecko().requests(for: old, at: now).isEmpty)
    let bars = SeriesKey(dataset: .bar, provider: "coingecko", providerSymbol: "bitcoin", interval: .hour1)
    #expect(CoinGecko().requests(for: Want(series: bars, span: now...now), at: now).isEmpty)
    #expect(CoinGecko().requests(for: Want(series: key(.week1), span: now...now), at: now).isEmpty)
  }

  @Test func `samples become price points with their market figures`() throws {
    let reading = try read(
      """
      {"prices":[[1758300000123,115000.5],[1758303600000,1.2e5]],"market_caps":[[1758300000123,2.3e12],[1758303600000,null]],
      "total_volumes":[[1758303600000,5]]}
      """)
    #expect(reading.series == key(.hour1))
    #expect(
      reading.facts
        == .pricePoints([
          PricePoint(at: Instant(epochSeconds: 1_758_300_000), price: 115_000.5, marketCap: 2.3e12, volume24h: nil),
          PricePoint(at: Instant(epochSeconds: 1_758_303_600), price: 120_000, marketCap: nil, volume24h: 5),
        ]))
    #expect(reading.covers == Instant(epochSeconds: 1_758_300_000)...Instant(epochSeconds: 1_758_303_600))
  }

  @Test func `samples younger than the cache are left for later`() throws {
    let body = #"{"prices":[[1758300000000,1],[1758300600000,2],[1758300599045,2]]}"#
    #expect(try read(body, at: "2025-09-19T17:00:00Z").facts.pricePoints.map(\.price) == [1])
    #expect(try read(body, at: "2025-09-19T17:05:00Z").facts.pricePoints.map(\.price) == [1, 2, 2])
  }

  @Test func `of two samples in one second the later stays, an instant with two prices is refused`() throws {
    let reading = try read(
      #"{"prices":[[1758200000900,3],[1758200000100,2],[1758200100000,5],[1758200100000,6],[1758200200000,7],[1758200200000,7]]}"#
    )
    #expect(reading.facts.pricePoints.map(\.price) == [3, 7])
    #expect(reading.refusals.map(\.reason) == [.contradictory])
  }

  @Test(arguments: [
    ("[1758200100000,\"abc\"]", RefusalReason.notANumber), ("[1758200100000,null]", .notANumber),
    ("[1758200100000]", .notANumber),
    ("[1758200100000,0]", .outOfBounds), ("[1758200100000,-1]", .outOfBounds), ("[\"x\",1]", .malformed),
    ("{}", .malformed),
    ("[]", .malformed), ("[1758200100000,NaN]", .notANumber), ("[1958200100000,1]", .wrongTime), ("[-1,1]", .malformed),
    ("[1758200100000,1e999]", .notANumber),
  ])
  func `a sample that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let reading = try read("{\"prices\":[[1758200000000,1],\(bad),[1758200200000,2]]}")
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.map(\.reason) == [reason])
  }

  @Test func `candles are never read as bars`() {
    let request = other("/api/v3/coins/bitcoin/ohlc", [dollars, QueryItem("days", "7")])
    let error = fault { () throws(ReadingError) in
      try CoinGecko().read(answer("[[1758200000000,1,1,1,1]]"), to: request)
    }
    #expect(
      error
        == .refused(
          status: 200, message: "candles of CoinGecko are made of samples and are not read as bars"))
  }

  @Test func `a market row and a simple price are one point each`() throws {
    let market =
      #"[{"id":"bitcoin","current_price":49053,"market_cap":917825524991,"roi":null,"total_volume":6e10,"last_updated":"2021-05-15T15:59:43.867Z"}]"#
    let expected = PricePoint(
      at: time("2021-05-15T15:59:43Z"), price: 49053, marketCap: 917_825_524_991, volume24h: 60_000_000_000)
    let ids = QueryItem("ids", "bitcoin")
    #expect(
      try CoinGecko().read(answer(market), to: other("/api/v3/coins/markets", [dollars, ids])).facts
        == .pricePoints([expected]))
    let simple =
      #"{"bitcoin":{"usd":49053,"usd_market_cap":917825524991,"usd_24h_vol":6e10,"last_updated_at":1621094383}}"#
    #expect(
      try CoinGecko().read(
        answer(simple), to: other("/api/v3/simple/price", [ids, QueryItem("vs_currencies", "usd")])
      ).facts
        == .pricePoints([expected]))
  }

  @Test(arguments: [
    (404, #"{"error":"coin not found"}"#, ReadingError.unknownSymbol("bitcoin")),
    (400, #"{"error":"invalid days"}"#, .refused(status: 400, message: "invalid days")),
    (200, #"{"error":"odd"}"#, .refused(status: 200, message: "odd")),
    (200, #"{"status":{"error_code":429,"error_message":"slow down"}}"#, .throttled(retryAfter: nil)),
    (
      401, #"{"status":{"error_code":10002,"error_message":"API Key Missing"}}"#,
      .keyRefused(message: "API Key Missing")
    ),
    (400, #"{"status":{"error_code":10011,"error_message":"wrong root"}}"#, .keyRefused(message: "wrong root")),
    (
      401, #"{"error":{"status":{"error_code":10005,"error_message":"PRO only"}}}"#,
      .refused(status: 401, message: "PRO only")
    ),
    (403, "error code: 1020", .blocked(message: "error code: 1020")),
    (200, "error code: 1015", .throttled(retryAfter: nil)),
    (503, "", .outOfOrder(status: 503, message: "no message")),
  ])
  func `an error says what it means`(status: Int, body: String, error: ReadingError) {
    #expect(
      fault { () throws(ReadingError) in try CoinGecko().read(answer(body, status: status), to: chart("2")) } == error)
  }

  @Test func `nothing is taken from a body that is cut`() {
    let body = #"{"prices":[[1758300000123,115000.5]],"market_caps":[[1758300000123,2.3e12]]}"#
    for length in 0..<body.utf8.count {
      #expect(fault { () throws(ReadingError) in try read(String(body.prefix(length))) }?.isShapeChanged == true)
    }
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct CoinGeckoRecordedTests {
  @Test(arguments: [
    ("market_chart-bitcoin-usd-days30-hourly-722rows-2021.json", "30", Interval.hour1, 722, "2021-05-15T15:00:00Z"),
    // The last sample falls into the second of the one before.
    (
      "market_chart-bitcoin-usd-days1-5min-288rows-last-point-out-of-order-2021.json", "1", .minute5, 287,
      "2021-05-15T15:00:00Z"
    ),
    ("market_chart-bitcoin-usd-days365-daily-366rows-2025.json", "365", .day1, 366, "2025-09-24T00:00:00Z"),
    ("market_chart-bitcoin-usd-days90-interval-daily-91rows-2021.json", "90", .hour1, 91, "2021-05-16T00:00:00Z"),
  ])
  func `a recorded chart is read whole once its last sample is old`(
    file: String, days: String, interval: Interval, count: Int, at instant: String
  ) throws {
    let reading = try CoinGecko().read(
      answer(try recorded("coingecko/\(file)"), at: instant), to: chart(days))
    #expect(reading.facts.count == count)
    #expect(reading.refusals.isEmpty)
    #expect(reading.series == key(interval))
    #expect(reading.facts.pricePoints.allSatisfy { $0.marketCap != nil && $0.volume24h != nil })
  }

  @Test func `the last points of a chart just made are left out`() throws {
    let body = try recorded("coingecko/market_chart-bitcoin-usd-days1-5min-288rows-last-point-out-of-order-2021.json")
    let reading = try CoinGecko().read(answer(body, at: "2021-05-15T14:39:56Z"), to: chart("1"))
    #expect(reading.facts.count == 284)
    #expect(reading.covers?.upperBound == reading.facts.pricePoints.last?.at)
  }

  @Test(arguments: ["ohlc-bitcoin-usd-days7-4h-42rows-2021.json", "ohlc-bitcoin-myr-days30-4h-180rows-2021.json"])
  func `recorded candles are refused`(file: String) throws {
    let body = try recorded("coingecko/\(file)")
    let request = other("/api/v3/coins/bitcoin/ohlc", [dollars, QueryItem("days", "7")])
    guard case .refused(200, _) = fault({ () throws(ReadingError) in try CoinGecko().read(answer(body), to: request) })
    else {
      Issue.record("candles were not refused")
      return
    }
    #expect(
      fault { () throws(ReadingError) in try CoinGecko().read(answer(body), to: chart("7")) }?.isShapeChanged == true)
  }

  @Test func `a recorded market row is a point`() throws {
    let body = try recorded("coingecko/markets-bitcoin-usd-1row-2021.json")
    let request = other("/api/v3/coins/markets", [dollars, QueryItem("ids", "bitcoin")])
    #expect(try CoinGecko().read(answer(body), to: request).facts.pricePoints.map(\.price) == [49053])
  }

  @Test func `a recorded simple price has no time and is refused`() throws {
    let body = try recorded("coingecko/simple-price-one-coin-2021.json")
    let request = other("/api/v3/simple/price", [QueryItem("vs_currencies", "usd"), QueryItem("ids", "bitcoin")])
    let reading = try CoinGecko().read(answer(body), to: request)
    #expect(reading.facts.count == 0)
    #expect(reading.refusals.map(\.reason) == [.malformed])
  }

  @Test(arguments: [
    "markets-ids-with-space-vs-eth-2021.json", "simple-price-ids-with-space-one-coin-dropped-2021.json",
    "simple-price-three-coins-vs-eth-2025.json",
  ])
  func `answers about several coins or other currencies are not ours`(file: String) throws {
    let body = try recorded("coingecko/\(file)")
    let request = other(
      "/api/v3/simple/price", [QueryItem("vs_currencies", "eth"), QueryItem("ids", "bitcoin,ethereum")])
    #expect(
      fault { () throws(ReadingError) in try CoinGecko().read(answer(body), to: request) }?.isShapeChanged == true)
  }

  @Test(arguments: [
    (
      "error-422-missing-vs_currency.json", 422,
      ReadingError.refused(status: 422, message: "Missing parameter vs_currency")
    ),
    ("error-422-simple-price-missing-ids.json", 422, .refused(status: 422, message: "Missing parameter ids")),
    ("error-429-cloudflare-1015.txt", 429, .throttled(retryAfter: 119)),
    ("error-429-rate-limit.json", 429, .throttled(retryAfter: 119)),
    ("error-500-ohlc-no-params.json", 500, .outOfOrder(status: 500, message: "Internal Server Error")),
  ])
  func `a recorded error says what it means`(file: String, status: Int, error: ReadingError) throws {
    let refused = answer(
      try recorded("coingecko/\(file)"), status: status, headers: [HeaderField("retry-after", "119")])
    #expect(fault { () throws(ReadingError) in try CoinGecko().read(refused, to: chart("2")) } == error)
  }

  @Test func `further back than a year is refused in the provider's words`() throws {
    let refused = answer(try recorded("coingecko/error-401-10012-older-than-365-days.json"), status: 401)
    guard
      case .refused(401, let message) = fault({ () throws(ReadingError) in
        try CoinGecko().read(refused, to: chart("max"))
      })
    else {
      Issue.record("not refused")
      return
    }
    #expect(message.hasPrefix("Your request exceeds the allowed time range."))
  }
}
