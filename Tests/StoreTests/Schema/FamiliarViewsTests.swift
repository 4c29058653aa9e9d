import Foundation
import GRDB
import Market
import Testing

@testable import Store

/// The shapes that other programs know such data in, over a stock with five days, a split of its name's quotes, and a coin.
@Suite struct FamiliarViewsTests {
  private static let days = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  private static let trades = SeriesKey(dataset: .barTrade, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  private static let caps = SeriesKey(
    dataset: .marketCap, provider: "coingecko", providerSymbol: "bitcoin", interval: .day1)
  private let rig: Rig
  private let monday = Day(daysSinceEpoch: 20_346)  // 2025-09-15

  init() throws {
    rig = try Rig()
    let store = rig.store
    try store.catalogue.add(
      Catalogue(
        assets: [
          Asset(symbol: "ACME", name: #"The "Acme" \ Company"#, assetClass: .stock),
          Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto),
        ], funds: [],
        series: [
          SeriesDefinition(key: Self.days, asset: "ACME", quoteCurrency: "USD", priority: 1),
          SeriesDefinition(key: Self.trades, asset: "ACME", quoteCurrency: "USD", priority: 1),
          SeriesDefinition(key: Self.caps, asset: "BTC", quoteCurrency: "USD", priority: 1),
        ]), providers: [Known.profile("yahoo")])
    let closes = [100.0, 110, 99, 99, 108.9, 120]
    let bars = closes.enumerated().map { index, close in
      Bar(
        openTime: (monday + (index < 5 ? index : 7)).start, open: close, high: close + 1, low: close - 1, close: close,
        volume: 10)
    }
    try rig.store(.bars(bars), of: Self.days)
    try rig.store(.barTrades([BarTrade(openTime: monday.start, vwap: 100.25, trades: 42)]), of: Self.trades)
    try rig.store(
      .marketCaps([MarketCap(day: monday, marketCap: 2e12, circulatingSupply: 19e6, totalSupply: 21e6)]), of: Self.caps)
    _ = try store.catalogue.choosePrice(of: "ACME", interval: .day1, due: bars[5].openTime, run: rig.run)
  }

  private func object(_ sql: String) throws -> [String: Any] {
    let text = try #require(try rig.rows(sql).first)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `an asset is a dimension with its class in capitals`() throws {
    #expect(
      try rig.rows("SELECT symbol, asset_class, name FROM dim_assets WHERE symbol = 'ACME'")
        == [#"ACME|STOCKS|The "Acme" \ Company"#])
    let metadata = try object("SELECT static_metadata FROM dim_assets WHERE symbol = 'ACME'")
    #expect(Set(metadata.keys) == ["sector", "currency", "calendar", "groups", "notes"])
    #expect(metadata["sector"] is NSNull)
    #expect(metadata["calendar"] as? String == "NYSE")
  }

  @Test func `a text with quotes and backslashes stays a text of JSON`() throws {
    try rig.store.write { db in
      try db.execute(sql: #"UPDATE asset SET sector = 'a "quoted" \ one' WHERE symbol = 'ACME'"#)
    }
    let metadata = try object("SELECT static_metadata FROM dim_assets WHERE symbol = 'ACME'")
    #expect(metadata["sector"] as? String == #"a "quoted" \ one"#)
  }

  @Test func `a fact has its number, its prices, and the change against the bar before`() throws {
    let series = try #require(try rig.store.catalogue.series(Self.days)?.id.rawValue)
    let tuesday = (monday + 1).start.epochSeconds
    #expect(
      try rig.rows(
        "SELECT fact_id, interval, price_close, volume FROM fact_asset_prices ORDER BY timestamp LIMIT 1 OFFSET 1")
        == ["\(series << 36 + (tuesday + 1 << 35))|1d|110.0|10.0"])
    let first = try object("SELECT dynamic_metadata FROM fact_asset_prices ORDER BY timestamp LIMIT 1")
    #expect(first["pct_change"] is NSNull)
    let second = try object("SELECT dynamic_metadata FROM fact_asset_prices ORDER BY timestamp LIMIT 1 OFFSET 1")
    #expect(abs((second["pct_change"] as? Double ?? 0) - 0.1) < 1e-12)
  }

  @Test func `a day bears what is kept of it, and nothing where nobody computed it yet`() throws {
    let series = try #require(try rig.store.catalogue.series(Self.days)?.id.rawValue)
    let tuesday = (monday + 1).start.epochSeconds
    try rig.store.write { db in
      try db.execute(
        sql: "INSERT INTO indicator_value VALUES (?, ?, 61.25, -0.5, 1e-7, 1e21, 0.1, 0.25, 0.2)",
        arguments: [series, tuesday])
    }
    let sql = "SELECT dynamic_metadata FROM fact_asset_prices ORDER BY timestamp LIMIT 1 OFFSET "
    let names: Set = ["rsi", "sma_20", "sma_50", "sma_200", "macd", "pct_change", "market_cap"]
    let (without, with) = (try object(sql + "0"), try object(sql + "1"))
    #expect(Set(without.keys) == names && Set(with.keys) == names)
    #expect(names.allSatisfy { without[$0] is NSNull })
    let figures = ["rsi", "macd", "sma_20", "sma_50", "sma_200", "pct_change"].map { with[$0] as? Double }
    #expect(figures == [61.25, -0.5, 1e-7, 1e21, 0.1, 0.25])
  }

  @Test func `numbers of metadata have the fewest digits that read back to them`() throws {
    let series = try #require(try rig.store.catalogue.series(Self.days)?.id.rawValue)
    let numbers = [57.294587708959746, -0.1, 1.0 / 3, 2.0 / 3, 0.95, 26.179999999999996]
    try rig.store.write { db in
      try db.execute(
        sql: "INSERT INTO indicator_value VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0.2)",
        arguments: StatementArguments([series, (monday + 1).start.epochSeconds] + numbers)!)
    }
    let text = try #require(
      try rig.rows("SELECT dynamic_metadata FROM fact_asset_prices ORDER BY timestamp LIMIT 1 OFFSET 1").first)
    let names = [
      "57.294587708959746", "-0.1", "0.3333333333333333", "0.6666666666666666", "0.95", "26.179999999999996",
    ]
    #expect(names.filter { !text.contains(":\($0),") } == [])
  }

  @Test func `the days of the chosen series are a view of the file, the same as the dataset`() throws {
    #expect(
      try rig.rows("SELECT asset, ts_utc, close, source FROM daily_bar ORDER BY ts_utc LIMIT 2")
        == ["ACME|2025-09-15T00:00:00Z|100.0|yahoo", "ACME|2025-09-16T00:00:00Z|110.0|yahoo"])
    #expect(try rig.rows("SELECT count(*) FROM daily_bar") == ["6"])
  }

  @Test func `a stock's table has the average price where it is told, else that of high, low and close`() throws {
    #expect(
      try rig.rows("SELECT ticker, time, avg, sale FROM stocks ORDER BY time LIMIT 2") == [
        "ACME|\(monday.start.epochSeconds)|100.25|100.0", "ACME|\((monday + 1).start.epochSeconds)|110.0|110.0",
      ])
    let meta = try object("SELECT meta FROM stocks ORDER BY time LIMIT 1")
    #expect(meta["transactions"] as? Int == 42 && meta["vwap"] as? Double == 100.25)
    #expect(meta["previous_close"] is NSNull && meta["source"] as? String == "yahoo")
  }

  @Test func `when a row came stands beside it`() throws {
    let row = try rig.rows(
      "SELECT symbol, close_price, created_at = updated_at FROM stock_data ORDER BY timestamp LIMIT 1")
    #expect(row == ["ACME|100.0|1"])
  }

  @Test func `the newest day and the last seven of each asset`() throws {
    #expect(
      try rig.rows("SELECT symbol, as_of_date, close, round(pct_change, 6) FROM vw_latest_prices")
        == ["ACME|2025-09-22|120.0|0.101928"])
    // The last close on or before the 15th, and the sessions after it.
    #expect(
      try rig.rows(
        "SELECT from_date, first_close, last_close, round(return_7d, 6), high_7d, low_7d, sessions FROM vw_price_trend_7d"
      )
        == ["2025-09-15|100.0|120.0|0.2|121.0|98.0|5"])
  }
}
