import Market
import Metrics
import SQLite
import Store
import Telling
import Testing

@testable import Reports

@Suite struct MarketSummaryTests {
  @Test func `the market is told with breadth, extremes, mood and all flows`() {
    let text = summary([
      .named("Bitcoin", "BTC", change: -0.0123, flow: 222_600_000),
      .named("Ethereum", "ETH", change: 0.0291, flow: 47_800_000),
      .named("Solana", "SOL", change: 0.001),
    ])
    #expect(
      text == """
        On 19 September 2025 2 of 3 assets were up over 24 hours. Strongest was Ethereum at 115,632.38 USDT (+2.9 %), \
        weakest Bitcoin at 115,632.38 USDT (−1.2 %). ETFs that hold BTC and ETH took in 270.4 m USD net on the day.
        """)
  }

  @Test func `assets without a change are named and not counted`() {
    let text = summary([.named("Bitcoin", "BTC", change: 0.01), .named("Ethereum", "ETH", change: nil)])
    #expect(
      text == """
        On 19 September 2025 1 of 1 asset was up over 24 hours; for ETH there is no price of 24 hours earlier. Bitcoin \
        stood at 115,632.38 USDT (+1.0 %).
        """)
  }

  @Test func `of a single asset there is neither breadth nor extremes`() {
    #expect(
      summary([.named("Ethereum", "ETH", change: -0.02)])
        == "On 19 September 2025 Ethereum stood at 115,632.38 USDT (−2.0 % over 24 hours).")
  }

  @Test func `one asset that can be compared is one, whether it rose or fell`() {
    let fallen = summary([.named("Bitcoin", "BTC", change: -0.01), .named("Ethereum", "ETH", change: nil)])
    #expect(fallen.hasPrefix("On 19 September 2025 0 of 1 asset was up over 24 hours; for ETH"))
  }

  @Test func `flows of an asset that are not final are left out of the sum and named`() {
    let text = summary([
      .named("Bitcoin", "BTC", change: 0.01, flow: -5_000_000),
      .named("Ethereum", "ETH", change: 0.02, isProvisional: true),
    ])
    #expect(text.hasSuffix(" ETFs that hold BTC lost 5.0 m USD net on the day; for ETH the flows are not yet final."))
  }

  @Test func `equal changes are told in the order of symbols`() {
    let text = summary([.named("B", "B", change: 0.01), .named("A", "A", change: 0.01)])
    #expect(text.contains("Strongest was A at 115,632.38 USDT (+1.0 %), weakest B at"))
  }

  private func summary(_ assets: [AssetFacts]) -> String {
    MarketSummary(facts: MarketFacts(day: day("2025-09-19"), isRunning: false, assets: assets, mood: nil)).text
  }
}

extension AssetFacts {
  fileprivate static func named(
    _ name: String, _ symbol: String, change: Double?, flow: Int64? = nil, isProvisional: Bool = false
  ) -> AssetFacts {
    let flows: FlowFacts? =
      flow.map { .final($0, last: friday) } ?? (isProvisional ? .with(.provisional, on: friday) : nil)
    let complete = SnapshotRow.complete
    let snapshot = SnapshotRow(
      MarketSnapshot(
        day: friday, open: complete.open, high: complete.high, low: complete.low, close: complete.close, volume: 1,
        change24h: change, volatility7d: nil, asiaReturn: nil, europeReturn: nil, usReturn: nil, bars: 24,
        barsExpected: 24, isComplete: true),
      fngValue: nil, fngClassification: nil, etfNetFlowUSD: nil, etfNetFlow5dUSD: nil)
    return AssetFacts(
      day: AssetDay(
        asset: Asset(symbol: symbol, name: name, assetClass: .crypto), series: SeriesID(1), key: .btc,
        quoteCurrency: "USDT", snapshot: snapshot, lastBar: instant("2025-09-19T23:00Z")),
      isRunning: false, closesBefore: [], mood: nil, flows: flows)
  }
}
