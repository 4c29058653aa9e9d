import Market

extension Views {
  /// The shapes that other programs know such data in: a star of facts and dimensions, tables of stocks, and the newest of
  /// each asset. Prices are those of the chosen series.
  static let familiar = [
    dimAssets, factAssetPrices, stockData, stocks, latestPrices, priceTrend7d, volatility30d, correlation90d,
  ]

  /// The number of a bar, the same in every file as long as series keep theirs: 2^36 seconds are two thousand years.
  static let factID = "series.series_id * 68719476736 + (bar.open_time + 34359738368)"

  private static let timestamp = "strftime('%Y-%m-%dT%H:%M:%SZ', bar.open_time, 'unixepoch')"

  static let assetClass = """
    CASE asset.class WHEN 'crypto' THEN 'CRYPTO' WHEN 'stock' THEN 'STOCKS' WHEN 'fund' THEN 'ETF'
      WHEN 'commodity' THEN 'COMMODITIES' ELSE upper(asset.class) END
    """

  private static let chosen = """
    price_choice_current AS choice
    JOIN asset ON asset.asset_id = choice.asset_id
    JOIN series ON series.series_id = choice.series_id
    JOIN source ON source.source_id = series.source_id
    """

  private static let previousClose = """
    (SELECT earlier.close FROM bar AS earlier
      WHERE earlier.series_id = bar.series_id AND earlier.open_time < bar.open_time
      ORDER BY earlier.open_time DESC LIMIT 1)
    """

  private static let marketCap = """
    (SELECT market_cap.market_cap FROM market_cap JOIN series AS valued ON valued.series_id = market_cap.series_id
      WHERE valued.asset_id = asset.asset_id AND market_cap.day = date(bar.open_time, 'unixepoch')
      ORDER BY valued.priority LIMIT 1)
    """

  /// Missing from or to a price that is not above zero.
  private static func change(from earlier: String, to later: String) -> String {
    "CASE WHEN \(earlier) > 0 AND \(later) > 0 THEN \(later) / \(earlier) - 1 END"
  }

  /// What is kept of the day of a bar, where it is one of a day.
  private static let measured = """
    LEFT JOIN indicator_value AS measured
      ON measured.series_id = bar.series_id AND measured.open_time = bar.open_time AND choice.interval = '1d'
    """

  /// Of a day as it is kept, with splits undone; else from the bar before.
  private static let barChange = """
    CASE WHEN measured.series_id IS NULL THEN \(change(from: previousClose, to: "bar.close"))
      ELSE measured.pct_change END
    """

  /// Its own, else that of its class.
  private static let calendar: String = {
    let ofClasses = AssetClass.allCases.map { "WHEN '\($0.rawValue)' THEN '\(Calendar(of: $0).rawValue)'" }
    return "coalesce(asset.calendar, CASE asset.class \(ofClasses.joined(separator: " ")) END)"
  }()

  private static let dimAssets = """
    CREATE VIEW dim_assets AS
    SELECT
      asset.asset_id AS asset_id,
      asset.symbol AS symbol,
      \(assetClass) AS asset_class,
      asset.name AS name,
      '{"sector":' || \(JSONInSQL.text("asset.sector")) || ',"currency":' || \(JSONInSQL.text("asset.currency"))
        || ',"calendar":' || \(JSONInSQL.text(calendar)) || ',"groups":['
        || coalesce((SELECT group_concat('"' || asset_group.name || '"') FROM asset_group
          WHERE asset_group.asset_id = asset.asset_id), '')
        || '],"notes":' || coalesce(asset.static_metadata, '{}') || '}' AS static_metadata
    FROM asset
    """

  private static let factAssetPrices = """
    CREATE VIEW fact_asset_prices AS
    SELECT
      \(factID) AS fact_id,
      asset.asset_id AS asset_id,
      \(timestamp) AS timestamp,
      choice.interval AS interval,
      bar.open AS price_open,
      bar.high AS price_high,
      bar.low AS price_low,
      bar.close AS price_close,
      bar.volume AS volume,
      '{"rsi":' || \(JSONInSQL.number("measured.rsi")) || ',"sma_20":' || \(JSONInSQL.number("measured.sma_20"))
        || ',"sma_50":' || \(JSONInSQL.number("measured.sma_50")) || ',"sma_200":' || \(JSONInSQL.number("measured.sma_200"))
        || ',"macd":' || \(JSONInSQL.number("measured.macd")) || ',"pct_change":' || \(JSONInSQL.number(barChange))
        || ',"market_cap":' || \(JSONInSQL.number(marketCap)) || '}' AS dynamic_metadata
    FROM \(chosen)
    JOIN bar ON bar.series_id = series.series_id
    \(measured)
    """

  private static let stockData = """
    CREATE VIEW stock_data AS
    SELECT
      \(factID) AS id,
      asset.symbol AS symbol,
      \(timestamp) AS timestamp,
      bar.open AS open_price,
      bar.high AS high_price,
      bar.low AS low_price,
      bar.close AS close_price,
      bar.volume AS volume,
      strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(
        (SELECT min(first.received_at) FROM bar_restatement AS before JOIN fetch AS first ON first.fetch_id = before.fetch_id
          WHERE before.series_id = bar.series_id AND before.open_time = bar.open_time),
        fetch.received_at), 'unixepoch') AS created_at,
      strftime('%Y-%m-%dT%H:%M:%SZ', fetch.received_at, 'unixepoch') AS updated_at
    FROM \(chosen)
    JOIN bar ON bar.series_id = series.series_id
    JOIN fetch ON fetch.fetch_id = bar.fetch_id
    WHERE asset.class IN ('stock', 'fund')
    """

  private static let stocks = """
    CREATE VIEW stocks AS
    SELECT
      \(factID) AS id,
      asset.symbol AS ticker,
      bar.open_time AS time,
      bar.high AS high,
      bar.low AS low,
      coalesce(bar_trade.vwap, (bar.high + bar.low + bar.close) / 3) AS avg,
      bar.close AS sale,
      '{"source":' || \(JSONInSQL.text("source.name")) || ',"interval":' || \(JSONInSQL.text("choice.interval"))
        || ',"volume":' || \(JSONInSQL.number("bar.volume")) || ',"open":' || \(JSONInSQL.number("bar.open"))
        || ',"close":' || \(JSONInSQL.number("bar.close")) || ',"day_high":' || \(JSONInSQL.number("bar.high"))
        || ',"day_low":' || \(JSONInSQL.number("bar.low")) || ',"previous_close":' || \(JSONInSQL.number(previousClose))
        || ',"market_cap":null,"pe_ratio":null,"timestamp":' || \(JSONInSQL.text(timestamp))
        || ',"transactions":' || \(JSONInSQL.number("bar_trade.trades")) || ',"vwap":' || \(JSONInSQL.number("bar_trade.vwap"))
        || '}' AS meta
    FROM \(chosen)
    JOIN bar ON bar.series_id = series.series_id
    LEFT JOIN series AS traded ON traded.source_id = series.source_id AND traded.dataset = 'bar_trade'
      AND traded.provider_symbol = series.provider_symbol AND traded.interval = series.interval
    LEFT JOIN bar_trade ON bar_trade.series_id = traded.series_id AND bar_trade.open_time = bar.open_time
    WHERE asset.class IN ('stock', 'fund')
    """

  private static let latestPrices = """
    CREATE VIEW vw_latest_prices AS
    SELECT
      asset.asset_id AS asset_id,
      asset.symbol AS symbol,
      \(assetClass) AS asset_class,
      asset.name AS name,
      date(bar.open_time, 'unixepoch') AS as_of_date,
      bar.close AS close,
      \(barChange) AS pct_change,
      bar.volume AS volume,
      source.name AS source
    FROM \(chosen)
    JOIN bar ON bar.series_id = series.series_id AND bar.open_time = series.last_time
    \(measured)
    WHERE choice.interval = '1d'
    """

  private static let priceTrend7d = """
    CREATE VIEW vw_price_trend_7d AS
    SELECT
      asset_id, symbol, asset_class, from_date, to_date, first_close, last_close,
      \(change(from: "first_close", to: "last_close")) AS return_7d,
      high_7d, low_7d, sessions
    FROM (
      SELECT
        asset.asset_id AS asset_id,
        asset.symbol AS symbol,
        \(assetClass) AS asset_class,
        date(series.last_time - 604800, 'unixepoch') AS from_date,
        date(series.last_time, 'unixepoch') AS to_date,
        (SELECT close FROM bar WHERE bar.series_id = series.series_id AND open_time <= series.last_time - 604800
          ORDER BY open_time DESC LIMIT 1) AS first_close,
        (SELECT close FROM bar WHERE bar.series_id = series.series_id AND open_time = series.last_time) AS last_close,
        (SELECT max(high) FROM bar WHERE bar.series_id = series.series_id AND open_time > series.last_time - 604800)
          AS high_7d,
        (SELECT min(low) FROM bar WHERE bar.series_id = series.series_id AND open_time > series.last_time - 604800)
          AS low_7d,
        (SELECT count(*) FROM bar WHERE bar.series_id = series.series_id AND open_time > series.last_time - 604800)
          AS sessions
      FROM \(chosen)
      WHERE choice.interval = '1d' AND series.last_time IS NOT NULL
    )
    """

  private static let volatility30d = """
    CREATE VIEW vw_volatility_30d AS
    SELECT
      asset.asset_id AS asset_id,
      asset.symbol AS symbol,
      moved.day AS as_of_date,
      moved.volatility_30d AS volatility_30d,
      moved.observations AS observations
    FROM series_volatility AS moved
    JOIN price_choice_current AS choice ON choice.series_id = moved.series_id AND choice.interval = '1d'
    JOIN asset ON asset.asset_id = choice.asset_id
    """

  private static let correlation90d = """
    CREATE VIEW vw_correlation_90d AS
    SELECT
      min(one.symbol, other.symbol) AS symbol_a,
      max(one.symbol, other.symbol) AS symbol_b,
      pair.day AS as_of_date,
      pair.correlation AS correlation,
      pair.observations AS observations
    FROM series_correlation AS pair
    JOIN price_choice_current AS a ON a.series_id = pair.series_a AND a.interval = '1d'
    JOIN asset AS one ON one.asset_id = a.asset_id
    JOIN price_choice_current AS b ON b.series_id = pair.series_b AND b.interval = '1d'
    JOIN asset AS other ON other.asset_id = b.asset_id
    """
}
