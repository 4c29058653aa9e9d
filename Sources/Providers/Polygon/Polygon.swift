import Formats
import Market

/// Polygon, called Massive since 2025: bars of stocks, funds, indices, currencies and coins, with the average price and the
/// number of trades of each, and the splits and dividends of a share. Needs a key; a free one asks five times a minute.
///
/// Prices and volumes are adjusted for splits, never for dividends; a split restates the whole past. Facts from the vendor's
/// specification, massive-com/client-python (.massive/rest.json) and its recorded answers.
package struct Polygon: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "polygon"
  /// Days back that a free key is answered; what lies before is asked for on its own, so that a refusal costs no more.
  static let freeReach = 730
  /// Seconds for which it is left alone once it says that it was asked too often, where it does not say for how long.
  static let restAfterRefusal: Int64 = 60

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: five requests a minute, twelve seconds apart, never without a key.
  package let profile = ProviderProfile(
    name: name, title: "Polygon", baseURL: "https://api.massive.com", homepage: "https://massive.com",
    politeness: Politeness(limit: 5, window: 60, concurrency: 1, spacing: .seconds(12)),
    credential: Credential(
      header: "authorization", prefix: "Bearer ", setting: "POLYGON_API_KEY", isRequired: true,
      page: "https://massive.com/dashboard/keys"),
    safety: PolygonTicker.safety,
    probe: Request(provider: name, path: "/v1/marketstatus/now", maximumBytes: 1 << 16, timeLimit: 20),
    verdict: { answer in
      guard answer.status == 429 else { return nil }
      return .throttled(retryAfter: RetryAfter.seconds(in: answer) ?? restAfterRefusal)
    },
    sessionTold: { answer in
      // Before and after the session it is `extended-hours`.
      JSONCursor.text(at: ["exchanges", "nyse"], in: answer.body).map { $0 == "open" }
    })

  /// The lists of splits and of dividends of its shares, once a week; the newest articles, once an hour.
  package var questions: [Question] {
    [
      Question(
        provider: Self.name, name: "acts", step: .prices, every: ActionGathering.listsLast, about: .corporateAction),
      Question(provider: Self.name, name: "news", step: .news, every: 3600, about: .newsItem, repeatsItself: true),
    ]
  }

  /// Windows of bars, of which each fits one answer, oldest first; or the lists of splits and of dividends.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    if let symbols = want.symbolsOfActs(at: Self.name) {
      return symbols.map(PolygonTicker.init).filter(\.hasActs).flatMap { ticker in
        PolygonActs.allCases.map { PolygonAddress.acts($0, of: ticker.symbol) }
      }
    }
    if case .question(let question) = want.subject {
      return question.provider == Self.name && question.name == "news" ? [PolygonNews.request] : []
    }
    guard let series = want.series, series.provider == Self.name else { return [] }
    let ticker = PolygonTicker(series.providerSymbol)
    guard series.dataset == .bar, let span = PolygonSpan(of: series.interval),
      let openings = ticker.rhythm(of: series).finalOpenings(in: want.span, at: now)
    else { return [] }
    return span.windows(over: openings, of: ticker, at: now).map { PolygonAddress.bars(ticker.symbol, span, $0) }
  }

  /// The bars of a window that were final when it came, with what is told of their trades; or the acts of a list.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let question = PolygonAddress.question(in: request)
    let verdict = try PolygonErrors.check(answer, question)
    if PolygonNews.isAsked(request) { return try PolygonNews(answer).reading() }
    switch question {
    case nil: throw .notOurs(request)
    case .bars(let candles) where verdict == .beyondPlan:
      return Reading(series: candles.series(at: Self.name), facts: .bars([]), covers: candles.window)
    case .bars(let candles):
      return try PolygonReading(question: candles, madeAt: answer.madeAt, body: answer.body).reading()
    case .acts(let acts, let symbol):
      return try PolygonActsReading(acts: acts, symbol: symbol, madeAt: answer.madeAt, body: answer.body).reading()
    }
  }

  /// The member of the row that holds a figure, or the act; `nil` where the answer has neither.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    switch PolygonAddress.question(in: request) {
    case nil: nil
    case .bars(let candles):
      (try? PolygonReading(question: candles, madeAt: answer.madeAt, body: answer.body))?.place(of: figure)
    case .acts(let acts, let symbol):
      (try? PolygonActsReading(acts: acts, symbol: symbol, madeAt: answer.madeAt, body: answer.body))?.place(of: figure)
    }
  }
}
