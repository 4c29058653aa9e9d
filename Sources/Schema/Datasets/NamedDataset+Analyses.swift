import Market

extension NamedDataset {
  /// What rules say of assets and of portfolios, and days of splits and money.
  package static let analyses = [
    factAIAnalysis, latestAssetAnalysis, assetAnalysis, factPortfolioRecommendations, portfolio, portfolioPick,
    eventDay,
  ]

  private static let factAIAnalysis = NamedDataset(
    name: "fact_ai_analysis", title: "what the rules say of each asset's days",
    columns: [.fact("analysis_id", .integer), .fact("asset_id", .integer).naming, .fact("date", .text)] + said,
    rhythm: nil, layout: .plain(from: "fact_ai_analysis", order: "analysis_id"), asset: "fact_ai_analysis.asset_id",
    time: .day("date"), identity: ["analysis_id"], meanings: analysisWords)

  private static let latestAssetAnalysis = NamedDataset(
    name: "vw_latest_asset_analysis", title: "what the rules say of each asset now",
    columns: [
      .fact("analysis_id", .integer).reference, .fact("asset_id", .integer).reference, .fact("symbol", .text).naming,
      .fact("name", .text).minor, .fact("date", .text),
    ] + said,
    rhythm: nil, layout: .plain(from: "vw_latest_asset_analysis", order: "symbol"),
    asset: "vw_latest_asset_analysis.asset_id", time: .day("date"), identity: ["asset_id"], meanings: analysisWords)

  private static let said: [DatasetColumn] = [
    .fact("model_name", .text).minor, .fact("trend_signal", .text), .fact("key_levels", .text),
    .fact("summary_text", .text).minor,
  ]

  private static let assetAnalysis = NamedDataset(
    name: "asset_analysis", title: "figures behind what the rules say of assets",
    columns: [
      .fact("asset", .text, "asset.symbol").naming, .fact("day", .text, "said.day"),
      .fact("close", .real, "said.close"),
      .fact("trend", .text, "said.trend"), .fact("momentum", .real, "said.momentum"),
      .fact("support", .real, "said.support"), .fact("resistance", .real, "said.resistance"),
      .fact("regime", .text, "said.regime"), .fact("bars", .integer, "said.bars").minor,
      .fact("edition", .integer, "said.edition").minor, .instant("made_at", "said.made_at").minor,
      .fact("source", .text, "source.name").minor,
    ],
    rhythm: nil,
    layout: .plain(
      from: """
        asset_analysis AS said
        JOIN asset ON asset.asset_id = said.asset_id
        JOIN series ON series.series_id = said.series_id
        JOIN source ON source.source_id = series.source_id
        """, order: "asset.symbol, said.day"),
    asset: "said.asset_id", time: .day("said.day"), identity: ["asset", "day"], meanings: analysisWords)

  private static let factPortfolioRecommendations = NamedDataset(
    name: "fact_portfolio_recommendations", title: "three portfolios a week by rule",
    columns: [
      .fact("recommendation_id", .integer), .fact("date", .text), .fact("risk_profile", .text).naming,
      .fact("allocation_stocks", .integer), .fact("allocation_crypto", .integer),
      .fact("allocation_commodities", .integer), .fact("top_picks", .text).minor,
      .fact("sector_exposure", .text).minor, .fact("risks", .text).minor, .fact("diversification_score", .real),
      .fact("news_impact", .text).minor, .fact("token_count", .integer).minor,
    ],
    rhythm: nil, layout: .plain(from: "fact_portfolio_recommendations", order: "recommendation_id"), asset: nil,
    time: .day("date"), identity: ["recommendation_id"], meanings: portfolioWords)

  private static let portfolio = NamedDataset(
    name: "portfolio", title: "figures behind each portfolio",
    columns: [
      .fact("day", .text), .fact("profile", .text).naming, .fact("stocks", .integer), .fact("crypto", .integer),
      .fact("commodities", .integer), .fact("candidates", .integer).minor, .fact("diversification", .real),
      .fact("volatility", .real), .fact("observations", .integer).minor, .fact("edition", .integer).minor,
      .instant("made_at").minor,
    ],
    rhythm: nil,
    layout: .plain(
      from: "portfolio", order: "day, CASE profile WHEN 'Conservative' THEN 1 WHEN 'Moderate' THEN 2 ELSE 3 END"),
    asset: nil, time: .day("day"), identity: ["day", "profile"], meanings: portfolioWords)

  private static let portfolioPick = NamedDataset(
    name: "portfolio_pick", title: "parts of each portfolio, and why",
    columns: [
      .fact("day", .text, "pick.day"), .fact("profile", .text, "pick.profile").naming,
      .fact("place", .integer, "pick.place"), .fact("asset", .text, "asset.symbol").naming,
      .fact("class", .text, "pick.class").minor, .fact("weight", .integer, "pick.weight"),
      .fact("close", .real, "pick.close"), .fact("volatility", .real, "pick.volatility").minor,
      .fact("change", .real, "pick.change").minor, .fact("momentum", .real, "pick.momentum").minor,
      .fact("trend", .text, "pick.trend").minor, .fact("regime", .text, "pick.regime").minor,
      .fact("reason", .text, "pick.reason"), .fact("source", .text, "source.name").minor,
    ],
    rhythm: nil,
    layout: .plain(
      from: """
        portfolio_pick AS pick
        JOIN asset ON asset.asset_id = pick.asset_id
        JOIN series ON series.series_id = pick.series_id
        JOIN source ON source.source_id = series.source_id
        """,
      order: """
        pick.day, CASE pick.profile WHEN 'Conservative' THEN 1 WHEN 'Moderate' THEN 2 ELSE 3 END, pick.place
        """),
    asset: "pick.asset_id", time: .day("pick.day"), identity: ["day", "profile", "place"], meanings: portfolioWords)

  private static let eventDay = NamedDataset(
    name: "event_day", title: "splits, dividends, events by day",
    columns: [
      .fact("day", .text), .fact("kind", .text), .fact("asset", .text).naming, .fact("title", .text).minor,
      .fact("value", .real), .fact("unit", .text).minor, .fact("source", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "event_day", order: "day, asset, kind, title"),
    asset: "(SELECT asset_id FROM asset AS named WHERE named.symbol = event_day.asset)", time: .day("day"),
    identity: [],
    meanings: [
      "day": ColumnMeaning(
        text: "first session traded without it: for money the ex-date; of an event its day", unit: "date"),
      "kind": ColumnMeaning(text: "split, dividend, capital_gain, economic, earnings or filing", unit: nil),
      "title": ColumnMeaning(text: "the kind in words, or the event", unit: nil),
      "value": ColumnMeaning(text: "new shares for an old one, money for a share, or what came", unit: "see unit"),
      "unit": ColumnMeaning(text: "what the value is counted in", unit: nil),
      "source": ColumnMeaning(text: "who tells it; of several the first by priority", unit: nil),
    ])
}
