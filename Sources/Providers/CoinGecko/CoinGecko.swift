import Formats
import Market

/// CoinGecko: prices sampled over many exchanges, with market caps. Never bars: its candles are built from samples too.
///
/// Works without a key, slowly; a demo key only widens the limits. Facts from docs.coingecko.com and recorded answers.
package struct CoinGecko: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "coingecko"
  /// Days back that are answered without a paid key.
  static let reach = 365
  /// Days back up to which samples are hourly; further back they are daily.
  static let hourlyReach = 90

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: 5 requests a minute, 30 with a demo key, which no request needs.
  package let profile = ProviderProfile(
    name: name, title: "CoinGecko", baseURL: "https://api.coingecko.com", homepage: "https://www.coingecko.com",
    politeness: Politeness(limit: 5, window: 60, limitWithKey: 30, concurrency: 1, spacing: .seconds(12)),
    credential: Credential(header: "x-cg-demo-api-key", setting: "COINGECKO_API_KEY", isRequired: false), safety: 900,
    probe: Request(provider: name, path: "/api/v3/ping", maximumBytes: 1 << 16, timeLimit: 20))

  /// What coins are worth, once a day.
  package var questions: [Question] { [CoinGeckoCaps.question] }

  /// One request, reaching from now back to the start of what is wanted, or as far back as samples of the series'
  /// interval go: one day for `5m`, ninety for `1h`, a year for `1d`.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    if case .question(CoinGeckoCaps.question) = want.subject { return CoinGeckoCaps.requests(for: want.tickers) }
    guard let series = want.series, series.dataset == .pricePoint, series.provider == Self.name,
      let reach = CoinGeckoAddress.reach(of: series.interval),
      want.span.upperBound >= now - Int64(reach) * 86_400, want.span.lowerBound <= now
    else { return [] }
    let first = max(want.span.lowerBound, now - Int64(reach) * 86_400)
    let days = min(reach, max(1, Int((now - first + 86_399) / 86_400)))
    return [CoinGeckoAddress.marketChart(series.providerSymbol, series.interval, days: days)]
  }

  /// Samples and caps in an answer. Candles are refused, since they are made of samples.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    if let coins = CoinGeckoCaps.coins(in: request) {
      try CoinGeckoErrors.check(answer, coin: nil)
      return try CoinGeckoCaps.reading(of: answer.body, coins: coins, madeAt: answer.madeAt)
    }
    let question = CoinGeckoAddress.question(in: request)
    try CoinGeckoErrors.check(answer, coin: question?.coin)
    guard let question else { throw .notOurs(request) }
    let points: [CoinGeckoSample]
    switch question.kind {
    case .candles:
      throw .refused(
        status: answer.status, message: "candles of CoinGecko are made of samples and are not read as bars")
    case .chart: points = try CoinGeckoChart.samples(in: answer.body)
    case .markets: points = try CoinGeckoQuotes.market(of: question.coin, in: answer.body)
    case .simple: points = try CoinGeckoQuotes.simple(of: question.coin, in: answer.body)
    }
    let series = SeriesKey(
      dataset: .pricePoint, provider: Self.name, providerSymbol: question.coin, interval: question.interval)
    return try CoinGeckoReading(series: series, safety: profile.safety, days: question.days)
      .read(points, madeAt: answer.madeAt)
  }

  /// Where in an answer's JSON a sample's figure stands; `nil` where it does not.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    if CoinGeckoCaps.coins(in: request) != nil { return CoinGeckoPlaces.inMarkets(figure, answer.body) }
    return switch CoinGeckoAddress.question(in: request)?.kind {
    case .chart: CoinGeckoPlaces.inChart(figure, answer.body)
    case .markets: CoinGeckoPlaces.inMarkets(figure, answer.body)
    case .simple: CoinGeckoPlaces.inSimple(figure, answer.body)
    case .candles, nil: nil
    }
  }
}
