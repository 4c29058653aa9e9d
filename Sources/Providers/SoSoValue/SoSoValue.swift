import Formats
import Market

/// SoSoValue: flows of US spot funds in dollars, as sums over an asset's funds or fund by fund. Needs a key.
///
/// Three answers of two generations of its service are read; see `SoSoValueAddress`. Facts from its documentation only:
/// no answer of the real service was at hand.
package struct SoSoValue: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "sosovalue"
  /// Days back that the current generation answers.
  static let recentDays = 31

  /// Without state: one is as good as another.
  package init() {}

  // The base address is unconfirmed: the host is the documented one of the news endpoints. The older chart was also
  // answered at api.sosovalue.xyz.
  /// Where and how often it is asked: 20 requests a minute, three seconds apart, never without a key.
  package let profile = ProviderProfile(
    name: name, title: "SoSoValue", baseURL: "https://openapi.sosovalue.com", homepage: "https://sosovalue.com",
    politeness: Politeness(limit: 20, window: 60, concurrency: 1, spacing: .seconds(3)),
    credential: Credential(header: "x-soso-api-key", setting: "SOSOVALUE_API_KEY", isRequired: true), safety: 0,
    probe: SoSoValueAddress.summary(of: "btc", limit: 1))

  /// The sums; fund by fund instead where tickers are wanted; and the older chart besides for what lies further back than
  /// a month.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .etfFlow, series.provider == Self.name,
      want.span.lowerBound <= now, SoSoValueAddress.assets.contains(series.providerSymbol)
    else { return [] }
    let asset = series.providerSymbol
    let first = want.span.lowerBound.clamped(to: Instant.representable).day
    let days = now.day - first + 1
    let limit = min(300, max(1, days))
    let tickers = want.tickers.filter { SoSoValueAddress.asset(ofFund: $0) == asset }
    let recent =
      want.tickers.isEmpty
      ? [SoSoValueAddress.summary(of: asset, limit: limit)]
      : tickers.map { SoSoValueAddress.history(ofFund: $0, limit: limit) }
    return days > Self.recentDays ? [SoSoValueAddress.chart(of: asset)] + recent : recent
  }

  /// Flows by day in whole dollars, of each of the three kinds of answers.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    try SoSoValueErrors.check(answer, request)
    guard let question = SoSoValueAddress.question(in: request) else { throw .notOurs(request) }
    let rows = try SoSoValuePayload.rows(in: answer.body)
    return try SoSoValueReading(question: question, madeAt: answer.madeAt).read(rows)
  }

  /// Where in an answer's JSON a day's figure stands; `nil` where it does not.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    SoSoValuePlaces.place(of: figure, in: answer.body)
  }
}
