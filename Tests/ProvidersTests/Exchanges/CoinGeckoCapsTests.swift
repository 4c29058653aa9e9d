import Market
import Testing

@testable import Providers

@Suite struct CoinGeckoCapsTests {
  private static let request = CoinGeckoCaps.requests(for: ["bitcoin", "solana", "ripple"])[0]

  private func reading(_ body: String, at instant: String = "2025-09-19T22:30:00Z") throws -> Reading {
    try CoinGecko().read(answer(body, at: instant), to: Self.request)
  }

  private func coin(_ id: String, cap: String = "2.3e12", updated: String = "2025-09-19T22:28:00.000Z") -> String {
    """
    {"id":"\(id)","current_price":1,"market_cap":\(cap),"circulating_supply":19916587.264,"total_supply":null,
    "last_updated":"\(updated)"}
    """
  }

  @Test func `all coins are asked for at once, by the page`() {
    let want = Want(
      question: CoinGeckoCaps.question, span: span("2025-09-19T00:00:00Z", "2025-09-19T22:30:00Z"),
      tickers: ["bitcoin", "solana"])
    let requests = CoinGecko().requests(for: want, at: time("2025-09-19T22:30:00Z"))
    #expect(requests.map(\.target) == ["/api/v3/coins/markets?vs_currency=usd&ids=bitcoin,solana&per_page=250"])
    #expect(CoinGeckoCaps.requests(for: []).isEmpty)
    #expect(CoinGeckoCaps.requests(for: (0..<251).map { "c\($0)" }).count == 2)
  }

  @Test func `each coin is a part of its own, of the day of the answer`() throws {
    let reading = try reading("[\(coin("solana", cap: "24440040000")),\(coin("bitcoin"))]")
    #expect(reading.parts.map(\.series.providerSymbol) == ["bitcoin", "solana"])
    #expect(
      reading.parts[0].facts
        == .marketCaps([
          MarketCap(day: day("2025-09-19"), marketCap: 2.3e12, circulatingSupply: 19_916_587.264, totalSupply: nil)
        ]))
  }

  @Test func `coins that nobody asked for are no facts, and an answer without any of ours is empty`() throws {
    #expect(try reading("[\(coin("dogecoin")),\(coin("ripple"))]").parts.map(\.series.providerSymbol) == ["ripple"])
    #expect(throws: ReadingError.self) { try reading("[\(coin("dogecoin"))]") }
    #expect(throws: ReadingError.self) { try reading("[]") }
  }

  @Test func `figures of another day, and coins worth nothing, have no row`() throws {
    let stale = try reading("[\(coin("bitcoin", updated: "2025-09-18T23:59:00.000Z"))]")
    #expect(stale.parts[0].isBare)
    #expect(try reading("[\(coin("bitcoin", cap: "null"))]").parts[0].isBare)
    #expect(try reading("[\(coin("bitcoin", cap: "0"))]").parts[0].isBare)
  }

  @Test(arguments: ["-1", "1e300", "\"many\"", "NaN"])
  func `what cannot be is refused and costs its own coin`(cap: String) throws {
    let reading = try reading("[\(coin("bitcoin", cap: cap)),\(coin("solana"))]")
    #expect(reading.parts[1].facts.count == 1)
    #expect(reading.parts[0].facts.count == 0)
  }

  @Test func `it is due once a day from half an hour into it`() {
    let question = CoinGeckoCaps.question
    let asked = time("2025-09-19T22:30:00Z")
    #expect(!question.isDue(at: time("2025-09-20T00:29:59Z"), after: asked))
    #expect(question.isDue(at: time("2025-09-20T00:30:00Z"), after: asked))
    #expect(!question.isDue(at: time("2025-09-20T23:00:00Z"), after: time("2025-09-20T00:30:00Z")))
    #expect(!question.isDue(at: asked - 60, after: asked), "a clock that was put back a little")
    #expect(question.isDue(at: asked - 7200, after: asked), "one that was wrong")
  }
}
