extension NamedDataset {
  /// What each source said, all sources side by side.
  static let facts = [
    ofSeries(
      "bar", "prices of every source and interval", of: "bar", .hourly,
      names: [asset, source, symbol, interval, currency],
      [.fact("ts_utc", .instant, "open_time")] + prices + [.fact("fetch_id", .integer)],
      facts: "bar", key: "open_time", time: .instant("open_time")),
    ofSeries(
      "price_point", "sampled prices and market values, from CoinGecko", of: "price_point", .hourly,
      names: [asset, source, symbol, currency], [.fact("ts_utc", .instant, "at")] + points,
      facts: "price_point", key: "at", time: .instant("at")),
    ofSeries(
      "sentiment", "sentiment indices of every source", of: "sentiment", .daily, names: [source, symbol],
      [.fact("as_of_date", .text, "day"), .fact("value", .real), .fact("classification", .text)]
        + [.fact("fetch_id", .integer)],
      facts: "sentiment", key: "day", time: .day("day"), asset: nil),
    ofSeries(
      "etf_flow", "fund flows of every source, totals too", of: "etf_flow", .daily, names: [source, asset],
      [.fact("as_of_date", .text, "day"), .fact("ticker", .text, "etf.ticker"), .fact("kind", .text, "etf.kind")]
        + flows,
      facts: "etf_flow JOIN etf ON etf.etf_id = etf_flow.etf_id", key: "day, etf.ticker", time: .day("day")),
    ofSeries(
      "etf_flow_day", "fund flows by day and asset, final or not", of: "etf_flow", .daily,
      names: [source, asset],
      [.fact("as_of_date", .text, "day"), .fact("net_flow_usd", .integer), .fact("finality", .text)],
      facts: "etf_flow_day", key: "day", time: .day("day")),
  ]

  /// What was believed before a later answer said otherwise.
  static let restatements = [
    ofSeries(
      "bar_restatement", "prices that a later answer replaced", of: "bar", nil,
      names: [asset, source, symbol, interval, currency],
      [.fact("ts_utc", .instant, "open_time"), .fact("replaced_at", .instant)] + prices + fetches,
      facts: "bar_restatement", key: "open_time, replaced_by_fetch_id", time: .instant("open_time")),
    ofSeries(
      "price_point_restatement", "sampled prices that a later answer replaced", of: "price_point", nil,
      names: [asset, source, symbol, currency],
      [.fact("ts_utc", .instant, "at"), .fact("replaced_at", .instant)] + points
        + [.fact("replaced_by_fetch_id", .integer)],
      facts: "price_point_restatement", key: "at, replaced_by_fetch_id", time: .instant("at")),
    ofSeries(
      "sentiment_restatement", "sentiment that a later answer replaced", of: "sentiment", nil, names: [source, symbol],
      [.fact("as_of_date", .text, "day"), .fact("replaced_at", .instant), .fact("value", .real)]
        + [.fact("classification", .text)] + fetches,
      facts: "sentiment_restatement", key: "day, replaced_by_fetch_id", time: .day("day"), asset: nil),
    ofSeries(
      "etf_flow_restatement", "fund flows that a later answer replaced", of: "etf_flow", nil, names: [source, asset],
      [.fact("as_of_date", .text, "day"), .fact("ticker", .text, "etf.ticker"), .fact("replaced_at", .instant)]
        + flows + [.fact("replaced_by_fetch_id", .integer)],
      facts: "etf_flow_restatement JOIN etf ON etf.etf_id = etf_flow_restatement.etf_id",
      key: "day, etf.ticker, replaced_by_fetch_id", time: .day("day")),
  ]

  private static let asset = DatasetColumn.ofSeries("asset", "asset.symbol")
  private static let source = DatasetColumn.ofSeries("source", "source.name")
  private static let symbol = DatasetColumn.ofSeries("provider_symbol", "series.provider_symbol").minor
  private static let interval = DatasetColumn.ofSeries("interval", "series.interval").minor
  private static let currency = DatasetColumn.ofSeries("quote_currency", "series.quote_currency").minor

  private static let prices: [DatasetColumn] = [
    .fact("open", .real).minor, .fact("high", .real).minor, .fact("low", .real).minor, .fact("close", .real),
    .fact("volume", .real).minor,
  ]
  private static let points: [DatasetColumn] = [
    .fact("price", .real), .fact("market_cap", .real), .fact("volume_24h", .real), .fact("fetch_id", .integer),
  ]
  private static let flows: [DatasetColumn] = ["net_flow_usd", "net_assets_usd", "fetch_id"].map {
    .fact($0, .integer)
  }
  private static let fetches: [DatasetColumn] = ["fetch_id", "replaced_by_fetch_id"].map { .fact($0, .integer) }

  /// A dataset of the series of one kind; rows stand in the order of `names`, then of `key`.
  private static func ofSeries(
    _ name: String, _ title: String, of kind: String, _ rhythm: Rhythm?, names: [DatasetColumn],
    _ columns: [DatasetColumn], facts: String, key: String, time: TimeKey, asset: String? = "series.asset_id"
  ) -> NamedDataset {
    NamedDataset(
      name: name, title: title, columns: names + columns, rhythm: rhythm,
      layout: .bySeries(
        series: """
          series
          JOIN source ON source.source_id = series.source_id
          LEFT JOIN asset ON asset.asset_id = series.asset_id
          """,
        where: "series.dataset = '\(kind)'", order: names.map(\.expression).joined(separator: ", "), facts: facts,
        key: key),
      asset: asset, time: time)
  }
}
