import Formats
import Market

/// FRED, the economic data of the Federal Reserve Bank of St. Louis. With a key it tells the day on which each value was
/// published, what a series measures, and when it is published next; without one the present values, as a table.
///
/// Facts from its documentation and from recorded answers; fredgraph.csv is documented nowhere.
package struct FRED: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "fred"

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: one request at a time, 0.6 s apart.
  package let profile = ProviderProfile(
    name: name, title: "FRED", baseURL: "https://api.stlouisfed.org", hosts: .named([FREDAddress.tables.name]),
    homepage: "https://fred.stlouisfed.org",
    politeness: Politeness(limit: 120, window: 60, concurrency: 1, spacing: .milliseconds(600)),
    patience: Patience(tries: 2),
    credential: Credential(
      query: "api_key", setting: "FRED_API_KEY", isRequired: false,
      page: "https://fredaccount.stlouisfed.org/apikeys"),
    safety: 0, probe: FREDAddress.table(of: "FEDFUNDS", from: Day(daysSinceEpoch: 20_454)),
    verdict: { FREDErrors.retry($0) })

  /// When the releases of what is followed are out: looked up once a week.
  package var questions: [Question] {
    [
      Question(
        provider: Self.name, name: "releases", step: .macro, every: 7 * 86_400, about: .macroRelease, needsKey: true)
    ]
  }

  /// One request for a series: with a key its values, with all vintages where they do not come daily; without one its table.
  /// Or one for each release.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    switch want.subject {
    case .question(let question):
      guard question.provider == Self.name else { return [] }
      return want.tickers.compactMap { Int($0) }.map { FREDAddress.releases(of: $0, from: now.day) }
    case .series(let key):
      guard key.provider == Self.name, key.dataset == .macroObservation, want.span.lowerBound <= now else { return [] }
      let first = want.span.lowerBound.clamped(to: FREDAddress.known).day
      guard want.isKeyed else { return [FREDAddress.table(of: key.providerSymbol, from: first)] }
      let isDaily = (want.frequency ?? .daily) == .daily
      return [FREDAddress.observations(of: key.providerSymbol, from: first, withVintages: !isDaily)]
    }
  }

  /// The values of a series, oldest first, each with the day of its publication; or the days of a release.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let question = FREDAddress.question(in: request)
    try FREDErrors.check(answer, about: question?.id)
    switch question {
    case .observations(let id, let first, let hasVintages):
      return try FREDObservations(id: id, first: first, hasVintages: hasVintages).read(answer)
    case .table(let id, let first): return try FREDTable(id: id, first: first).read(answer)
    case .releases(let number, let first): return try FREDReleases(number: number, first: first).read(answer)
    case .description, .release, nil: throw .notOurs(request)
    }
  }

  /// The value of an observation in a document, its cell in a table, or the date of a release.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    switch FREDAddress.question(in: request) {
    case .observations(_, _, let hasVintages): FREDObservations.place(of: figure, hasVintages, in: answer.body)
    case .table(let id, let first): FREDTable(id: id, first: first).place(of: figure, in: answer.body)
    case .releases: FREDReleases.place(of: figure, in: answer.body)
    case .description, .release, nil: nil
    }
  }
}
