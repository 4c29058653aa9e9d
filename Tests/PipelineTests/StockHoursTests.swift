import Market
import Pipeline
import Testing

@testable import Store

/// Hours beside the days of a market with sessions.
@Suite struct StockHoursTests {
  private static func spy(_ interval: Interval) -> SeriesKey {
    SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "SPY", interval: interval)
  }

  @Test func `a day is its own bar, although hours of it are stored`() async throws {
    let scene = try Scene(
      adding: Catalogue(
        assets: [Asset(symbol: "SPY", name: "A fund", assetClass: .fund)], funds: [],
        series: [Interval.hour1, .day1].map {
          SeriesDefinition(key: Self.spy($0), asset: "SPY", quoteCurrency: "USD", priority: 1)
        }))
    try await scene.run()
    #expect(try scene.count(Self.spy(.hour1)) > 24 && scene.count(Self.spy(.day1)) > 24)
    let rows = try scene.store.rows(
      """
      SELECT DISTINCT interval, bars, bars_expected, is_complete, asia_return IS NULL AND us_return IS NULL
      FROM market_snapshot JOIN series USING (series_id) WHERE provider_symbol = 'SPY'
      """)
    #expect(rows == ["1d|1|1|1|1"])
    // A coin's are of its hours.
    #expect(
      try scene.store.rows(
        "SELECT DISTINCT interval, bars_expected FROM market_snapshot JOIN series USING (series_id) "
          + "WHERE provider_symbol = 'BTCUSDT'") == ["1h|24"])
  }
}
