import Market

extension Universe {
  /// What is asked for so that it is known what is to happen: the week's calendar, earnings, the days of releases, and two
  /// series that tell what came.
  static let events: [SeriesDefinition] =
    [
      event("week", from: "calendar", needsKey: false), event("earnings", from: "alphavantage", needsKey: true),
    ] + figureSeries + eventRules.releases.map { release(number: $0.number) }

  private static func event(_ symbol: String, from source: ProviderName, needsKey: Bool) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .eventItem, provider: source, providerSymbol: symbol, interval: .day1), asset: nil,
      quoteCurrency: nil, priority: 1, needsKey: needsKey)
  }

  /// What a company files with the SEC, whose list of tickers spells them as this table does; a foreign one files nothing
  /// there, and is not asked about.
  static func filings(of asset: Asset) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: .eventItem, provider: "sec", providerSymbol: asset.symbol, interval: .day1),
      asset: asset.symbol, quoteCurrency: nil, priority: 1, needsKey: true)
  }

  private static let figureSeries = [
    economic(
      "CPILFESL", from: "fred",
      MacroSeries(
        title: "Consumer Price Index Less Food and Energy", units: "Index 1982-1984=100", frequency: .monthly,
        release: 10)),
    economic(
      "ICSA", from: "fred",
      MacroSeries(title: "Initial Claims", units: "Number", frequency: .weekly, release: 180)),
  ]

  /// Which series tells what came, and which releases are events.
  static let eventRules = EventRules(
    figures: rows(of: figureTable).compactMap { row in
      guard let transform = EventRules.Figure.Transform(rawValue: row[3]), let months = Int(row[4]),
        let scale = Double(row[5]), let unit = EventAmount.Unit(rawValue: row[6])
      else { return nil }
      return EventRules.Figure(
        title: row[0], country: row[1], id: row[2], transform, months: months, scale: scale, unit: unit)
    },
    releases: rows(of: releaseTable).compactMap { row in
      guard let number = Int(row[0]), let hour = Int64(row[2].prefix(2)), let minute = Int64(row[2].suffix(2)),
        let importance = EventItem.Importance(rawValue: row[3])
      else { return nil }
      return EventRules.Release(
        number: number, title: row[1], country: "USD", clock: hour * 3600 + minute * 60, importance: importance,
        told: row[4].split(separator: ";").map(String.init))
    })

  /// Title, country, FRED's id, how the figure is made, over how many months, times what, in which unit. Payrolls are
  /// counted in thousands, claims in persons.
  private static let figureTable = """
    CPI m/m|USD|CPIAUCSL|percent|1|1|%
    CPI y/y|USD|CPIAUCSL|percent|12|1|%
    Core CPI m/m|USD|CPILFESL|percent|1|1|%
    Non-Farm Employment Change|USD|PAYEMS|change|1|1|K
    Unemployment Rate|USD|UNRATE|level|0|1|%
    Unemployment Claims|USD|ICSA|level|0|0.001|K
    Advance GDP q/q|USD|GDPC1|annualised|3|1|%
    """

  /// FRED's number, title, New York's time of day, importance, and how the calendar calls what is in it. The committee's
  /// release (101) is on FRED's list on every day of the year, so that it says nothing.
  private static let releaseTable = """
    10|Consumer Price Index|08:30|high|CPI m/m;CPI y/y;Core CPI m/m
    50|Employment Situation|08:30|high|Non-Farm Employment Change;Unemployment Rate;Average Hourly Earnings m/m
    53|Gross Domestic Product|08:30|high|Advance GDP q/q;Prelim GDP q/q;Final GDP q/q
    21|H.6 Money Stock Measures|13:00|low|M2 Money Supply m/m
    180|Unemployment Insurance Weekly Claims Report|08:30|medium|Unemployment Claims
    """
}
