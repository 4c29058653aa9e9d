extension Views {
  /// The index of mood of the stock market, rounded.
  static let factSentimentIndex = """
    CREATE VIEW fact_sentiment_index AS
    SELECT sentiment.day AS date, CAST(round(sentiment.value) AS INTEGER) AS fgi_value,
      sentiment.classification AS classification
    FROM sentiment
    JOIN series ON series.series_id = sentiment.series_id
    JOIN source ON source.source_id = series.source_id
    WHERE source.name = 'cnn'
    """

  /// Economic figures by day, as they were published last; of a day on which none of them has a value there is no row.
  static let factMacroIndicators = """
    CREATE VIEW fact_macro_indicators AS
    SELECT day AS date,
      \(columns)
    FROM (
      SELECT observation.day AS day, series.provider_symbol AS id, observation.value AS value
      FROM macro_observation AS observation
      JOIN series ON series.series_id = observation.series_id
      JOIN source ON source.source_id = series.source_id
      WHERE source.name = 'fred' AND series.provider_symbol IN (\(ids)) AND observation.value IS NOT NULL
        AND \(NamedDataset.isNewest)
      UNION ALL
      SELECT date(bar.open_time, 'unixepoch'), 'DX-Y.NYB', bar.close
      FROM bar
      JOIN series ON series.series_id = bar.series_id
      JOIN source ON source.source_id = series.source_id
      WHERE source.name = 'yahoo' AND series.provider_symbol = 'DX-Y.NYB' AND series.interval = '1d'
    )
    GROUP BY day
    """

  private static let indicators = [
    ("dxy", "DX-Y.NYB"), ("sp500", "SP500"), ("cpi", "CPIAUCSL"), ("interest_rate", "DFF"), ("vix", "VIXCLS"),
    ("treasury_10y", "DGS10"), ("unemployment_rate", "UNRATE"), ("gdp", "GDP"),
  ]

  private static let columns = indicators.map { "max(CASE id WHEN '\($0.1)' THEN value END) AS \($0.0)" }
    .joined(separator: ",\n      ")
  private static let ids = indicators.dropFirst().map { "'\($0.1)'" }.joined(separator: ", ")
}
