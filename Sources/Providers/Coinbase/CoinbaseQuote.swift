import Market

/// What a coin costs now is the close of the day that runs, in UTC.
extension Coinbase: QuoteProvider {
  /// The days around now.
  package func quoteRequest(of symbol: String, at now: Instant) -> Request {
    CoinbaseAddress.candles(symbol, .day1, RunningCandles.openings(at: now))
  }

  /// The running day's close, and the close of the day before.
  package func quote(in answer: Answer, to request: Request) throws(ReadingError) -> Quote {
    try CoinbaseErrors.check(answer, product: CoinbaseAddress.product(in: request))
    guard CoinbaseAddress.question(in: request)?.interval == .day1 else { throw .notOurs(request) }
    return try RunningCandles(CoinbaseCandle.self, in: answer.body).quote(madeAt: answer.madeAt)
  }
}
