import Market

/// What a coin costs now is the close of the day that runs, in UTC.
extension Kraken: QuoteProvider {
  /// The days around now.
  package func quoteRequest(of symbol: String, at now: Instant) -> Request {
    KrakenAddress.ohlc(symbol, .day1, from: RunningCandles.openings(at: now).lowerBound)
  }

  /// The running day's close, and the close of the day before.
  package func quote(in answer: Answer, to request: Request) throws(ReadingError) -> Quote {
    let (question, payload) = try rows(in: answer, to: request)
    guard question.interval == .day1 else { throw .notOurs(request) }
    let rows = try KrakenReading(question: question, safety: profile.safety).rows(in: payload)
    return try RunningCandles(KrakenEntry.self, in: answer.body, from: rows).quote(madeAt: answer.madeAt)
  }
}
