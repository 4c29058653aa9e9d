/// The SQL of what funds are worth.
package enum FundAssetStatements {
  /// Binds a symbol and two days: of each day on which a source tells what all funds of the asset are worth, the day, the sum
  /// and who says so, the newest first; of several sources the first by priority, of it the total where it tells one.
  package static let newest = """
    WITH told AS (
      SELECT flow.day AS day, series.priority AS priority, series.series_id AS series_id, source.name AS source,
        sum(CASE etf.kind WHEN 'total' THEN flow.net_assets_usd END) AS total,
        sum(CASE etf.kind WHEN 'total' THEN NULL ELSE flow.net_assets_usd END) AS parts
      FROM series
      JOIN asset ON asset.asset_id = series.asset_id
      JOIN source ON source.source_id = series.source_id
      JOIN etf_flow AS flow ON flow.series_id = series.series_id
      JOIN etf ON etf.etf_id = flow.etf_id
      WHERE series.dataset = 'etf_flow' AND asset.symbol = ? AND flow.day BETWEEN ? AND ?
        AND flow.net_assets_usd IS NOT NULL
      GROUP BY flow.day, series.series_id)
    SELECT day, coalesce(total, parts), source FROM told
    WHERE series_id = (SELECT series_id FROM told ORDER BY priority, series_id LIMIT 1)
    ORDER BY day DESC LIMIT 6
    """
}
