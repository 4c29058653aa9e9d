import Market
import Testing

@testable import Providers

/// Rows of another interval than was asked for, which every exchange's reader refuses as one.
struct AskedIntervalTests {
  /// Openings so many seconds apart, as Kraken prints rows.
  private static func kraken(_ first: String, every step: Int64, count: Int64, last: Int64? = nil) -> String {
    let start = time(first).epochSeconds
    let rows = (0..<count).map { row -> String in
      #"[\#(start + row * step),"64000.1","64900.2","63100.3","64500.4","64200.5","812.25",1900]"#
    }
    let newest = start + (last ?? count - 2) * step
    return #"{"error":[],"result":{"XXBTZUSD":[\#(rows.joined(separator: ","))],"last":\#(newest)}}"#
  }

  private static func coinbase(_ first: String, every step: Int64, count: Int64) -> String {
    let start = time(first).epochSeconds
    let rows = (0..<count).reversed().map { "[\(start + $0 * step),6670.11,6742.02,6670.13,6741.99,12.5]" }
    return "[\(rows.joined(separator: ","))]"
  }

  /// - Parameter length: seconds from a row's opening to the next one's, by its closing time.
  private static func binance(_ first: String, every step: Int64, count: Int64, length: Int64) -> String {
    let start = time(first).epochSeconds
    let rows = (0..<count).map { row -> String in
      let opens = (start + row * step) * 1000
      return #"[\#(opens),"100.5","110.0","90.25","101.0","3.5",\#(opens + length * 1000 - 1),"350.1",42,"1","1","0"]"#
    }
    return "[\(rows.joined(separator: ","))]"
  }

  private static func kraken(_ body: String, _ interval: Interval = .hour1) throws(ReadingError) -> Reading {
    try Kraken().read(
      answer(body, at: "2026-08-12T12:00:00Z"), to: KrakenAddress.ohlc("XBTUSD", interval, from: time("2026-08-08")))
  }

  private static func coinbase(_ body: String, _ interval: Interval = .hour1) throws(ReadingError) -> Reading {
    try Coinbase().read(
      answer(body, at: "2020-03-20T12:00:00Z"),
      to: CoinbaseAddress.candles("BTC-USD", interval, span("2020-03-20T05:00:00Z", "2020-03-20T10:00:00Z")))
  }

  private static func binance(_ body: String, _ interval: Interval = .hour1) throws(ReadingError) -> Reading {
    try Binance().read(
      answer(body, at: "2025-09-19T22:30:00Z"),
      to: BinanceAddress.klines("BTCUSDT", interval, span("2025-09-10T00:00:00Z", "2025-09-19T21:00:00Z")))
  }

  private func apart(_ asked: String, _ found: String, _ how: String = "apart") -> ReadingError {
    .shapeChanged(expected: "rows \(asked) \(how)", found: "rows \(found) \(how)", offset: nil)
  }

  // MARK: The rows lie too far apart

  @Test(arguments: [3, 4, 5] as [Int64]) func `days in place of hours are refused whole`(count: Int64) {
    let body = Self.kraken("2026-08-08T00:00:00Z", every: 86_400, count: count)
    #expect(fault { () throws(ReadingError) in try Self.kraken(body) } == apart("1h", "1d"))
  }

  @Test func `two days in place of hours may be all there is`() throws {
    let reading = try Self.kraken(Self.kraken("2026-08-08T00:00:00Z", every: 86_400, count: 2, last: 1))
    #expect(reading.facts.count == 2)
  }

  @Test func `four hours in place of one are refused whole`() {
    let body = Self.binance("2025-09-12T00:00:00Z", every: 14_400, count: 40, length: 14_400)
    #expect(fault { () throws(ReadingError) in try Self.binance(body) } == apart("1h", "4h"))
  }

  @Test func `hours with holes are hours as long as two of them follow each other`() throws {
    let start = time("2020-03-20T00:00:00Z").epochSeconds
    let rows = [10, 9, 5].map { "[\(start + Int64($0) * 3600),90,110,100,101,1]" }
    #expect(try Self.coinbase("[\(rows.joined(separator: ","))]").facts.count == 3)
    let sparse = [10, 8, 5].map { "[\(start + Int64($0) * 3600),90,110,100,101,1]" }
    #expect(
      fault { () throws(ReadingError) in try Self.coinbase("[\(sparse.joined(separator: ","))]") }?.isShapeChanged
        == true)
  }

  // MARK: The rows lie too close together

  @Test func `minutes in place of hours are refused whole, those that open on the hour too`() {
    let body = Self.coinbase("2020-03-20T05:00:00Z", every: 60, count: 300)
    #expect(fault { () throws(ReadingError) in try Self.coinbase(body) } == apart("1h", "1m"))
  }

  @Test func `half hours in place of hours are refused whole`() {
    let body = Self.binance("2025-09-12T00:00:00Z", every: 1800, count: 3, length: 1800)
    #expect(fault { () throws(ReadingError) in try Self.binance(body) } == apart("1h", "30m"))
  }

  @Test func `hours in place of days are refused whole`() {
    let body = Self.kraken("2026-08-08T00:00:00Z", every: 3600, count: 100)
    #expect(fault { () throws(ReadingError) in try Self.kraken(body, .day1) } == apart("1d", "1h"))
  }

  // MARK: What is no other interval

  @Test func `a row off the grid among many costs itself`() throws {
    let good = Self.binance("2025-09-12T00:00:00Z", every: 3600, count: 10, length: 3600).dropLast()
    let opens = (time("2025-09-12T10:00:00Z").epochSeconds + 1700) * 1000
    let reading = try Self.binance(good + #",[\#(opens),"1","1","1","1","1",0]]"#)
    #expect(reading.facts.count == 10)
    #expect(reading.refusals.map(\.reason) == [.wrongTime])
  }

  @Test func `rows outside what was asked are no evidence`() throws {
    let start = time("2025-09-12T00:00:00Z").epochSeconds
    let rows = [start, start - 30 * 86_400, start + 30 * 86_400].map {
      #"[\#($0 * 1000),"1","1","1","1","1",0]"#
    }
    #expect(try Self.binance("[\(rows.joined(separator: ","))]").facts.count == 1)
  }

  // MARK: Closing times

  @Test(arguments: [1, 2, 30] as [Int64])
  func `a closing time tells the interval, be there one row or many`(count: Int64) {
    let body = Self.binance("2025-09-12T00:00:00Z", every: 3600, count: count, length: 86_400)
    #expect(fault { () throws(ReadingError) in try Self.binance(body) } == apart("1h", "1d", "long"))
  }

  @Test func `one odd closing time among many is none, and neither is none at all`() throws {
    let odd = Self.binance("2025-09-12T00:00:00Z", every: 3600, count: 1, length: 1000).dropLast()
    let rest = Self.binance("2025-09-12T01:00:00Z", every: 3600, count: 9, length: 3600).dropFirst()
    #expect(try Self.binance("\(odd),\(rest)").facts.count == 10)
    let absent = Self.binance("2025-09-12T01:00:00Z", every: 3600, count: 9, length: 0)
    #expect(try Self.binance(absent).facts.count == 9)
  }

  @Test func `closing times in microseconds are understood`() throws {
    let opens = time("2025-09-12T00:00:00Z").epochSeconds * 1_000_000
    func row(_ length: Int64) -> String { #"[[\#(opens),"1","1","1","1","1",\#(opens + length * 1_000_000 - 1)]]"# }
    #expect(try Self.binance(row(3600)).facts.count == 1)
    #expect(fault { () throws(ReadingError) in try Self.binance(row(60)) } == apart("1h", "1m", "long"))
  }
}
