import Formats
import Market

/// Farside Investors: daily flows of US spot funds, fund by fund, as web pages in millions of dollars.
///
/// One page holds the last 14 rows, another everything. Facts from recorded pages of 2025 and 2026.
package struct Farside: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "farside"
  /// Days back that the short page is sure to hold: its 14 rows are weekdays, which span at least 18 days.
  static let recentDays = 14

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: 24 pages a day, five seconds apart, without a key.
  package let profile = ProviderProfile(
    name: name, title: "Farside Investors", baseURL: "https://farside.co.uk", homepage: "https://farside.co.uk/btc/",
    politeness: Politeness(limit: 24, window: 86_400, concurrency: 1, spacing: .seconds(5)), safety: 0,
    probe: FarsidePage.recent(of: "btc"))

  /// One page: the recent one where all that is wanted lies in its days, else the one with everything.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.dataset == .etfFlow, series.provider == Self.name,
      want.span.lowerBound <= now,
      FarsidePage.assets.keys.contains(series.providerSymbol)
    else { return [] }
    let first = want.span.lowerBound.clamped(to: Instant.representable).day
    let asset = series.providerSymbol
    return [now.day - first <= Self.recentDays ? FarsidePage.recent(of: asset) : FarsidePage.everything(of: asset)]
  }

  /// Flows of all funds of a page, in whole dollars; a firewall's page throws `ReadingError.blocked`.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    try Self.check(answer)
    guard let asset = FarsidePage.asset(in: request) else { throw .notOurs(request) }
    let series = SeriesKey(dataset: .etfFlow, provider: Self.name, providerSymbol: asset, interval: .day1)
    return try FarsideReading(
      series: series, madeAt: answer.madeAt,
      firstDay: FarsidePage.firstDay(of: request, of: asset, madeAt: answer.madeAt)
    ).read(try FarsideTable(answer.body))
  }

  /// The site sits behind a firewall that answers with pages of its own, under any status.
  private static func check(_ answer: Answer) throws(ReadingError) {
    let verdict = HTTPVerdict(answer, messageAt: [])
    if verdict.cloudflareCode != nil || isChallenge(answer) {
      throw .blocked(message: "the site's firewall answered in its place (HTTP \(answer.status))")
    }
    guard answer.status != 200 else { return }
    throw verdict.objection(symbol: nil, takesKey: false)
      ?? .refused(status: answer.status, message: verdict.message)
  }

  private static func isChallenge(_ answer: Answer) -> Bool {
    guard answer.status == 403 || answer.status == 503 else { return false }
    let start = Excerpt.of(answer.body, limit: 4096)
    return start.contains("Just a moment") || start.contains("Attention Required") || start.contains("cf-")
  }

  /// The cell of the page's table that holds a flow; `nil` where there is none.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    FarsidePlaces.place(of: figure, in: answer.body)
  }
}
