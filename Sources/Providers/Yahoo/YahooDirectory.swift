import Formats
import Market

/// What a symbol stands for is told by the `meta` of any chart: here of that of the last two weeks.
extension Yahoo: AssetDirectory {
  /// The chart of the last two weeks by the day.
  package func request(about symbol: String, at now: Instant) -> Request {
    YahooAddress.chart(symbol, .day1, (now - 14 * 86_400).day.start...now.day.start)
  }

  /// Kind, name, currency and exchange; a symbol without any of them and without rows is unknown.
  package func description(in answer: Answer, to request: Request) throws(ReadingError) -> ToldAsset {
    guard let question = YahooAddress.question(in: request) else { throw .notOurs(request) }
    _ = try YahooErrors.check(answer, symbol: question.symbol)
    let chart = try YahooChart(answer.body)
    try chart.checkShape(question)
    let meta = chart.meta
    return ToldAsset(
      symbol: meta.symbol ?? question.symbol, name: meta.name, assetClass: meta.assetClass, currency: meta.currency,
      exchange: meta.exchange, isAmerican: meta.zone.map { $0 == "America/New_York" } ?? true)
  }
}
