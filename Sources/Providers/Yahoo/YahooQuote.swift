import Formats
import Market

/// What something costs now is told by the `meta` of any chart: here of that of the last two weeks, whose rows hold the
/// close of the session before.
extension Yahoo: QuoteProvider {
  /// The chart of the last two weeks by the day.
  package func quoteRequest(of symbol: String, at now: Instant) -> Request { request(about: symbol, at: now) }

  /// The market's price and its time; the close of the last session before that of the price.
  package func quote(in answer: Answer, to request: Request) throws(ReadingError) -> Quote {
    guard let question = YahooAddress.question(in: request), question.interval == .day1 else { throw .notOurs(request) }
    _ = try YahooErrors.check(answer, symbol: question.symbol)
    let chart = try YahooChart(answer.body)
    try chart.check(question)
    let reading = try YahooReading(question: question, chart: chart, madeAt: answer.madeAt)
    guard let price = chart.meta.marketPrice.map(SinglePrecision.meant),
      price > 0 || chart.meta.assetClass == .commodity
    else { throw .empty }
    let told = chart.meta.marketTime.flatMap(Int64.init(exactly:)).map(Instant.init(epochSeconds:))
    let at = told.flatMap { Instant.representable.contains($0) && $0 <= answer.madeAt ? $0 : nil } ?? answer.madeAt
    let before = reading.close(before: reading.session(at: at))
    return Quote(price: price, at: at, previousClose: before?.close, previousDay: before?.day)
  }
}
