import Formats
import Market
import Support
import Testing
import seeds

@Suite struct DemoCaptureTests {
  @Test func `the embedded capture has its runs and says that it is invented`() throws {
    let capture = try DemoCapture.capture()
    #expect(capture.origin == .demo)
    #expect(capture.title.contains("Synthetic"))
    #expect(
      capture.runs.map(\.instant.description) == [
        "2026-03-13T21:30:00Z", "2026-03-14T03:30:00Z", "2026-03-14T12:30:00Z",
      ])
    #expect(capture.runs.map(\.roundTrips.count) == [28, 23, 9])
    #expect(
      capture.follows == [
        "BTC", "ETH", "AAPL", "MSFT", "NVDA", "JPM", "KO", "SPY", "GC=F", "CL=F", "GDP", "CPIAUCSL", "UNRATE",
        "DGS10", "mood", "news", "events",
      ])
  }

  @Test(arguments: [("BTCUSDT", [334, 56, 59]), ("ETHUSDT", [334, 56, 59])])
  func `every run holds the closed hours asked for, less the hole`(symbol: String, counts: [Int]) throws {
    let klines = try hours(of: symbol)
    #expect(klines.map { rows(in: $0.answer) } == counts)
    #expect(klines.allSatisfy { $0.request.path == "/api/v3/klines" && $0.request.queryValue("limit") == "1000" })
    let asked = try klines.map { roundTrip in
      let first = try #require(Int64(roundTrip.request.queryValue("startTime") ?? ""))
      let last = try #require(Int64(roundTrip.request.queryValue("endTime") ?? ""))
      return Int((last - first) / 3_600_000) + 1
    }
    #expect(asked == [336, 56, 59])
  }

  @Test func `a bar is restated in the second run`() throws {
    let bodies = try hours(of: "BTCUSDT").map { String(decoding: $0.answer.body, as: UTF8.self) }
    // 2026-03-13T18:00Z
    let bars = try bodies.map { body in
      let start = try #require(body.range(of: "[1773424800000,")).lowerBound
      return body[start...].prefix { $0 != "]" }
    }
    #expect(bars[0] != bars[1])
    #expect(bars[1] == bars[2])
  }

  @Test func `sentiment is asked for thirty days, then for three, and one more`() throws {
    let sentiment = try roundTrips().filter { $0.request.provider == "alternative.me" }
    #expect(sentiment.map { $0.request.queryValue("limit") } == ["31", "4", "4"])
    #expect(sentiment.map { occurrences(of: "\"timestamp\"", in: $0.answer) } == [31, 4, 4])
  }

  @Test func `flows come as the full page, then as recent ones`() throws {
    let flows = try roundTrips().filter { $0.request.provider == "farside" }
    #expect(
      flows.map(\.request.path) == [
        "/bitcoin-etf-flow-all-data/", "/ethereum-etf-flow-all-data/", "/btc/", "/eth/", "/btc/", "/eth/",
      ])
    #expect(flows.map { occurrences(of: " Feb 2026<", in: $0.answer) } == [11, 11, 4, 4, 4, 4])
    #expect(flows.map { occurrences(of: " Mar 2026<", in: $0.answer) } == [10, 10, 10, 10, 10, 10])
    #expect(flows.map { occurrences(of: ">-<", in: $0.answer) } == [12, 31, 2, 16, 0, 13])
  }

  @Test func `the embedded file stays small`() {
    // As base64 it takes a third more: 200 kB of the binary.
    #expect(DemoCapture.archive.count < 150_000)
  }

  private func hours(of symbol: String) throws -> [(request: Request, answer: Answer)] {
    try roundTrips().filter {
      $0.request.queryValue("symbol") == symbol && $0.request.queryValue("interval") == "1h"
    }
  }

  private func roundTrips() throws -> [(request: Request, answer: Answer)] {
    try DemoCapture.capture().runs.flatMap(\.roundTrips)
  }

  private func rows(in answer: Answer) -> Int { occurrences(of: "[", in: answer) - 1 }

  private func occurrences(of text: String, in answer: Answer) -> Int {
    String(decoding: answer.body, as: UTF8.self).ranges(of: text).count
  }
}

@Suite struct UniverseTests {
  private let catalogue = Universe.twoCoins

  @Test func `every series and fund belongs to an asset that is listed`() {
    let symbols = Set(catalogue.assets.map(\.symbol))
    #expect(symbols == ["BTC", "ETH"])
    #expect(catalogue.series.compactMap(\.asset).allSatisfy(symbols.contains))
    #expect(catalogue.funds.allSatisfy { symbols.contains($0.asset) })
  }

  @Test func `no series and no ticker is listed twice`() {
    #expect(Set(catalogue.series.map(\.key)).count == catalogue.series.count)
    #expect(Set(catalogue.funds.map(\.ticker)).count == catalogue.funds.count)
    #expect(catalogue.funds.count == 22)
  }

  @Test(arguments: ["BTC", "ETH"])
  func `prices are asked in the order of priority`(asset: String) {
    let prices = catalogue.series.filter { $0.asset == asset && $0.key.dataset != .etfFlow }
      .sorted { $0.priority < $1.priority }
    #expect(prices.map(\.key.provider) == ["binance", "coinbase", "kraken", "coingecko"])
    #expect(prices.map(\.quoteCurrency) == ["USDT", "USD", "USD", "USD"])
  }
}
