import Formats
import Market
import Testing

@testable import Providers

/// A bare word or a broken byte costs its row and not the answer.
struct BrokenRowTests {
  private static func binance(_ body: [UInt8]) throws(ReadingError) -> Reading {
    try Binance().read(
      answer(body),
      to: BinanceAddress.klines("BTCUSDT", .hour1, span("2025-09-19T00:00:00Z", "2025-09-19T21:00:00Z")))
  }

  private static func row(_ hour: Int64, close: String = #""1.5""#) -> String {
    let opens = (time("2025-09-19T00:00:00Z").epochSeconds + hour * 3600) * 1000
    return #"[\#(opens),"1.5","1.5","1.5",\#(close),"2",\#(opens + 3_599_999),"0",1,"0","0","0"]"#
  }

  private static let body = Array("[\((0..<6).map { row($0) }.joined(separator: ",\n"))]".utf8)

  @Test(arguments: [UInt8(0), 0x07, 0x22, 0x5C, 0x58, 0x7B, 0x7D, 0x80, 0xFF])
  func `any byte of a row may be broken, and at most that row and the next are lost`(byte: UInt8) {
    let rows = Self.body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // The third row; what separates rows is not the row's.
    let (first, last) = (rows[2].startIndex, rows[2].endIndex - 1)
    let lost = (first..<last).filter { place in
      var broken = Self.body
      broken[place] = byte
      guard let reading = try? Self.binance(broken) else { return true }
      return reading.facts.count < 4 || reading.facts.count + reading.refusals.count < 5
    }
    #expect(lost == [])
  }

  @Test(arguments: ["NaN", "Infinity", "-Infinity", "nan", "None", "undefined"])
  func `a bare word costs its row`(word: String) throws {
    let body = "[\(Self.row(0)),\(Self.row(1, close: word)),\(Self.row(2))]"
    let reading = try Self.binance(Array(body.utf8))
    #expect(reading.facts.bars.map(\.openTime.secondOfDay) == [0, 7200])
    #expect(reading.refusals.count == 1)
  }

  @Test func `a broken separator costs the row behind it`() throws {
    var broken = Self.body
    let comma = try #require(broken.indices.first { broken[$0] == UInt8(ascii: ",") && broken[$0 + 1] == 0x0A })
    broken[comma] = UInt8(ascii: "#")
    let reading = try Self.binance(broken)
    #expect(reading.facts.count == 5)
    #expect(reading.refusals.map(\.reason) == [.malformed])
  }

  @Test func `a broken byte in a row of Kraken's costs the row`() throws {
    let rows = (18...21).map { #"[\#(time("2025-09-19T\($0):00:00Z").epochSeconds),"1","1","1","1","1","2",3]"# }
    var body = Array(
      #"{"error":[],"result":{"XXBTZUSD":[\#(rows.joined(separator: ","))],"last":1758315600}}"#.utf8)
    let place = try #require(body.firstIndex(of: UInt8(ascii: "7")))
    body[place] = 0xFE
    let request = KrakenAddress.ohlc("XBTUSD", .hour1, from: time("2025-09-19T18:00:00Z"))
    let reading = try Kraken().read(answer(body), to: request)
    #expect(reading.facts.count == 3)
    #expect(reading.refusals.map(\.reason) == [.malformed])
    let figure = Figure(
      series: reading.series, key: FactKey(.instant(time("2025-09-19T20:00:00Z"))), field: .close)
    #expect(Kraken().locate(figure, in: answer(body), to: request)?.value(in: body) == .number(1))
  }

  @Test(arguments: [(0x01, 1), (0xFF, 1), (0x22, 1)] as [(UInt8, Int)])
  func `a broken byte in an entry of the index costs the entry`(byte: UInt8, refused: Int) throws {
    let entries = ["1758240000", "1758153600", "1758067200"].map {
      #"{"value":"40","value_classification":"Fear","timestamp":"\#($0)"}"#
    }
    var body = Array(#"{"name":"x","data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#.utf8)
    // In the name of a member of the second entry.
    body[21 + entries[0].utf8.count + 5] = byte
    let request = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "3")])
    let reading = try AlternativeMe().read(answer(body), to: request)
    #expect(reading.facts.count == 2)
    #expect(reading.refusals.count == refused)
  }

  @Test func `a bare word beside the entries costs nothing`() throws {
    let body =
      #"{"name":NaN,"data":[{"value":"40","value_classification":"Fear","timestamp":"1758240000"}],"x":Infinity}"#
    let request = Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "3")])
    #expect(try AlternativeMe().read(answer(body), to: request).facts.count == 1)
  }

  // MARK: CoinGecko

  private static func chart(_ pair: String, caps: String = "null") throws(ReadingError) -> Reading {
    let body = #"{"prices":[[1758200000000,1],\#(pair),[1758200200000,2]],"market_caps":\#(caps)}"#
    return try CoinGecko().read(answer(body), to: CoinGeckoAddress.marketChart("bitcoin", .hour1, days: 2))
  }

  @Test(arguments: [
    "[1758200100000,NaN]", "[1758200100000,5,NaN]", "[1758200100000,nullx]", "[1758200100000,5 x]",
    "[1758200100000,\u{7F}]", "[1758200100000,\"5\u{1}\"]",
  ])
  func `CoinGecko's reader takes no bare words, and no row that holds one`(pair: String) throws {
    let reading = try Self.chart(pair)
    #expect(reading.facts.pricePoints.map(\.price) == [1, 2])
    #expect(reading.refusals.map(\.reason) == [.notANumber])
  }

  @Test func `a market cap that is a bare word costs its sample, one that is null does not`() throws {
    let caps = "[[1758200000000,NaN],[1758200100000,null],[1758200200000,7]]"
    let reading = try Self.chart("[1758200100000,5]", caps: caps)
    #expect(reading.facts.pricePoints.map(\.marketCap) == [nil, 7])
    #expect(reading.refusals.map(\.detail) == ["the market cap or the volume is no number"])
  }
}
