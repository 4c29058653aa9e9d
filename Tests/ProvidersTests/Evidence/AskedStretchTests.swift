import Market
import Testing

@testable import Providers

/// Instants and values that no question can have asked for.
struct AskedStretchTests {
  // MARK: Samples

  private static func chart(
    _ instants: [Int64], caps: String = "[]", days: Int = 15, more: String = ""
  ) throws(ReadingError) -> Reading {
    let prices = instants.map { "[\($0),115000.0]" }.joined(separator: ",")
    let body = #"{"prices":[\#(prices)],"market_caps":\#(caps),"total_volumes":[]\#(more)}"#
    return try CoinGecko().read(
      answer(body, at: "2025-09-19T02:00:00Z"), to: CoinGeckoAddress.marketChart("bitcoin", .hour1, days: days))
  }

  private static let hour = time("2025-09-18T19:00:00Z").epochSeconds

  @Test(arguments: [
    (0..<5).map { hour + $0 * 3600 },  // seconds in place of milliseconds
    (0..<5).map { (hour + $0 * 3600) * 1_000_000 },  // microseconds
    (0..<5).map { (hour - 40 * 86_400 + $0 * 3600) * 1000 },  // an old chart
  ])
  func `samples of which none lies in what was asked are refused whole`(instants: [Int64]) {
    #expect(fault { () throws(ReadingError) in try Self.chart(instants) }?.isShapeChanged == true)
  }

  @Test func `the refusal says what was expected and what came`() {
    #expect(
      fault { () throws(ReadingError) in try Self.chart([Self.hour, Self.hour + 3600]) }
        == .shapeChanged(
          expected: "samples from 2025-09-02T02:00:00Z on",
          found: "samples from 1970-01-21T08:23:42Z to 1970-01-21T08:23:45Z", offset: nil))
  }

  @Test func `a single sample outside what was asked costs itself`() throws {
    let reading = try Self.chart([Self.hour, Self.hour * 1000, (Self.hour + 3600) * 1000])
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.map(\.reason) == [.wrongTime])
    #expect(reading.covers?.lowerBound == Instant(epochSeconds: Self.hour))
  }

  @Test func `a chart may begin a day early, as charts of whole days do`() throws {
    let first = (time("2025-09-19T02:00:00Z").epochSeconds - 16 * 86_400) * 1000
    #expect(try Self.chart([first, Self.hour * 1000]).facts.count == 2)
  }

  // MARK: Days

  private static func index(_ timestamps: [Int64], limit: Int) throws(ReadingError) -> Reading {
    let entries = timestamps.map { #"{"value":"40","value_classification":"Fear","timestamp":"\#($0)"}"# }
    let body = #"{"data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#
    let request = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "\(limit)")])
    return try AlternativeMe().read(answer(body, at: "2025-09-19T22:30:00Z"), to: request)
  }

  @Test(arguments: [0, 31]) func `a timestamp of zero is no fact and proves nothing`(limit: Int) throws {
    let days = [19, 18].map { time("2025-09-\($0)").epochSeconds }
    let reading = try Self.index(days + [0], limit: limit)
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.map(\.reason) == [.wrongTime])
    #expect(reading.covers == span("2025-09-18", "2025-09-19"))
  }

  @Test func `a day long before the newest that were asked for is refused, one a little before is not`() throws {
    let days = ["2025-09-19", "2025-08-10", "2025-06-19"].map { time($0).epochSeconds }
    let reading = try Self.index(days, limit: 31)
    #expect(reading.facts.sentiment.map(\.day) == [day("2025-08-10"), day("2025-09-19")])
    #expect(reading.refusals.map(\.at) == [time("2025-06-19")])
    #expect(try Self.index(days, limit: 0).facts.count == 3)
  }

  @Test(arguments: ["17 Sep 2024", "17 Sep 1025", "11 Jan 2024"])
  func `a mistyped year on the short page of flows is no fact and proves nothing`(text: String) throws {
    let page = """
      <html><table class="etf"><thead><tr><th>Date</th><th>IBIT</th><th>FBTC</th><th>Total</th></tr></thead><tbody>
      <tr><td>\(text)</td><td>5.0</td><td>1.0</td><td>6.0</td></tr>
      <tr><td>18 Sep 2025</td><td>7.0</td><td>1.0</td><td>8.0</td></tr></tbody></table></html>
      """
    let reading = try Farside().read(answer(page), to: FarsidePage.recent(of: "btc"))
    #expect(reading.facts.flows.map(\.day) == [day("2025-09-18"), day("2025-09-18")])
    #expect(reading.refusals.map(\.reason) == [.wrongTime])
    #expect(reading.covers == span("2025-09-18", "2025-09-18"))
  }

  @Test(arguments: ["2024-09-17", "1970-01-01"])
  func `a row of sums long before the newest is refused`(text: String) throws {
    let body = #"[{"date":"2025-09-18","total_net_inflow":1},{"date":"\#(text)","total_net_inflow":2}]"#
    let reading = try SoSoValue().read(answer(body), to: SoSoValueAddress.summary(of: "btc", limit: 31))
    #expect(reading.facts.count == 1)
    #expect(reading.covers == span("2025-09-18", "2025-09-18"))
  }

  // MARK: Values

  private static func bar(_ fields: String) throws(ReadingError) -> Reading {
    try Binance().read(
      answer(#"[[1758240000000,\#(fields),1758243599999]]"#),
      to: BinanceAddress.klines("BTCUSDT", .hour1, span("2025-09-19T00:00:00Z", "2025-09-19T21:00:00Z")))
  }

  @Test(arguments: [
    (#""1","1e308","1","1","1""#, "high 1e+308 is no price"), (#""1","1","1","1","1e308""#, "volume 1e+308 is none"),
    (#""1e13","1.1e13","1","1","1""#, "high 11000000000000.0 is no price"),
    (#""1","1","1","1","1.1e15""#, "volume 1100000000000000.0 is none"),
  ])
  func `an absurd price or volume of a bar is refused`(fields: String, detail: String) throws {
    let reading = try Self.bar(fields)
    #expect(reading.facts.count == 0)
    #expect(reading.refusals.map(\.detail) == [detail])
    #expect(reading.refusals.map(\.reason) == [.outOfBounds])
  }

  @Test func `the largest price and volume are still some`() throws {
    #expect(try Self.bar(#""1e13","1e13","1","1e13","1e15""#).facts.count == 1)
  }

  @Test(arguments: ["1e308", "1e14"]) func `an absurd price or market cap of a sample is refused`(amount: String) throws
  {
    let body = #"{"prices":[[1758222000000,\#(amount)],[1758225600000,5]],"market_caps":[[1758225600000,1e16]]}"#
    let reading = try CoinGecko().read(
      answer(body, at: "2025-09-19T02:00:00Z"), to: CoinGeckoAddress.marketChart("bitcoin", .hour1, days: 15))
    #expect(reading.facts.count == 0)
    #expect(reading.refusals.map(\.reason) == [.outOfBounds, .outOfBounds])
  }

  @Test func `an absurd flow is refused although the total agrees`() throws {
    let page = """
      <html><table class="etf"><thead><tr><th>Date</th><th>IBIT</th><th>FBTC</th><th>Total</th></tr></thead><tbody>
      <tr><td>18 Sep 2025</td><td>90000000.0</td><td>0.0</td><td>90000000.0</td></tr></tbody></table></html>
      """
    #expect(
      try Farside().read(answer(page), to: FarsidePage.recent(of: "btc")).refusals.map(\.reason) == [.outOfBounds])
    let body = #"[{"date":"2025-09-18","total_net_inflow":90000000000000}]"#
    let reading = try SoSoValue().read(answer(body), to: SoSoValueAddress.summary(of: "btc", limit: 31))
    #expect(reading.refusals.map(\.reason) == [.outOfBounds])
  }

  // MARK: A member twice

  @Test(arguments: [
    #","prices":[]"#, #","prices":[[1758222000000,1]]"#, #","market_caps":[[1758222000000,1]]"#,
    #","total_volumes":null"#,
  ])
  func `a second member of a name in a chart is refused whole`(more: String) {
    #expect(fault { () throws(ReadingError) in try Self.chart([Self.hour * 1000], more: more) }?.isShapeChanged == true)
  }

  @Test(arguments: [
    #"{"error":[],"result":{"XXBTZUSD":[],"last":1},"result":{"XXBTZUSD":[],"last":1}}"#,
    #"{"error":[],"result":{"XXBTZUSD":[],"last":1,"last":2}}"#, #"{"error":["E"],"error":[],"result":{}}"#,
  ])
  func `a second member of a name from Kraken is refused whole`(body: String) {
    let request = KrakenAddress.ohlc("XBTUSD", .hour1, from: time("2025-09-19T18:00:00Z"))
    #expect(
      fault { () throws(ReadingError) in try Kraken().read(answer(body), to: request) }
        == .shapeChanged(
          expected: "each member once", found: "'\(body.suffix(found(body)))'", offset: body.utf8.count - found(body)))
  }

  /// How many bytes stand behind the second name.
  private func found(_ body: String) -> Int {
    let names = [#""result":"#, #""last":"#, #""error":"#]
    for name in names {
      let places = body.ranges(of: name)
      if places.count == 2 { return body[places[1].upperBound...].utf8.count }
    }
    return 0
  }

  @Test(arguments: [#""value":"90","#, #""timestamp":"1758153600","#, #""value_classification":"Greed","#])
  func `a second member of a name costs an entry, and above the entries the answer`(more: String) throws {
    let entry = #"{\#(more)"value":"40","value_classification":"Fear","timestamp":"1758153600"}"#
    let good = #"{"value":"41","value_classification":"Fear","timestamp":"1758240000"}"#
    let request = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "2")])
    let reading = try AlternativeMe().read(answer(#"{"data":[\#(entry),\#(good)]}"#), to: request)
    #expect(reading.facts.sentiment.map(\.value) == [41])
    #expect(reading.refusals.map(\.detail) == ["expected each member once in the entry"])
    let twice = answer(#"{"data":[\#(good)],"data":[]}"#)
    #expect(fault { () throws(ReadingError) in try AlternativeMe().read(twice, to: request) }?.isShapeChanged == true)
  }

  @Test func `a second member of a name costs a row of sums, under either spelling`() throws {
    let body = """
      {"code":0,"data":[{"date":"2025-09-18","totalNetInflow":1,"net_inflow":2},{"date":"2025-09-17","netInflow":3}]}
      """
    let summary = SoSoValueAddress.summary(of: "btc", limit: 31)
    let reading = try SoSoValue().read(answer(body), to: summary)
    #expect(reading.facts.flows.map(\.netFlowUSD) == [3])
    #expect(reading.refusals.map(\.reason) == [.malformed])
    let codes = answer(#"{"code":0,"code":1,"data":[{"date":"2025-09-18","netInflow":3}]}"#)
    #expect(fault { () throws(ReadingError) in try SoSoValue().read(codes, to: summary) }?.isShapeChanged == true)
  }

  @Test func `a coin twice among simple prices is refused whole`() {
    let body = #"{"bitcoin":{"usd":1,"last_updated_at":1758240000},"bitcoin":{"usd":2,"last_updated_at":1758240001}}"#
    let request = Request(
      provider: "coingecko", path: "/api/v3/simple/price",
      query: [QueryItem("vs_currencies", "usd"), QueryItem("ids", "bitcoin")])
    #expect(
      fault { () throws(ReadingError) in try CoinGecko().read(answer(body), to: request) }?.isShapeChanged == true)
  }
}
