import Market

/// Alpha Vantage: bars of American stocks and funds as they were traded, by the day and within it, with splits and
/// dividends on lists of their own. Needs a key; a free one asks 25 times a day and is told the newest 100 rows.
///
/// Facts from its documentation, from recorded answers, and from RomelTorres/alpha_vantage and portfoliotree/alphavantage.
package struct AlphaVantage: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "alphavantage"
  /// Rows of an answer that is not asked for in full.
  static let newestRows = 100

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: 25 requests a day, five a minute, fifteen seconds apart, never without a key.
  package let profile = ProviderProfile(
    name: name, title: "Alpha Vantage", baseURL: "https://www.alphavantage.co",
    homepage: "https://www.alphavantage.co",
    politeness: Politeness(
      windows: [.init(limit: 5, seconds: 60), .init(limit: 25, seconds: 86_400)], concurrency: 1,
      spacing: .seconds(15)),
    credential: Credential(
      query: "apikey", setting: "ALPHA_VANTAGE_API_KEY", isRequired: true,
      page: "https://www.alphavantage.co/support/#api-key"),
    safety: 4 * 3600,
    probe: Request(
      provider: name, path: "/query", query: [QueryItem("function", "MARKET_STATUS")], maximumBytes: 1 << 16,
      timeLimit: 20),
    verdict: { AlphaVantageErrors.retry($0) }, sessionTold: { AlphaVantageMarkets.isOpen(in: $0.body) })

  /// The lists of splits and of dividends of its shares, once a week: they fit its ration, and a list may be old. When all
  /// companies report, once a day; the newest articles, four times.
  package var questions: [Question] {
    [
      Question(
        provider: Self.name, name: "acts", step: .prices, every: ActionGathering.listsLast, about: .corporateAction),
      Question(provider: Self.name, name: "earnings", step: .events, every: 20 * 3600, about: .eventItem),
      Question(provider: Self.name, name: "news", step: .news, every: 6 * 3600, about: .newsItem, repeatsItself: true),
    ]
  }

  /// The newest rows where they are all that is wanted; else the whole listing, or the months that the want touches, and the
  /// newest rows before them if any of those is wanted: a free key is told no more. Or the lists of splits and of dividends.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    if let symbols = want.symbolsOfActs(at: Self.name) {
      return symbols.flatMap { symbol in AlphaVantageActs.allCases.map { AlphaVantageAddress.acts($0, of: symbol) } }
    }
    if case .question(let question) = want.subject, question.provider == Self.name {
      switch question.name {
      case "earnings": return [AlphaVantageEarnings.request]
      case "news": return [AlphaVantageNews.request]
      default: return []
      }
    }
    guard let series = want.series, series.provider == Self.name else { return [] }
    let rhythm = AlphaVantageAddress.rhythm(of: series)
    guard series.dataset == .bar, AlphaVantageAddress.name(of: series.interval) != nil,
      let openings = rhythm.finalOpenings(in: want.span, at: now)
    else { return [] }
    let newest = AlphaVantageNewest(rhythm: rhythm)
    let recent = AlphaVantageAddress.newest(of: series)
    if newest.includes(openings.lowerBound, at: now) { return [recent] }
    let all = AlphaVantageAddress.whole(of: series, openings)
    return newest.includes(openings.upperBound, at: now) ? [recent] + all : all
  }

  /// The bars of an answer that were final when it came; or the acts of a list.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let question = AlphaVantageAddress.question(in: request)
    let verdict = try AlphaVantageErrors.check(answer, question)
    if AlphaVantageEarnings.isAsked(request) {
      if verdict == .nothing { throw .empty }
      return try AlphaVantageEarnings(answer).reading()
    }
    if AlphaVantageNews.isAsked(request) {
      if verdict == .nothing { throw .empty }
      return try AlphaVantageNews(answer).reading()
    }
    guard let question else { throw .notOurs(request) }
    switch question.subject {
    case .acts(let acts):
      if verdict == .nothing {
        return Reading(series: .actions(of: question.symbol, at: Self.name), facts: .actions([]), covers: nil)
      }
      return try AlphaVantageActsReading(acts, question, answer).reading()
    case .bars(let bars):
      let frame = AlphaVantageFrame(bars, question.symbol, madeAt: answer.madeAt)
      switch verdict {
      case .data: return try AlphaVantageReading(frame: frame, question: question, body: answer.body).reading()
      case .nothing: return frame.reading(of: [], covers: bars.month == nil ? nil : frame.window)
      case .beyondPlan: return frame.reading(of: [], covers: frame.beyondNewest)
      }
    }
  }

  /// The cell of the row that holds a figure, or the act; `nil` where the answer has neither.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    guard let question = AlphaVantageAddress.question(in: request) else { return nil }
    switch question.subject {
    case .acts(let acts): return (try? AlphaVantageActsReading(acts, question, answer))?.place(of: figure)
    case .bars(let bars):
      let frame = AlphaVantageFrame(bars, question.symbol, madeAt: answer.madeAt)
      return (try? AlphaVantageReading(frame: frame, question: question, body: answer.body))?.place(of: figure)
    }
  }
}
