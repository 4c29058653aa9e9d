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

  package let profile = ProviderProfile(
    name: name, title: "Binance", baseURL: "https://data-api.binance.vision", homepage: "https://www.binance.com",
    politeness: Politeness(limit: 6000, window: 60, concurrency: 4), safety: 60,
    probe: Request(provider: name, path: "/api/v3/ping", maximumBytes: 1 << 16, timeLimit: 20))

  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .bar, series.provider == Self.name else { return [] }
    let rhythm = series.rhythm(of: .crypto, safety: profile.safety)
    guard let openings = rhythm.finalOpenings(in: want.span, at: now) else { return [] }
    return rhythm.grid.pages(of: openings, rows: Self.pageRows).map {
      BinanceAddress.klines(series.providerSymbol, series.interval, $0)
    }
  }

  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    try BinanceErrors.check(answer, symbol: request.queryValue("symbol"))
    guard let question = BinanceAddress.question(in: request) else { throw .notOurs(request) }
    return try BinanceReading(question: question, limit: BinanceAddress.limit(in: request), safety: profile.safety)
      .read(answer)
  }

  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    CandlePlaces(BinanceKline.self, in: answer.body).place(of: figure)
  }
}
