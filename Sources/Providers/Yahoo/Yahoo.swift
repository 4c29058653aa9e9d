import Market

/// Yahoo Finance: bars of stocks, funds, futures, indices and coins, with their splits and dividends. Undocumented.
///
/// What it says is adjusted for all splits known on the day of asking, and a split restates the whole past. Facts from
/// recorded answers, and from ranaroussi/yfinance and gadicc/node-yahoo-finance2.
package struct Yahoo: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "yahoo"
  /// Seconds for which it is left alone once it says that it was asked too often; it does not say for how long itself.
  static let restAfterRefusal: Int64 = 3600

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: one request at a time, two seconds apart, without a key.
  package let profile = ProviderProfile(
    name: name, title: "Yahoo Finance", baseURL: "https://query2.finance.yahoo.com",
    hosts: .named([YahooHeadlines.host.name]), homepage: "https://finance.yahoo.com",
    politeness: Politeness(limit: 30, window: 60, concurrency: 1, spacing: .seconds(2)), safety: 900,
    probe: Request(
      provider: name, path: "/v8/finance/chart/SPY", query: [QueryItem("range", "1d"), QueryItem("interval", "1d")],
      maximumBytes: 1 << 20, timeLimit: 20),
    verdict: { answer in
      guard answer.status == 429 else { return nil }
      return .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? restAfterRefusal)
    })

  /// Headlines about the shares whose bars it is asked for, once an hour, where they are followed.
  package var questions: [Question] {
    [
      Question(
        provider: Self.name, name: "headlines", step: .news, every: 3600, about: .bar, fills: YahooHeadlines.series,
        repeatsItself: true)
    ]
  }

  /// One request for all days; within the day as many as Yahoo's pages want, and only as far as it reaches back.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    if case .question(let question) = want.subject {
      return question.provider == Self.name ? YahooHeadlines.requests(for: want.tickers) : []
    }
    guard let series = want.series, series.dataset == .bar, series.provider == Self.name,
      let page = YahooPage(of: series.interval),
      let openings = YahooAddress.rhythm(of: series).finalOpenings(in: want.span, at: now)
    else { return [] }
    return page.windows(over: openings, at: now).map {
      YahooAddress.chart(series.providerSymbol, series.interval, $0)
    }
  }

  /// The bars of a chart that were over when it came, and the splits, dividends and capital gains told beside them.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    if YahooHeadlines.isAsked(request) {
      return try YahooHeadlines.read(answer, to: request, at: profile.address(of: request))
    }
    guard let question = YahooAddress.question(in: request) else {
      _ = try YahooErrors.check(answer, symbol: nil)
      throw .notOurs(request)
    }
    guard try YahooErrors.check(answer, symbol: question.symbol) == .chart else {
      return Reading(series: question.series(at: Self.name), facts: .bars([]), covers: question.window)
    }
    let chart = try YahooChart(answer.body)
    try chart.check(question)
    return try YahooReading(question: question, chart: chart, madeAt: answer.madeAt).reading()
  }

  /// The cell of the chart that holds a figure, or the event; `nil` where the answer has neither.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    guard let question = YahooAddress.question(in: request), let chart = try? YahooChart(answer.body),
      let reading = try? YahooReading(question: question, chart: chart, madeAt: answer.madeAt)
    else { return nil }
    return YahooPlaces(reading: reading, body: answer.body).place(of: figure)
  }
}
