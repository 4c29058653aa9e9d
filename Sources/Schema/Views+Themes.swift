extension Views {
  /// A theme's day in a row: its articles, all articles, the share of the one in the other, and the tone. Nothing is worded
  /// in any way on a day without an article.
  static let themeDay = """
    CREATE VIEW theme_day AS
    SELECT told.day AS as_of_date, coalesce(macro_series.title, series.provider_symbol) AS theme,
      told.volume AS volume, told.norm AS norm,
      CASE WHEN told.norm > 0 THEN CAST(told.volume AS REAL) / told.norm END AS share,
      CASE WHEN told.volume > 0 THEN told.tone END AS tone, series.provider_symbol AS query, source.name AS source
    FROM (
      SELECT series_id, day, CAST(max(CASE measure WHEN 'volume' THEN value END) AS INTEGER) AS volume,
        CAST(max(CASE measure WHEN 'norm' THEN value END) AS INTEGER) AS norm,
        max(CASE measure WHEN 'tone' THEN value END) AS tone
      FROM theme_value GROUP BY series_id, day) AS told
    JOIN series ON series.series_id = told.series_id
    JOIN source ON source.source_id = series.source_id
    LEFT JOIN macro_series ON macro_series.series_id = series.series_id
    """
}
