import Market
import Support
import Testing

@testable import Providers

/// A good answer of a provider, small enough to be spoilt in every way.
struct Sample: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let provider: any Provider
  let request: Request
  let body: String

  private static let hours = span("2025-09-19T18:00:00Z", "2025-09-19T20:00:00Z")

  static let all: [Sample] =
    [
      Sample(
        testDescription: "Binance", provider: Binance(), request: BinanceAddress.klines("BTCUSDT", .hour1, hours),
        body: """
          [[1758304800000,"100.5","110","90.25","101","3.5",1758308399999,"350.1",42,"1.5","150.2","0"],
          [1758308400000,"101.00000000","110.1","90","101","0",1758311999999,"0",0,"0","0","0"]]
          """),
      Sample(
        testDescription: "Coinbase", provider: Coinbase(), request: CoinbaseAddress.candles("BTC-USD", .hour1, hours),
        body: "[[1758308400,90,110.25,101,100.5,3.728],[1758304800,90.5,110,100,101,12]]"),
      Sample(
        testDescription: "Kraken", provider: Kraken(),
        request: KrakenAddress.ohlc("XBTUSD", .hour1, from: time("2025-09-19T18:00:00Z")),
        body: """
          {"error":[],"result":{"XXBTZUSD":[[1758304800,"100.5","110","90.25","101","100.1","3.5",42],
          [1758308400,"101","110","90.25","101","0.0","0",0]],"last":1758304800}}
          """),
      Sample(
        testDescription: "CoinGecko chart", provider: CoinGecko(),
        request: CoinGeckoAddress.marketChart("bitcoin", .hour1, days: 2),
        body: """
          {"prices":[[1758304800123,115000.5],[1758308400000,1.2e5]],"market_caps":[[1758304800123,2.3e12]],
          "total_volumes":[[1758304800123,null]]}
          """),
      Sample(
        testDescription: "CoinGecko markets", provider: CoinGecko(),
        request: Request(
          provider: "coingecko", path: "/api/v3/coins/markets",
          query: [QueryItem("vs_currency", "usd"), QueryItem("ids", "bitcoin")]),
        body: #"[{"id":"bitcoin","current_price":49053,"roi":null,"last_updated":"2021-05-15T15:59:43.867Z"}]"#),
      Sample(
        testDescription: "CoinGecko simple", provider: CoinGecko(),
        request: Request(
          provider: "coingecko", path: "/api/v3/simple/price",
          query: [QueryItem("vs_currencies", "usd"), QueryItem("ids", "bitcoin")]),
        body: #"{"bitcoin":{"usd":49053,"last_updated_at":1621094383}}"#),
      Sample(
        testDescription: "alternative.me", provider: AlternativeMe(),
        request: Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "2")]),
        body: """
          {"name":"Fear and Greed Index","data":[{"value":"54","value_classification":"Neutral","timestamp":"1758240000",
          "time_until_update":"9000"},{"value":"46","value_classification":"Fear","timestamp":"1758153600"}],
          "metadata":{"error":null}}
          """),
      Sample(
        testDescription: "Farside", provider: Farside(), request: FarsidePage.everything(of: "btc"),
        body: """
          <html><table class="etf"><thead><tr><th>Date</th><th>IBIT</th><th>BTC</th><th>Total</th></tr></thead><tbody><tr>
          <tr><td>17 Sep 2025</td><td><span>(95.1)</span></td><td>-</td><td>(95.1)</td></tr>
          <tr><td>18 Sep 2025</td><td>1,045.3</td><td colspan="1">0.0</td><td>1,045.3</td></tr></tbody></table></html>
          """),
      Sample(
        testDescription: "SoSoValue", provider: SoSoValue(), request: SoSoValueAddress.summary(of: "btc", limit: 5),
        body: """
          {"code":0,"msg":null,"data":{"list":[{"date":"2025-09-18","totalNetInflow":-23500000.0,"totalNetAssets":"1e9"},
          {"date":1758067200000,"totalNetInflow":null}]}}
          """),
      Sample(
        testDescription: "Yahoo", provider: Yahoo(),
        request: YahooAddress.chart("AAPL", .day1, span("2025-09-17T00:00:00Z", "2025-09-18T00:00:00Z")),
        body: """
          {"chart":{"result":[{"meta":{"currency":"USD","symbol":"AAPL","instrumentType":"EQUITY","firstTradeDate":345479400,
          "exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"timestamp":[1758115800,1758202200],
          "events":{"dividends":{"1758202200":{"amount":0.26,"date":1758202200}}},
          "indicators":{"quote":[{"open":[238.97000122070312,239.97000122070312],"high":[240.10000610351562,241.1999969482422],
          "low":[237.72999572753906,236.64999389648438],"close":[238.99000549316406,237.8800048828125],
          "volume":[46508000,44249600]}]}}],"error":null}}
          """),
      Sample(
        testDescription: "GDELT volume", provider: GDELT(),
        request: GDELTAddress.timeline(.volume, "oil", day("2025-08-20")...day("2025-09-18")),
        body: """
          {"query_details":{"title":"oil \\x","date_resolution":"day"},"timeline":[{"series":"Article Count","data":[
          {"date":"20250917T000000Z","value":41,"norm":431340},{"date":"20250918T000000Z","value":0,"norm":274180}]}]}
          """),
      Sample(
        testDescription: "GDELT tone", provider: GDELT(),
        request: GDELTAddress.timeline(.tone, "oil", day("2025-08-20")...day("2025-09-18")),
        body: """
          {"timeline":[{"series":"Average Tone","data":[{"date":"20250917T000000Z","value":-2.3119},
          {"date":"20250918T000000Z","value":0}]}]}
          """),
    ] + alphaVantage + polygon + events + news

  private static let events = [
    Sample(
      testDescription: "week's calendar", provider: WeekCalendar(),
      request: Request(provider: "calendar", path: WeekCalendar.path),
      body: """
        [{"title":"CPI m\\/m","country":"USD","date":"2025-09-18T08:30:00-04:00","impact":"High","forecast":"0.3%",
        "previous":"-12.15B"},{"title":"Votes","country":"GBP","date":"","impact":"Holiday","forecast":"3-0-6"}]
        """),
    Sample(
      testDescription: "Alpha Vantage earnings", provider: AlphaVantage(), request: AlphaVantageEarnings.request,
      body: """
        symbol,name,reportDate,fiscalDateEnding,estimate,currency,timeOfTheDay
        IBM,IBM,2025-10-22,2025-09-30,2.45,USD,post-market

        """),
  ]

  private static let share = SeriesKey(
    dataset: .bar, provider: "alphavantage", providerSymbol: "IBM", interval: .day1)
  private static let minutes = SeriesKey(
    dataset: .bar, provider: "alphavantage", providerSymbol: "IBM", interval: .minute5)

  private static let alphaVantage: [Sample] = [
    Sample(
      testDescription: "Alpha Vantage days", provider: AlphaVantage(), request: AlphaVantageAddress.newest(of: share),
      body: """
        {"Meta Data":{"1. Information":"Daily Prices","2. Symbol":"IBM","5. Time Zone":"US/Eastern"},
        "Time Series (Daily)":{"2025-09-18":{"1. open":"238.97","2. high":"241.2","3. low":"236.65","4. close":"237.88",
        "5. volume":"44249600"},"2025-09-17":{"1. open":"238.97","2. high":"240.1","3. low":"237.73","4. close":"238.99",
        "5. volume":"46508000"}}}
        """),
    Sample(
      testDescription: "Alpha Vantage minutes", provider: AlphaVantage(),
      request: AlphaVantageAddress.whole(of: minutes, hours)[0],
      body: """
        {"Meta Data":{"2. Symbol":"IBM","4. Interval":"5min","6. Time Zone":"US/Eastern"},"Time Series (5min)":{
        "2025-09-18 15:55:00":{"1. open":"284.3591","2. high":"284.53","3. low":"284.3591","4. close":"284.53",
        "5. volume":"83493"},"2025-09-18 15:50:00":{"1. open":"284.483","2. high":"284.483","3. low":"284.3591",
        "4. close":"284.3591","5. volume":"58615"}}}
        """),
    Sample(
      testDescription: "Alpha Vantage splits", provider: AlphaVantage(),
      request: AlphaVantageAddress.acts(.splits, of: "IBM"),
      body: """
        {"symbol":"IBM","data":[{"effective_date":"2021-11-04","split_factor":"1.0460"},
        {"effective_date":"1999-05-27","split_factor":"2.0000"}]}
        """),
    Sample(
      testDescription: "Alpha Vantage dividends", provider: AlphaVantage(),
      request: AlphaVantageAddress.acts(.dividends, of: "IBM"),
      body: """
        {"symbol":"IBM","data":[{"ex_dividend_date":"2025-08-08","declaration_date":"None","amount":"1.68"},
        {"ex_dividend_date":"2025-05-09","declaration_date":"2025-04-29","amount":"1.68"}]}
        """),
  ]

  private static let polygon: [Sample] = [
    Sample(
      testDescription: "Polygon days", provider: Polygon(),
      request: PolygonSpan(of: .day1).map {
        PolygonAddress.bars("AAPL", $0, span("2025-09-17T00:00:00Z", "2025-09-18T00:00:00Z"))
      } ?? Request(provider: "polygon", path: "/"),
      body: """
        {"ticker":"AAPL","queryCount":2,"resultsCount":2,"adjusted":true,"results":[{"v":46508000,"vw":238.9475,"n":357753,
        "o":238.97,"c":238.99,"h":240.1,"l":237.73,"t":1758081600000},{"v":44249600.0,"vw":238.925,"n":340381,"o":239.97,
        "c":237.88,"h":241.2,"l":236.65,"t":1758168000000}],"status":"OK","request_id":"4e33","count":2}
        """),
    Sample(
      testDescription: "Polygon minutes", provider: Polygon(),
      request: PolygonSpan(of: .minute1).map {
        PolygonAddress.bars("AAPL", $0, span("2025-09-18T13:30:00Z", "2025-09-18T19:59:00Z"))
      } ?? Request(provider: "polygon", path: "/"),
      body: """
        {"ticker":"AAPL","adjusted":true,"results":[{"v":100,"vw":238.1,"n":3,"o":238,"c":238.5,"h":239,"l":237.5,
        "t":1758202200000},{"v":50,"vw":238.2,"n":2,"o":238.5,"c":238.25,"h":238.75,"l":238,"t":1758202260000}],
        "status":"DELAYED","next_url":"https://api.massive.com/v2/aggs/x?cursor=y"}
        """),
    Sample(
      testDescription: "Polygon splits", provider: Polygon(), request: PolygonAddress.acts(.splits, of: "AAPL"),
      body: """
        {"results":[{"execution_date":"2020-08-31","id":"2e","split_from":1,"split_to":4,"ticker":"AAPL"},
        {"execution_date":"2014-06-09","id":"79","split_from":1,"split_to":7,"ticker":"AAPL"}],"status":"OK"}
        """),
    Sample(
      testDescription: "Polygon dividends", provider: Polygon(), request: PolygonAddress.acts(.dividends, of: "AAPL"),
      body: """
        {"results":[{"cash_amount":0.22,"currency":"USD","dividend_type":"CD","ex_dividend_date":"2021-11-05","id":"26",
        "ticker":"AAPL"},{"cash_amount":0.2,"dividend_type":"ST","ex_dividend_date":"2021-08-06","ticker":"AAPL"}],
        "status":"OK"}
        """),
  ]

  /// What the provider makes of other bytes; `nil` for an error.
  func reading(of body: [UInt8], status: Int = 200) -> Reading? {
    try? provider.read(answer(body, status: status), to: request)
  }
}

/// Spoils bytes as lines, disks and people do, and as somebody would who wants a parser to fall.
private struct Spoiler {
  private static let scraps: [String] = [
    "1e999", "-1", "99999999999999999999", "null", "NaN", "\"", "\\", "\\u0000", "[", "]", "{", "}", ",", ":", "0x1p3",
    "\u{0}",
    "<", "</table>", "<table class=\"etf\">", "-9223372036854775808", "9223372036854775807", "\"\\ud800\"", "1.", ".",
    "e", "-",
    "253402300800", "253402300800000", "99999999999999", "999999999999999999", "(", ")", "0.00000000000000000000000001",
  ]
  var random: SeededGenerator

  mutating func spoilt(_ body: [UInt8]) -> [UInt8] {
    var bytes = body
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.replaceSubrange(place..<end, with: scrap())
      default: bytes.insert(contentsOf: scrap(), at: place)
      }
    }
    return bytes
  }

  private mutating func scrap() -> [UInt8] {
    Array((Self.scraps.randomElement(using: &random) ?? "").utf8)
  }
}

/// What holds for every reading, however odd the answer.
private func isSound(_ reading: Reading) -> Bool {
  Set(reading.parts.map(\.series)).count == reading.parts.count && reading.parts.allSatisfy { isSound($0.facts) }
}

private func isSound(_ facts: Facts) -> Bool {
  let times: [Instant]
  switch facts.typed {
  case .bars(let bars):
    times = bars.map(\.openTime)
    guard bars.allSatisfy({ $0.low <= min($0.open, $0.close) && $0.high >= max($0.open, $0.close) && $0.high.isFinite })
    else { return false }
  case .pricePoints(let points):
    times = points.map(\.at)
    guard points.allSatisfy({ $0.price.isFinite && $0.price > 0 }) else { return false }
  case .sentiment(let values):
    times = values.map(\.day.start)
    guard values.allSatisfy({ (0...100).contains($0.value) }) else { return false }
  case .flows(let flows):
    times = flows.map(\.day.start)
    return Set(flows.map { "\($0.day) \($0.ticker)" }).count == flows.count
      && zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
  case .rows(let rows):
    return Set(rows.map(\.key)).count == rows.count
      && rows.allSatisfy { $0.values.allSatisfy { $0.number?.isFinite ?? true } }
  }
  return zip(times, times.dropFirst()).allSatisfy { $0 < $1 } && times.allSatisfy { Instant.representable.contains($0) }
}

struct HostileBodiesTests {
  @Test(arguments: Sample.all)
  func `the unspoilt sample is read`(sample: Sample) throws {
    let reading = try sample.provider.read(answer(sample.body), to: sample.request)
    #expect(reading.parts.allSatisfy { $0.facts.count > 0 && $0.refusals.isEmpty })
    #expect(isSound(reading))
  }

  @Test(arguments: Sample.all)
  func `three thousand spoilt bodies neither stop the reader nor fool it`(sample: Sample) {
    var spoiler = Spoiler(random: SeededGenerator(seed: 2025))
    let unsound = (0..<3000).map { _ in spoiler.spoilt(Array(sample.body.utf8)) }.filter { body in
      sample.reading(of: body).map { !isSound($0) } ?? false
    }
    #expect(unsound.map { String(decoding: $0, as: UTF8.self) } == [])
  }

  @Test(arguments: Sample.all)
  func `a body cut anywhere gives nothing`(sample: Sample) throws {
    let bytes = Array(sample.body.utf8)
    let whole = try #require(sample.reading(of: bytes))
    // A page may lose what follows its table.
    let readable = (0..<bytes.count).filter { sample.reading(of: Array(bytes[..<$0])).map { $0 != whole } ?? false }
    #expect(readable == [])
  }

  @Test(
    arguments: Sample.all,
    [
      "[", "{\"a\":", "[[", "{\"data\":[", "{\"result\":{", "<div>", "<table class=\"etf\"><tr><td>", "\"", "9",
      "\u{0}", "\\",
    ])
  func `endless openings and digits are refused`(sample: Sample, piece: String) {
    #expect(sample.reading(of: Array(String(repeating: piece, count: 20_000).utf8)) == nil)
  }

  @Test(arguments: Sample.all, [100, 204, 301, 304, 400, 401, 403, 404, 418, 429, 451, 500, 503, 999])
  func `no facts are taken from any other status than 200`(sample: Sample, status: Int) {
    #expect(sample.reading(of: Array(sample.body.utf8), status: status) == nil)
  }
}

struct AllProvidersTests {
  @Test func `every provider stands under its own name`() {
    #expect(
      marketProviders.map(\.profile.name.description) == [
        "binance", "coinbase", "kraken", "coingecko", "alternative.me", "farside", "sosovalue",
        "yahoo", "alphavantage", "polygon", "fred", "worldbank", "cnn", "rss", "newsapi", "calendar", "sec",
        "gdelt",
      ])
  }

  /// Feeds have an address each, and each its own pace.
  @Test(arguments: marketProviders.map(\.profile).filter { !$0.baseURL.isEmpty }.map(\.name))
  func `a profile is complete`(name: ProviderName) throws {
    let profile = try #require(marketProviders.first { $0.profile.name == name }).profile
    #expect(profile.baseURL.hasPrefix("https://") && !profile.baseURL.hasSuffix("/"))
    #expect(profile.probe.provider == name && profile.probe.path.hasPrefix("/"))
    let windows = profile.politeness.windows
    #expect(!windows.isEmpty && windows.allSatisfy { $0.limit > 0 && $0.seconds > 0 })
    #expect(Set(windows.map(\.seconds)).count == windows.count && profile.politeness.concurrency > 0)
  }
}
