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

  static let all: [Sample] = [
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
        "yahoo",
      ])
  }

  @Test(arguments: marketProviders.map(\.profile.name))
  func `a profile is complete`(name: ProviderName) throws {
    let profile = try #require(marketProviders.first { $0.profile.name == name }).profile
    #expect(profile.baseURL.hasPrefix("https://") && !profile.baseURL.hasSuffix("/"))
    #expect(profile.probe.provider == name && profile.probe.path.hasPrefix("/"))
    let windows = profile.politeness.windows
    #expect(!windows.isEmpty && windows.allSatisfy { $0.limit > 0 && $0.seconds > 0 })
    #expect(Set(windows.map(\.seconds)).count == windows.count && profile.politeness.concurrency > 0)
  }
}
