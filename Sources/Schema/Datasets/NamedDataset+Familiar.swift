import Market

extension NamedDataset {
  /// The shapes that other programs know such data in, and the table of days.
  package static let familiar = [
    dimAssets, dimDate, factAssetPrices, stockData, stocks, latestPrices, priceTrend7d, volatility30d, correlation90d,
    indicatorValue,
  ]

  private static let dimAssets = NamedDataset(
    name: "dim_assets", title: "each asset, as a dimension of a star",
    columns: [
      .fact("asset_id", .integer), .fact("symbol", .text).naming, .fact("asset_class", .text), .fact("name", .text),
      .fact("static_metadata", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "dim_assets", order: "asset_id"), asset: "dim_assets.asset_id", time: nil,
    identity: ["asset_id"])

  private static let dimDate = NamedDataset(
    name: "dim_date", title: "the days of 1990 to 2030, and what is open",
    columns: [
      .fact("date_id", .integer), .fact("full_date", .text), .fact("year", .integer), .fact("quarter", .integer),
      .fact("month", .integer), .fact("week", .integer), .fact("day_of_week", .integer), .fact("day_name", .text),
      .fact("is_weekend", .integer), .fact("is_us_market_open", .integer), .fact("is_crypto_open", .integer),
    ],
    rhythm: nil, layout: .plain(from: "dim_date", order: "date_id"), asset: nil, time: .day("full_date"),
    identity: ["date_id"])

  private static let factAssetPrices = NamedDataset(
    name: "fact_asset_prices", title: "prices of each asset and interval, as a star",
    columns: [
      .fact("fact_id", .integer), .fact("asset_id", .integer), .fact("timestamp", .text), .fact("interval", .text),
      .fact("price_open", .real).ofRange, .fact("price_high", .real).ofRange, .fact("price_low", .real).ofRange,
      .fact("price_close", .real), .fact("volume", .real).minor, .fact("dynamic_metadata", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "fact_asset_prices", order: "fact_id"), asset: "fact_asset_prices.asset_id",
    time: .day("substr(timestamp, 1, 10)"), identity: ["fact_id"])

  private static let stockData = NamedDataset(
    name: "stock_data", title: "prices of stocks, funds, and when they came",
    columns: [
      .fact("id", .integer), .fact("symbol", .text).naming, .fact("timestamp", .text),
      .fact("open_price", .real).ofRange, .fact("high_price", .real).ofRange, .fact("low_price", .real).ofRange,
      .fact("close_price", .real), .fact("volume", .real).minor, .fact("created_at", .text).minor,
      .fact("updated_at", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "stock_data", order: "id"), asset: assetNamed("stock_data.symbol"),
    time: .day("substr(timestamp, 1, 10)"), identity: ["id"])

  private static let stocks = NamedDataset(
    name: "stocks", title: "prices of stocks and funds, with averages",
    columns: [
      .fact("id", .integer), .fact("ticker", .text).naming, .fact("time", .integer), .fact("high", .real).ofRange,
      .fact("low", .real).ofRange, .fact("avg", .real), .fact("sale", .real), .fact("meta", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "stocks", order: "id"), asset: assetNamed("stocks.ticker"),
    time: .instant("stocks.time"), identity: ["id"])

  private static let latestPrices = NamedDataset(
    name: "vw_latest_prices", title: "the newest day of each asset",
    columns: [
      .fact("asset_id", .integer).reference, .fact("symbol", .text).naming, .fact("asset_class", .text).minor,
      .fact("name", .text).minor, .fact("as_of_date", .text), .fact("close", .real), .fact("pct_change", .real),
      .fact("volume", .real).minor, .fact("source", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "vw_latest_prices", order: "symbol"), asset: "vw_latest_prices.asset_id",
    time: .day("as_of_date"), identity: ["asset_id"])

  private static let priceTrend7d = NamedDataset(
    name: "vw_price_trend_7d", title: "the last seven days of each asset",
    columns: [
      .fact("asset_id", .integer).reference, .fact("symbol", .text).naming, .fact("asset_class", .text).minor,
      .fact("from_date", .text).minor, .fact("to_date", .text), .fact("first_close", .real), .fact("last_close", .real),
      .fact("return_7d", .real), .fact("high_7d", .real).minor, .fact("low_7d", .real).minor,
      .fact("sessions", .integer).minor,
    ],
    rhythm: nil, layout: .plain(from: "vw_price_trend_7d", order: "symbol"), asset: "vw_price_trend_7d.asset_id",
    time: .day("to_date"), identity: ["asset_id"])

  private static let volatility30d = NamedDataset(
    name: "vw_volatility_30d", title: "volatility of each asset over 30 days",
    columns: [
      .fact("asset_id", .integer).reference, .fact("symbol", .text).naming, .fact("as_of_date", .text),
      .fact("volatility_30d", .real), .fact("observations", .integer),
    ],
    rhythm: nil, layout: .plain(from: "vw_volatility_30d", order: "symbol"), asset: "vw_volatility_30d.asset_id",
    time: .day("as_of_date"), identity: ["asset_id"])

  private static let correlation90d = NamedDataset(
    name: "vw_correlation_90d", title: "correlation of two assets over 90 days",
    columns: [
      .fact("symbol_a", .text).naming, .fact("symbol_b", .text).naming, .fact("as_of_date", .text),
      .fact("correlation", .real), .fact("observations", .integer),
    ],
    rhythm: nil, layout: .plain(from: "vw_correlation_90d", order: "symbol_a, symbol_b"), asset: nil,
    time: .day("as_of_date"), identity: ["symbol_a", "symbol_b"])

  /// Of every series of days, chosen or not.
  private static let indicatorValue = NamedDataset.ofSeries(
    "indicator_value", "indicators of each day, by series", of: .bar, .daily,
    names: [
      .ofSeries("asset", "asset.symbol").naming, .ofSeries("source", "source.name").naming,
      .ofSeries("provider_symbol", "series.provider_symbol").reference,
    ],
    [.instant("ts_utc", "open_time")]
      + ["rsi", "macd", "sma_20", "sma_50", "sma_200", "pct_change", "return_1d"].map { .fact($0, .real) },
    facts: "indicator_value", key: "open_time", time: .instant("open_time"),
    identity: ["source", "provider_symbol", "ts_utc"])

  private static func assetNamed(_ symbol: String) -> String {
    "(SELECT asset_id FROM asset AS named WHERE named.symbol = \(symbol))"
  }
}
