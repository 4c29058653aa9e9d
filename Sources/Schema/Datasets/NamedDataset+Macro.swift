import Market

extension NamedDataset {
  /// The familiar shapes of economic series, and what these measure.
  package static let macro = [macroSeries, factMacroIndicators, factSentimentIndex]

  /// What was published last of each period of some economic series.
  package static func observations(of ids: [String]) -> NamedDataset {
    let names = ids.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
    return NamedDataset(
      name: "macro_observation", title: "values of economic series",
      columns: [
        .fact("provider_symbol", .text, "series.provider_symbol").naming,
        .fact("as_of_date", .text, "observation.day"), .fact("value", .real, "observation.value"),
        .fact("vintage", .text, "observation.vintage"), .fact("source", .text, "source.name").minor,
      ],
      rhythm: nil,
      layout: .plain(
        from: """
          macro_observation AS observation
          JOIN series ON series.series_id = observation.series_id
          JOIN source ON source.source_id = series.source_id
          """,
        where: "series.provider_symbol IN (\(names)) AND \(isNewest)",
        order: "series.provider_symbol, observation.day"),
      asset: nil, time: .day("observation.day"), identity: ["source", "provider_symbol", "as_of_date"],
      meanings: [
        "as_of_date": ColumnMeaning(text: "first day of the period; of a week the last", unit: "date"),
        "vintage": ColumnMeaning(text: "day on which it was published, else fetched", unit: "New York's date"),
        "value": ColumnMeaning(text: "value; empty where it was withdrawn", unit: "as macro_series says"),
      ])
  }

  /// That nothing was published later of the same period.
  static let isNewest = """
    NOT EXISTS (SELECT 1 FROM macro_observation AS later WHERE later.series_id = observation.series_id
      AND later.day = observation.day AND later.vintage > observation.vintage)
    """

  private static let macroSeries = NamedDataset(
    name: "macro_series", title: "what economic series measure",
    columns: [
      .fact("source", .text, "source.name").naming, .fact("provider_symbol", .text, "series.provider_symbol").naming,
      .fact("title", .text, "macro_series.title"), .fact("units", .text, "macro_series.units"),
      .fact("frequency", .text, "macro_series.frequency"), .fact("release", .integer, "macro_series.release").minor,
    ],
    rhythm: nil,
    layout: .plain(
      from: """
        macro_series
        JOIN series ON series.series_id = macro_series.series_id
        JOIN source ON source.source_id = series.source_id
        """,
      order: "source.name, series.provider_symbol"),
    asset: nil, time: nil, identity: ["source", "provider_symbol"],
    meanings: [
      "title": ColumnMeaning(text: "what it measures", unit: nil),
      "units": ColumnMeaning(text: "what its values are counted in; empty where nobody says", unit: nil),
      "frequency": ColumnMeaning(text: "daily, weekly, monthly, quarterly or yearly", unit: nil),
      "release": ColumnMeaning(text: "FRED's number of the release that it is published in", unit: nil),
    ])

  private static let factMacroIndicators = NamedDataset(
    name: "fact_macro_indicators", title: "economic figures, a row each day that has one",
    columns: [.fact("date", .text)]
      + ["dxy", "sp500", "cpi", "interest_rate", "vix", "treasury_10y", "unemployment_rate", "gdp"].map {
        .fact($0, .real)
      },
    rhythm: nil, layout: .plain(from: "fact_macro_indicators", order: "date"), asset: nil, time: .day("date"),
    identity: ["date"],
    meanings: [
      "date": ColumnMeaning(text: "day, or first day of the period; never carried forward", unit: "date"),
      "dxy": ColumnMeaning(text: "US Dollar Index, Yahoo's DX-Y.NYB, close", unit: "index"),
      "sp500": ColumnMeaning(text: "S&P 500, FRED's SP500", unit: "index"),
      "cpi": ColumnMeaning(text: "consumer prices, FRED's CPIAUCSL", unit: "index 1982-84=100"),
      "interest_rate": ColumnMeaning(text: "effective federal funds rate, FRED's DFF", unit: "per cent"),
      "vix": ColumnMeaning(text: "VIX, FRED's VIXCLS", unit: "index"),
      "treasury_10y": ColumnMeaning(text: "yield of ten-year Treasuries, FRED's DGS10", unit: "per cent"),
      "unemployment_rate": ColumnMeaning(text: "FRED's UNRATE", unit: "per cent"),
      "gdp": ColumnMeaning(text: "gross domestic product of the quarter, FRED's GDP", unit: "billions of dollars"),
    ])

  private static let factSentimentIndex = NamedDataset(
    name: "fact_sentiment_index", title: "Fear & Greed Index of stocks, from CNN",
    columns: [.fact("date", .text), .fact("fgi_value", .integer), .fact("classification", .text)],
    rhythm: .daily, layout: .plain(from: "fact_sentiment_index", order: "date"), asset: nil, time: .day("date"),
    identity: ["date"],
    meanings: [
      "date": ColumnMeaning(text: "session of the row", unit: "date"),
      "fgi_value": ColumnMeaning(
        text: "Fear & Greed Index of stocks, rounded; 0 extreme fear, 100 extreme greed", unit: "0–100"),
    ])
}
