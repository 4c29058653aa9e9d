import Market

extension Universe {
  /// What is followed of the world around the prices when nobody says otherwise, by the names of its groups.
  static let worlds: [String: [SeriesDefinition]] = [
    "macro": macro, "mood": mood, "news": feeds, "events": events, "themes": themes,
  ]

  /// The index of the stock market, with what it is made from.
  private static let mood = [Dataset.sentiment, .moodComponent].map {
    SeriesDefinition(
      key: SeriesKey(dataset: $0, provider: "cnn", providerSymbol: "fgi", interval: .day1), asset: nil,
      quoteCurrency: nil, priority: 1)
  }

  /// Economic series of the United States, and the releases in which they are published.
  private static let macro: [SeriesDefinition] = {
    let series = rows(of: macroTable).compactMap { row -> SeriesDefinition? in
      Frequency(rawValue: row[2]).map {
        economic(
          row[1], from: ProviderName(row[0]),
          MacroSeries(title: row[4], units: row[3], frequency: $0, release: Int(row[5])))
      }
    }
    let releases = Set(series.compactMap(\.macro?.release)).sorted()
    return series + releases.map { release(number: $0) }
  }()

  /// An economic series by its id, with the release in which it is published; empty for what is none.
  static func figures(named id: String) -> [SeriesDefinition] {
    guard let one = macro.first(where: { $0.macro != nil && $0.key.providerSymbol.uppercased() == id.uppercased() })
    else { return [] }
    return [one] + [one.macro?.release].compactMap { $0 }.map { release(number: $0) }
  }

  static func economic(_ id: String, from source: ProviderName, _ macro: MacroSeries) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .macroObservation, provider: source, providerSymbol: id, interval: .day1), asset: nil,
      quoteCurrency: nil, priority: 1, macro: macro)
  }

  static func release(number: Int) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .macroRelease, provider: "fred", providerSymbol: "\(number)", interval: .day1),
      asset: nil, quoteCurrency: nil, priority: 1, needsKey: true)
  }

  /// Themes of the world's news, by their queries.
  private static let themes = rows(of: themeTable).map { row in
    SeriesDefinition(
      key: SeriesKey(dataset: .themeValue, provider: "gdelt", providerSymbol: row[1], interval: .day1), asset: nil,
      quoteCurrency: nil, priority: 1, macro: MacroSeries(title: row[0], units: nil, frequency: .daily))
  }

  /// How a theme is called, and the query that it is.
  private static let themeTable = """
    armed-conflict|(war OR airstrike OR missile OR invasion) sourcelang:english
    sanctions-and-trade|(sanctions OR tariffs OR embargo) sourcelang:english
    energy-supply|(oil OR gas OR OPEC) (cut OR outage OR pipeline) sourcelang:english
    bank-stress|(bank OR lender) (collapse OR bailout OR default) sourcelang:english
    crypto-security|(exchange OR wallet OR bridge) (hack OR exploit OR stolen) sourcelang:english
    """

  /// Source, id, frequency, units, title, and the number of the release where the values do not come daily.
  private static let macroTable = """
    fred|VIXCLS|daily|Index|CBOE Volatility Index: VIX|
    fred|DGS10|daily|Percent|10-Year Treasury Yield|
    fred|DGS2|daily|Percent|2-Year Treasury Yield|
    fred|T10Y2Y|daily|Percent|10-Year Less 2-Year Treasury Yield|
    fred|DFF|daily|Percent|Federal Funds Effective Rate|
    fred|FEDFUNDS|monthly|Percent|Federal Funds Effective Rate, Month|18
    fred|CPIAUCSL|monthly|Index 1982-1984=100|Consumer Price Index, All Urban Consumers|10
    fred|UNRATE|monthly|Percent|Unemployment Rate|50
    fred|PAYEMS|monthly|Thousands of Persons|All Employees, Total Nonfarm|50
    fred|GDP|quarterly|Billions of Dollars|Gross Domestic Product|53
    fred|GDPC1|quarterly|Billions of Chained Dollars|Real Gross Domestic Product|53
    fred|M2SL|monthly|Billions of Dollars|M2 Money Stock|21
    fred|DTWEXBGS|daily|Index Jan 2006=100|Nominal Broad US Dollar Index|
    fred|SP500|daily|Index|S&P 500|
    worldbank|USA:NY.GDP.MKTP.CD|yearly|current US$|GDP (current US$), United States|
    worldbank|USA:FP.CPI.TOTL.ZG|yearly|annual %|Inflation, consumer prices (annual %), United States|
    worldbank|USA:SL.UEM.TOTL.ZS|yearly|% of labor force|Unemployment, total (% of labor force), United States|
    """
}
