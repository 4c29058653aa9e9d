import Formats
import Market

/// Coinbase Exchange: candles in real US dollars.
///
/// Facts from docs.cdp.coinbase.com (get-product-candles, rate limits) and recorded answers.
package struct Coinbase: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "coinbase"
  /// Rows of one answer; a wider range is refused.
  static let pageRows = 300
  static let intervals: Set<Interval> = [.minute1, .minute5, .minute15, .hour1, .day1]

  /// Without state: one is as good as another.
  package init() {}

  package let profile = ProviderProfile(
    name: name, title: "Coinbase Exchange", baseURL: "https://api.exchange.coinbase.com",
    homepage: "https://exchange.coinbase.com",
    politeness: Politeness(limit: 10, window: 1, concurrency: 3, spacing: .milliseconds(120)), safety: 60,
    probe: Request(provider: name, path: "/time", maximumBytes: 1 << 16, timeLimit: 20))

  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .bar, series.provider == Self.name,
      Self.intervals.contains(series.interval)
    else { return [] }
    let rhythm = series.rhythm(of: .crypto, safety: profile.safety)
    guard let openings = rhythm.finalOpenings(in: want.span, at: now) else { return [] }
    return rhythm.grid.pages(of: openings, rows: Self.pageRows).map {
      CoinbaseAddress.candles(series.providerSymbol, series.interval, $0)
    }
  }

  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let product = CoinbaseAddress.product(in: request)
    try CoinbaseErrors.check(answer, product: product)
    guard let question = CoinbaseAddress.question(in: request) else { throw .notOurs(request) }
    return try CoinbaseReading(question: question, safety: profile.safety).read(answer)
  }

  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    CandlePlaces(CoinbaseCandle.self, in: answer.body).place(of: figure)
  }
}
