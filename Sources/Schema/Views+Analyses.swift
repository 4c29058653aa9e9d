extension Views {
  /// What rules say of assets and of portfolios, in the shapes that other programs know, and days on which something was due
  /// to happen to a share.
  static let analyses = [factAIAnalysis, latestAssetAnalysis, factPortfolioRecommendations, eventDay]

  /// The number of a day since 1970.
  private static func number(ofDay day: String) -> String {
    "CAST(strftime('%s', \(day)) AS INTEGER) / 86400"
  }

  /// A JSON array of one number, or of none.
  private static func level(_ column: String) -> String {
    "'[' || coalesce(\(JSONInSQL.number(orMissing: column)), '') || ']'"
  }

  private static let factAIAnalysis = """
    CREATE VIEW fact_ai_analysis AS
    SELECT
      said.asset_id * 1048576 + \(number(ofDay: "said.day")) AS analysis_id,
      said.asset_id AS asset_id,
      said.day AS date,
      'rules' AS model_name,
      said.trend AS trend_signal,
      '{"support":' || \(level("said.support")) || ',"resistance":' || \(level("said.resistance")) || '}' AS key_levels,
      said.text AS summary_text
    FROM asset_analysis AS said
    """

  private static let latestAssetAnalysis = """
    CREATE VIEW vw_latest_asset_analysis AS
    SELECT
      said.analysis_id AS analysis_id,
      said.asset_id AS asset_id,
      asset.symbol AS symbol,
      asset.name AS name,
      said.date AS date,
      said.model_name AS model_name,
      said.trend_signal AS trend_signal,
      said.key_levels AS key_levels,
      said.summary_text AS summary_text
    FROM asset
    JOIN fact_ai_analysis AS said ON said.asset_id = asset.asset_id
      AND said.date = (SELECT max(day) FROM asset_analysis AS newest WHERE newest.asset_id = asset.asset_id)
    """

  private static let factPortfolioRecommendations = """
    CREATE VIEW fact_portfolio_recommendations AS
    SELECT
      \(number(ofDay: "kept.day")) * 4
        + CASE kept.profile WHEN 'Conservative' THEN 1 WHEN 'Moderate' THEN 2 ELSE 3 END AS recommendation_id,
      kept.day AS date,
      kept.profile AS risk_profile,
      kept.stocks AS allocation_stocks,
      kept.crypto AS allocation_crypto,
      kept.commodities AS allocation_commodities,
      '[' || coalesce((SELECT group_concat('{"symbol":' || symbol || ',"class":"' || class || '","weight":' || weight
          || ',"reason":' || reason || '}') FROM (
        SELECT \(JSONInSQL.text("asset.symbol")) AS symbol, pick.class AS class, pick.weight AS weight,
          \(JSONInSQL.text("pick.reason")) AS reason
        FROM portfolio_pick AS pick JOIN asset ON asset.asset_id = pick.asset_id
        WHERE pick.day = kept.day AND pick.profile = kept.profile ORDER BY pick.place)), '') || ']' AS top_picks,
      '{' || coalesce((SELECT group_concat(sector || ':' || weight) FROM (
        SELECT \(JSONInSQL.text("asset.sector")) AS sector, sum(pick.weight) AS weight
        FROM portfolio_pick AS pick JOIN asset ON asset.asset_id = pick.asset_id
        WHERE pick.day = kept.day AND pick.profile = kept.profile AND pick.class = 'stocks' AND asset.sector <> ''
        GROUP BY asset.sector ORDER BY sum(pick.weight) DESC, asset.sector)), '') || '}' AS sector_exposure,
      kept.risks AS risks,
      kept.diversification AS diversification_score,
      NULL AS news_impact,
      NULL AS token_count
    FROM portfolio AS kept
    """

  /// Of several sources that tell of an asset the first by priority; and what calendars tell, of which the value is what came.
  private static let eventDay = """
    CREATE VIEW event_day AS
    SELECT
      act.day AS day,
      act.kind AS kind,
      asset.symbol AS asset,
      CASE act.kind WHEN 'split' THEN 'Split' WHEN 'dividend' THEN 'Dividend' ELSE 'Capital gain' END AS title,
      act.value AS value,
      CASE act.kind WHEN 'split' THEN 'new shares for an old one'
        ELSE coalesce(act.currency, series.quote_currency, asset.currency, 'quote currency') END AS unit,
      source.name AS source
    FROM corporate_action AS act
    JOIN series ON series.series_id = act.series_id
    JOIN asset ON asset.asset_id = series.asset_id
    JOIN source ON source.source_id = series.source_id
    WHERE series.series_id = (
      SELECT first.series_id FROM series AS first
      WHERE first.asset_id = series.asset_id AND first.dataset = 'corporate_action' AND first.row_count > 0
      ORDER BY first.priority, first.series_id LIMIT 1)
    UNION ALL
    SELECT told.day, told.kind, told.asset, told.title, told.actual_value, told.unit, told.source
    FROM market_event AS told
    WHERE told.day IS NOT NULL AND told.is_withdrawn = 0
    """
}
