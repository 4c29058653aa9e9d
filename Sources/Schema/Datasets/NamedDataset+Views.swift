import Market

extension NamedDataset {
  /// The views that people have always known, with their names, columns and order.
  package static let views = [ohlcHourly, sentimentDaily, etfFlowsDaily, dailyMarketSnapshot]

  /// Those of them and of daily prices, articles and events that a backup holds as CSV files beside the file itself.
  package static let backedUp = views + [dailyBar, newsArticle, marketEvent]

  /// `ohlc_hourly`: the hourly bars of each asset, from the series chosen as its price at that interval.
  package static let ohlcHourly = prices(
    .hour1, name: "ohlc_hourly", title: "hourly prices of each asset")

  /// `daily_bar`: the days of each asset, from the series chosen as its price by the day.
  package static let dailyBar = prices(.day1, name: "daily_bar", title: "daily prices of each asset")

  /// The prices of each asset at an interval, from the series that is chosen as its price there.
  package static func prices(_ interval: Interval) -> NamedDataset {
    switch interval {
    case .hour1: ohlcHourly
    case .day1: dailyBar
    default: prices(interval, name: "ohlc_\(interval)", title: "prices of each asset, a row each \(interval)")
    }
  }

  private static func prices(_ interval: Interval, name: String, title: String) -> NamedDataset {
    NamedDataset(
      name: name, title: title,
      columns: [
        .ofSeries("asset", "asset.symbol").naming, .instant("ts_utc", "open_time"), .fact("open", .real).ofRange,
        .fact("high", .real).ofRange, .fact("low", .real).ofRange, .fact("close", .real), .fact("volume", .real).minor,
      ]
        // A whole day lies in no part of a day.
        + (interval.seconds < 86_400 ? [.dayPart("session", "open_time").minor] : [])
        + [.ofSeries("source", "source.name").minor],
      rhythm: interval.seconds < 86_400 ? .hourly : .daily,
      // The view itself would print each instant by SQL and sort all rows.
      layout: .bySeries(
        series: """
          price_choice_current AS choice
          JOIN asset ON asset.asset_id = choice.asset_id
          JOIN series ON series.series_id = choice.series_id
          JOIN source ON source.source_id = series.source_id
          """,
        where: "choice.interval = '\(interval.rawValue)'", order: "asset.symbol", facts: "bar", key: "open_time"),
      asset: "choice.asset_id", time: .instant("open_time"))
  }

  private static let sentimentDaily = NamedDataset(
    name: "sentiment_daily", title: "Crypto Fear & Greed Index (alternative.me)",
    columns: [.fact("as_of_date", .text), .fact("fng_value", .real), .fact("classification", .text)],
    rhythm: .daily, layout: .plain(from: "sentiment_daily", order: "as_of_date"), asset: nil,
    time: .day("as_of_date"))

  private static let etfFlowsDaily = NamedDataset(
    name: "etf_flows_daily", title: "net flows of each fund in dollars (Farside)",
    columns: [
      .fact("as_of_date", .text, "etf_flow.day"), .fact("ticker", .text, "etf.ticker"),
      .fact("net_flow_usd", .integer, "etf_flow.net_flow_usd"),
    ],
    rhythm: .daily,
    // The view has no asset, by which the funds are chosen here.
    layout: .plain(
      from: """
        etf_flow
        JOIN series ON series.series_id = etf_flow.series_id
        JOIN source ON source.source_id = series.source_id
        JOIN etf ON etf.etf_id = etf_flow.etf_id
        """,
      where: "source.name = 'farside' AND etf.kind = 'fund'",
      order: "etf_flow.day, etf.ticker"),
    asset: "etf.asset_id", time: .day("etf_flow.day"))

  private static let dailyMarketSnapshot = NamedDataset(
    name: "daily_market_snapshot", title: "prices, returns, mood, flows by asset and day",
    columns: [
      .fact("as_of_date", .text), .fact("asset", .text), .fact("open", .real).ofRange, .fact("high", .real).ofRange,
      .fact("low", .real).ofRange, .fact("close", .real), .fact("volume", .real).minor, .fact("change_24h", .real),
      .fact("volatility_7d", .real).minor, .fact("asia_return", .real).minor, .fact("europe_return", .real).minor,
      .fact("us_return", .real).minor, .fact("fng_value", .real).minor, .fact("fng_classification", .text).minor,
      .fact("etf_net_flow_usd", .integer).minor, .fact("etf_net_flow_5d_usd", .integer).minor,
      .fact("bars", .integer).minor, .fact("bars_expected", .integer).minor, .fact("is_complete", .integer).minor,
      .fact("source", .text).minor,
    ],
    rhythm: .daily, layout: .plain(from: "daily_market_snapshot", order: "as_of_date, asset"),
    asset: "(SELECT asset_id FROM asset AS named WHERE named.symbol = daily_market_snapshot.asset)",
    time: .day("as_of_date"))
}
