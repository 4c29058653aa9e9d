import Market

/// What a coin costs now is the close of the day that runs, in UTC.
extension Binance: QuoteProvider {
  /// The days around now.
  package func quoteRequest(of symbol: String, at now: Instant) -> Request {
    BinanceAddress.klines(symbol, .day1, RunningCandles.openings(at: now))
  }

  /// The running day's close, and the close of the day before.
  package func quote(in answer: Answer, to request: Request) throws(ReadingError) -> Quote {
    try BinanceErrors.check(answer, symbol: request.queryValue("symbol"))
    guard BinanceAddress.question(in: request)?.interval == .day1 else { throw .notOurs(request) }
    return try RunningCandles(BinanceKline.self, in: answer.body).quote(madeAt: answer.madeAt)
  }
}
