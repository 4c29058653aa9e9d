/// The views of the file as they are now; every migration makes all of them anew.
///
/// A view that changes needs a migration with a number of its own, which may have no text.
package enum Views {
  /// The text of each; one that reads another stands behind it.
  package static let all =
    [
      priceChoiceCurrent, ohlcHourly, dailyBar, sentimentDaily, factSentimentIndex, etfFlowsDaily, dailyMarketSnapshot,
      factMacroIndicators, themeDay,
    ] + familiar + events + analyses + news

  /// The text of each, by its name.
  package static let names = Dictionary(
    uniqueKeysWithValues: all.map { (String($0.split(separator: " ", maxSplits: 3)[2]), $0) })

  /// Which series is the price of an asset now.
  private static let priceChoiceCurrent = """
    CREATE VIEW price_choice_current AS
    SELECT asset_id, interval, series_id, max(since_run_id) AS since_run_id
    FROM price_choice
    GROUP BY asset_id, interval
    """

  /// The hours of the series that is the price of its asset: what `show` and `export` give under this name.
  private static let ohlcHourly = NamedDataset.ohlcHourly.viewText

  /// The days of the series that is the price of its asset.
  private static let dailyBar = NamedDataset.dailyBar.viewText

  /// The Fear & Greed Index of the crypto market.
  private static let sentimentDaily = """
    CREATE VIEW sentiment_daily AS
    SELECT sentiment.day AS as_of_date, sentiment.value AS fng_value, sentiment.classification AS classification
    FROM sentiment
    JOIN series ON series.series_id = sentiment.series_id
    JOIN source ON source.source_id = series.source_id
    WHERE source.name = 'alternative.me'
    """

  /// What went into each fund a day and out of it; NULL while it has not reported.
  private static let etfFlowsDaily = """
    CREATE VIEW etf_flows_daily AS
    SELECT etf_flow.day AS as_of_date, etf.ticker AS ticker, etf_flow.net_flow_usd AS net_flow_usd
    FROM etf_flow
    JOIN series ON series.series_id = etf_flow.series_id
    JOIN source ON source.source_id = series.source_id
    JOIN etf ON etf.etf_id = etf_flow.etf_id
    WHERE source.name = 'farside' AND etf.kind = 'fund'
    """

  /// The day of an asset at a glance.
  private static let dailyMarketSnapshot = """
    CREATE VIEW daily_market_snapshot AS
    SELECT
      market_snapshot.day AS as_of_date,
      asset.symbol AS asset,
      market_snapshot.open AS open,
      market_snapshot.high AS high,
      market_snapshot.low AS low,
      market_snapshot.close AS close,
      market_snapshot.volume AS volume,
      market_snapshot.change_24h AS change_24h,
      market_snapshot.volatility_7d AS volatility_7d,
      market_snapshot.asia_return AS asia_return,
      market_snapshot.europe_return AS europe_return,
      market_snapshot.us_return AS us_return,
      market_snapshot.fng_value AS fng_value,
      market_snapshot.fng_classification AS fng_classification,
      market_snapshot.etf_net_flow_usd AS etf_net_flow_usd,
      market_snapshot.etf_net_flow_5d_usd AS etf_net_flow_5d_usd,
      market_snapshot.bars AS bars,
      market_snapshot.bars_expected AS bars_expected,
      market_snapshot.is_complete AS is_complete,
      source.name AS source
    FROM market_snapshot
    JOIN asset ON asset.asset_id = market_snapshot.asset_id
    JOIN series ON series.series_id = market_snapshot.series_id
    JOIN source ON source.source_id = series.source_id
    """
}
