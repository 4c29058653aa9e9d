import Formats
import Market

/// Kraken: candles in real US dollars, but only the newest 720 of each interval.
///
/// Facts from docs.kraken.com (get-ohlc-data) and recorded answers.
package struct Kraken: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "kraken"
  /// Finished rows that can be had at all; whatever `since` says, nothing older is answered.
  static let reach: Int64 = 720
  static let intervals: Set<Interval> = Set(Interval.allCases)

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: once a second, without a key.
  package let profile = ProviderProfile(
    name: name, title: "Kraken", baseURL: "https://api.kraken.com", homepage: "https://www.kraken.com",
    politeness: Politeness(limit: 60, window: 60, concurrency: 1, spacing: .seconds(1)), safety: 60,
    probe: Request(provider: name, path: "/0/public/Time", maximumBytes: 1 << 16, timeLimit: 20))

  /// One request, or none if all that is wanted lies further back than Kraken reaches.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .bar, series.provider == Self.name else { return [] }
    let rhythm = series.rhythm(of: .crypto, safety: profile.safety)
    let oldest = rhythm.grid.lastOpening(notAfter: now) - (Self.reach - 1) * rhythm.grid.step
    guard let openings = rhythm.finalOpenings(in: want.span, at: now),
      openings.upperBound >= oldest
    else { return [] }
    let first = max(openings.lowerBound, oldest)
    return [KrakenAddress.ohlc(series.providerSymbol, series.interval, from: first)]
  }

  /// The bars of an answer that were over when it came, oldest first; errors come under HTTP 200 too.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let (question, payload) = try rows(in: answer, to: request)
    return try KrakenReading(question: question, safety: profile.safety).read(answer, payload)
  }

  /// The frame of an answer about candles that is no error, and what was asked.
  func rows(
    in answer: Answer, to request: Request
  ) throws(ReadingError) -> (question: KrakenAddress.Question, payload: KrakenPayload) {
    let verdict = HTTPVerdict(answer, messageAt: [])
    guard let question = KrakenAddress.question(in: request) else {
      throw verdict.objection(symbol: nil, takesKey: false) ?? .notOurs(request)
    }
    let payload: KrakenPayload
    do {
      payload = try KrakenPayload(answer.body)
    } catch {
      throw verdict.objection(symbol: nil, takesKey: false) ?? error
    }
    if let error = KrakenErrors.meaning(of: payload.errors, status: answer.status, pair: question.pair) { throw error }
    if let objection = verdict.objection(symbol: nil, takesKey: false) { throw objection }
    return (question, payload)
  }

  /// The field of the candle that holds a figure; `nil` where the answer is not Kraken's or has no such bar.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    guard let pair = (try? KrakenPayload(answer.body))?.pairs.first else { return nil }
    return CandlePlaces(
      KrakenEntry.self, in: answer.body, from: pair.offset, path: JSONPath.root.member("result").member(pair.name)
    ).place(of: figure)
  }
}
