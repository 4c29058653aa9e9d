import Formats
import Foundation
import Market
import Support
import Testing

@testable import Providers

/// A figure that a reading gave, with what it is.
private struct Read {
  let figure: Figure
  let value: FigureValue
}

private func fields(of series: SeriesKey) -> [FigureField] {
  [FactShape.bar, .pricePoint, .sentiment, .etfFlow].first { $0.dataset == series.dataset }?.fields ?? []
}

/// A figure of a row that bears a time, and a ticker where it is a fund's.
private func figure(_ series: SeriesKey, _ at: Instant, _ ticker: String?, _ field: FigureField) -> Figure {
  let time: FactKey.Part = [.sentiment, .etfFlow].contains(series.dataset) ? .day(at.day) : .instant(at)
  return Figure(series: series, key: FactKey([time] + (ticker.map { [.text($0)] } ?? [])), field: field)
}

/// Every figure of a reading.
private func figures(of reading: Reading) -> [Read] {
  func read(_ at: Instant, _ field: FigureField, _ value: FigureValue, _ ticker: String? = nil) -> Read {
    Read(figure: figure(reading.series, at, ticker, field), value: value)
  }
  switch reading.facts.typed {
  case .bars(let bars):
    return bars.flatMap { bar in
      [
        (FigureField.open, bar.open), (.high, bar.high), (.low, bar.low), (.close, bar.close), (.volume, bar.volume),
      ].map { read(bar.openTime, $0.0, .number($0.1)) }
    }
  case .pricePoints(let points):
    return points.flatMap { point in
      [(FigureField.price, point.price), (.marketCap, point.marketCap), (.volume24h, point.volume24h)].compactMap {
        field, value in value.map { read(point.at, field, .number($0)) }
      }
    }
  case .sentiment(let values):
    return values.flatMap { value in
      [
        read(value.day.start, .value, .number(value.value)),
        read(value.day.start, .classification, .text(value.classification)),
      ]
    }
  case .flows(let flows):
    return flows.flatMap { flow in
      [
        read(flow.day.start, .netFlowUSD, flow.netFlowUSD.map(FigureValue.whole) ?? .absent, flow.ticker)
      ] + (flow.netAssetsUSD.map { [read(flow.day.start, .netAssetsUSD, .whole($0), flow.ticker)] } ?? [])
    }
  case .rows: return []
  }
}

/// The value at a path such as `$.data[3].value`, looked up in Foundation's tree; a number's text for a number.
private func text(at path: String, in body: [UInt8]) throws -> String? {
  var node: Any? = try JSONSerialization.jsonObject(with: Data(body), options: [.fragmentsAllowed])
  var rest = path.dropFirst()
  while let first = rest.first {
    rest = rest.dropFirst()
    if first == "." {
      let name = rest.prefix { $0 != "." && $0 != "[" }
      rest = rest[name.endIndex...]
      node = (node as? [String: Any])?[String(name)]
    } else {
      let inner = rest.prefix { $0 != "]" }
      rest = rest[inner.endIndex...].dropFirst()
      if let index = Int(inner) {
        node = (node as? [Any]).flatMap { index < $0.count ? $0[index] : nil }
      } else {
        node = (node as? [String: Any])?[String(inner.dropFirst().dropLast())]
      }
    }
  }
  if let text = node as? String { return text }
  return node.map { "\($0)" }
}

private struct Told: CustomStringConvertible {
  let name: String
  let provider: any Provider
  let request: Request
  let answer: Answer
  var description: String { name }

  /// Whether each figure is where the place says, by the rule of the place and by Foundation.
  func check(_ reads: [Read]) throws {
    for read in reads {
      let place = try #require(provider.locate(read.figure, in: answer, to: request), "\(read)")
      #expect(place.value(in: answer.body) == read.value, "\(read) at \(place)")
      guard case .json(let path) = place.path else { continue }
      let bytes = try #require(place.bytes)
      let sent = String(decoding: answer.body[bytes], as: UTF8.self)
      let found = try text(at: path, in: answer.body)
      let bare = sent.hasPrefix("\"") ? String(sent.dropFirst().dropLast()) : sent
      #expect(found == bare || found.flatMap(Double.init) == Double(bare), "\(read): \(sent) is not what \(path) holds")
    }
  }
}

private let klines = """
  [[1758276000000,"116000.10","116500.00","115900.00","116200.25000000","12.5",1758279599999,"0",1,"0","0","0"],
   [1758279600000,"5","1","9","7","1",1758283199999,"0",1,"0","0","0"],
   [1758279600000,"116200.25","116300","116100","116250.5","7",1758283199999,"0",1,"0","0","0"],
   [1758283200000, "116250.5" , "116260", "116240", "116255", "0.125", 1758286799999, "0", 1, "0", "0", "0"]]
  """
private let candles =
  "[[1758283200,116240,116260.5,116250.5,116255,0.125],\n[1758279600,1.161e5,116300,116200.25,116250.5,7]]"
private let kraken = """
  {"error":[],"result":{"XXBTZUSD":[[1758279600,"116200.2","116300.0","116100.0","116250.5","116200.0","7.25",9],
  [1758283200,"116250.5","116260.0","116240.0","116255.0","116250.0","0.125",2]],"last":1758279600}}
  """
private let chart = """
  {"prices":[[1758276000123,116000.5],[1758276000900,116001.5],[1758279600000,1.16e5],[1758279601000,null]],
  "market_caps":[[1758276000123,2e12],[1758276000900,2300000000000.25],[1758279600000,2.31e12]],
  "total_volumes":[[1758276000900,3.5e10],[1758279600000,36000000000]]}
  """
private let markets = """
  [{"id":"other","current_price":1,"last_updated":"2025-09-19T10:00:00.000Z"},
  {"id":"bitcoin","current_price":116000.5,"market_cap":2300000000000,"total_volume":1e10,
   "last_updated":"2025-09-19T10:00:00.000Z"}]
  """
private let simple = """
  {"bitcoin":{"usd":116000.5,"usd_market_cap":2.3e12,"last_updated_at":1758276000}}
  """
private let index = """
  {"name":"Fear and Greed Index","data":[
  {"value":"53","value_classification":"Neutral","timestamp":"1758240000","time_until_update":"1"},
  {"value":"x","value_classification":"Fear","timestamp":"1758153600"},
  {"value":"49.5","value_classification":"Caf\\u00e9 \\"so\\"","timestamp":"1758067200"}],"metadata":{"error":null}}
  """
private let soso = """
  {"code":0,"data":{"list":[{"date":"2025-09-17","totalNetInflow":-51300000.4,"totalNetAssets":"152000000000"},
  {"date":"2025-09-18","totalNetInflow":null,"totalNetAssets":152100000000.6}]}}
  """
private let page = """
  <!DOCTYPE html><html><head><style>table > td { }</style></head><body>
  <table class="nav"><tr><td>Home<td>Data</tr></table><!-- <td class="etf">no</td> -->
  <TABLE id='x' class='wide etf'><thead><tr><th>Date</th><th>IBIT</th><th>FBTC</th><th>GBTC</th><th>Total</th></tr></thead>
  <tbody>
  <tr>
  <tr><td>17 Sep 2025<td><div title="a > b">(1,234.5)</div><td><span class="x">12.3</span></td><td>-</td><td>(1,222.2)</td></tr>
  <tr><td>18 Sep 2025</td><td>0.0</td><td><table><tr><td>inner</td></tr></table>&nbsp;7.05 </td><td></td><td>7.05</td></tr>
  <tr><td>Total</td><td>1</td><td>2</td><td>3</td><td>6</td></tr>
  </tbody></table></body></html>
  """

private let told: [Told] = [
  Told(
    name: "binance", provider: Binance(),
    request: BinanceAddress.klines("BTCUSDT", .hour1, span("2025-09-19T10:00Z", "2025-09-19T12:00Z")),
    answer: answer(klines)),
  Told(
    name: "coinbase", provider: Coinbase(),
    request: CoinbaseAddress.candles("BTC-USD", .hour1, span("2025-09-19T11:00Z", "2025-09-19T12:00Z")),
    answer: answer(candles)),
  Told(
    name: "kraken", provider: Kraken(),
    request: KrakenAddress.ohlc("XBTUSD", .hour1, from: time("2025-09-19T11:00Z")), answer: answer(kraken)),
  Told(
    name: "coingecko chart", provider: CoinGecko(),
    request: CoinGeckoAddress.marketChart("bitcoin", .hour1, days: 2), answer: answer(chart)),
  Told(
    name: "coingecko markets", provider: CoinGecko(),
    request: Request(
      provider: "coingecko", path: "/api/v3/coins/markets",
      query: [QueryItem("vs_currency", "usd"), QueryItem("ids", "bitcoin")]), answer: answer(markets)),
  Told(
    name: "coingecko simple", provider: CoinGecko(),
    request: Request(
      provider: "coingecko", path: "/api/v3/simple/price",
      query: [QueryItem("vs_currencies", "usd"), QueryItem("ids", "bitcoin")]), answer: answer(simple)),
  Told(
    name: "alternative.me", provider: AlternativeMe(),
    request: Request(provider: "alternative.me", path: "/fng/"), answer: answer(index)),
  Told(
    name: "sosovalue", provider: SoSoValue(), request: SoSoValueAddress.summary(of: "btc", limit: 2),
    answer: answer(soso)),
  Told(
    name: "farside", provider: Farside(), request: FarsidePage.everything(of: "btc"), answer: answer(page)),
]

struct PlacesTests {
  @Test(arguments: told)
  fileprivate func `every figure that was read is found where it stands`(told: Told) throws {
    let reading = try told.provider.read(told.answer, to: told.request)
    let reads = figures(of: reading)
    #expect(reads.count >= 2)
    try told.check(reads)
  }

  @Test func `a row that was refused is not the place of the one that was believed`() throws {
    let series = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
    let wanted = figure(series, time("2025-09-19T11:00Z"), nil, .close)
    let place = try #require(told[0].provider.locate(wanted, in: told[0].answer, to: told[0].request))
    #expect(place.path == .json("$[2][4]"))
    #expect(place.line(in: told[0].answer.body)?.line == 3)
  }

  @Test func `a cell is told by its row and column, and by the bytes between its tags`() throws {
    let farside = try #require(told.last)
    let series = SeriesKey(dataset: .etfFlow, provider: "farside", providerSymbol: "btc", interval: .day1)
    func place(_ day: String, _ ticker: String) throws -> (Place, String) {
      let wanted = figure(series, time(day), ticker, .netFlowUSD)
      let place = try #require(farside.provider.locate(wanted, in: farside.answer, to: farside.request))
      return (place, String(decoding: farside.answer.body[try #require(place.bytes)], as: UTF8.self))
    }
    let (loss, sent) = try place("2025-09-17", "IBIT")
    #expect(loss.path.description == "table 1, row 2, column 2 (IBIT)")
    #expect(sent == #"<div title="a > b">(1,234.5)</div>"#)
    #expect(loss.value(in: farside.answer.body) == .whole(-1_234_500_000))
    #expect(try place("2025-09-18", "FBTC").1.hasSuffix("&nbsp;7.05 "))
    #expect(try place("2025-09-18", "FBTC").0.value(in: farside.answer.body) == .whole(7_050_000))
  }

  @Test(arguments: told)
  fileprivate func `what the answer does not hold has no place in it`(told: Told) throws {
    let series = try told.provider.read(told.answer, to: told.request).series
    for field in fields(of: series) {
      let wanted = figure(series, time("2031-01-01"), "IBIT", field)
      let isWholeCoin = told.name == "coingecko markets" || told.name == "coingecko simple"
      #expect(isWholeCoin || told.provider.locate(wanted, in: told.answer, to: told.request) == nil)
    }
  }

  @Test(arguments: told, ["", "{", "[[1758276000000,", "<table class=\"etf\"><tr><td", "null", "[[[[[[[["])
  fileprivate func `no bytes break the search`(told: Told, body: String) throws {
    let series = try told.provider.read(told.answer, to: told.request).series
    for field in fields(of: series) {
      let wanted = figure(series, time("2025-09-19T10:00Z"), "IBIT", field)
      #expect(told.provider.locate(wanted, in: answer(body), to: told.request) == nil)
    }
  }

  @Test(arguments: [
    (PlaceRule.number, "\"0x1p3\""), (.number, "true"), (.text, "12"), (.millionsOfDollars, "(1,2)"),
    (.dollars, "\"many\""), (.count, "1.5"), (.count, "\"many\""), (.ratio, #"{"split_to":4}"#),
  ])
  func `bytes that denote nothing give nothing`(rule: PlaceRule, text: String) {
    let place = Place(path: .json("$"), bytes: 0..<text.utf8.count, rule: rule)
    #expect(place.value(in: Array(text.utf8)) == nil)
    #expect(Place(path: .json("$"), bytes: 0..<1000, rule: rule).value(in: Array(text.utf8)) == nil)
  }
}

/// Recorded answers, each with the request that brings its like.
private struct Recording: CustomStringConvertible {
  let file: String
  let provider: any Provider
  let request: Request
  let at: String
  /// How many figures are looked up; each time the whole answer is read.
  var looks = 30
  var description: String { file }
}

private let recordings: [Recording] = [
  Recording(
    file: "binance/klines-BTCUSDT-1h-468rows-gap-2020-06-28.json", provider: Binance(),
    request: BinanceAddress.klines("BTCUSDT", .hour1, span("2020-06-11T13:00Z", "2020-07-01T03:00Z")),
    at: "2021-01-01T00:00Z"),
  Recording(
    file: "coinbase/candles-BTC-USD-3600-169rows-2020-03.json", provider: Coinbase(),
    request: CoinbaseAddress.candles("BTC-USD", .hour1, span("2020-03-01T00:00Z", "2020-04-01T00:00Z")),
    at: "2021-01-01T00:00Z"),
  Recording(
    file: "kraken/ohlc-XXBTZEUR-60-2017-07.json", provider: Kraken(),
    request: KrakenAddress.ohlc("XXBTZEUR", .hour1, from: time("2017-06-07T17:00Z")), at: "2017-07-07T16:27:00Z"),
  Recording(
    file: "coingecko/market_chart-bitcoin-usd-days1-5min-288rows-last-point-out-of-order-2021.json",
    provider: CoinGecko(), request: CoinGeckoAddress.marketChart("bitcoin", .minute5, days: 1), at: "2021-05-15T15:00Z"),
  Recording(
    file: "alternative-me/fng-limit0-2851rows-2025-11-25.json", provider: AlternativeMe(),
    request: Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "0")]),
    at: "2025-11-25T12:00Z"),
  Recording(
    file: "farside/btc-all-data-2026-08-18-ibit-dash-partial-total.html", provider: Farside(),
    request: FarsidePage.everything(of: "btc"), at: "2026-08-18T11:30Z",
    looks: 6),
  Recording(
    file: "farside/btc-recent-page-trimmed-2026-07.html", provider: Farside(), request: FarsidePage.recent(of: "btc"),
    at: "2026-07-23T15:00Z"),
  Recording(
    file: "sosovalue/docs-sample-v1-summary-history.json", provider: SoSoValue(),
    request: SoSoValueAddress.summary(of: "btc", limit: 2), at: "2024-04-15T00:00Z"),
]

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct PlacesRecordedTests {
  @Test(arguments: recordings)
  fileprivate func `figures of a recorded answer are found where they stand`(recording: Recording) throws {
    let told = Told(
      name: recording.file, provider: recording.provider, request: recording.request,
      answer: answer(try recorded(recording.file), at: recording.at))
    var generator = SeededGenerator(seed: 30)
    let reads = figures(of: try told.provider.read(told.answer, to: told.request)).shuffled(using: &generator)
    #expect(!reads.isEmpty)
    try told.check(Array(reads.prefix(recording.looks)))
  }
}
