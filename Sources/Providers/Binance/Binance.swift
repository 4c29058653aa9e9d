import Formats
import Market

/// Binance spot, through the host that it keeps for public market data. Prices in the quote currency, mostly USDT.
///
/// Facts from binance-spot-api-docs (rest-api.md, faqs/market_data_only.md) and recorded answers.
package struct Binance: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "binance"
  /// Rows of one answer.
  static let pageRows = 1000

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: a weight of 6,000 a minute, four requests at once, without a key.
  package let profile = ProviderProfile(
    name: name, title: "Binance", baseURL: "https://data-api.binance.vision", homepage: "https://www.binance.com",
    politeness: Politeness(limit: 6000, window: 60, concurrency: 4), safety: 60,
    probe: Request(provider: name, path: "/api/v3/ping", maximumBytes: 1 << 16, timeLimit: 20))

  /// Pages of closed bars, oldest first; none for what is no series of bars of its own.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .bar, series.provider == Self.name else { return [] }
    let rhythm = series.rhythm(of: .crypto, safety: profile.safety)
    guard let openings = rhythm.finalOpenings(in: want.span, at: now) else { return [] }
    return rhythm.grid.pages(of: openings, rows: Self.pageRows).map {
      BinanceAddress.klines(series.providerSymbol, series.interval, $0)
    }
  }

  /// The bars of a page that were over when it came, oldest first.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    try BinanceErrors.check(answer, symbol: request.queryValue("symbol"))
    guard let question = BinanceAddress.question(in: request) else { throw .notOurs(request) }
    return try BinanceReading(question: question, limit: BinanceAddress.limit(in: request), safety: profile.safety)
      .read(answer)
  }

  /// The field of the candle that holds a figure; `nil` where the answer has no such bar.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    CandlePlaces(BinanceKline.self, in: answer.body).place(of: figure)
  }
}
