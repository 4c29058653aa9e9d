import Formats
import Market

/// EDGAR, where companies file with the Securities and Exchange Commission of the United States: reports and notices of the
/// shares that are followed. It wants to know whom it may write to, and answers nobody else.
///
/// Facts from its documentation, from recorded answers, and from the public issues of dgunning/edgartools and kdr/overcast.
package struct SEC: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "sec"
  /// Seconds for which the list of tickers holds: new companies are listed every week, followed ones seldom are new.
  private static let listHolds: Int64 = 30 * 86_400
  /// What is filed on a day is accepted until ten in the evening in New York.
  private static let afterAcceptance: Int64 = 3 * 3600 + 600

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: twice a second, of the ten times that it allows, never without a mail address. What
  /// was filed lies at one server, the list of tickers at another.
  package let profile = ProviderProfile(
    name: name, title: "SEC EDGAR", baseURL: "https://data.sec.gov", hosts: .named([SECAddress.pages.name]),
    homepage: "https://www.sec.gov/edgar",
    politeness: Politeness(limit: 120, window: 60, concurrency: 1, spacing: .milliseconds(500)),
    credential: Credential(
      contact: "SEC_CONTACT", page: "https://www.sec.gov/os/webmaster-faq#developers"),
    answersConditionally: true, safety: 0, probe: SECAddress.submissions(of: 320_193, as: "AAPL"),
    verdict: { SECErrors.retry($0) })

  /// What the companies behind the followed shares filed: once a day, when a day's filings are in.
  package var questions: [Question] {
    [
      Question(
        provider: Self.name, name: "filings", step: .events, every: 20 * 3600, dailyFrom: Self.afterAcceptance,
        about: .eventItem, lookup: .init(SECAddress.tickers, every: Self.listHolds), repeatsItself: true)
    ]
  }

  /// A request for each share of which the list of tickers knows the filer; none where the list is not known.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let list = list(for: want) else { return [] }
    return Set(want.tickers).sorted().compactMap { ticker in
      list.filers[ticker.uppercased()].map { SECAddress.submissions(of: $0, as: ticker) }
    }
  }

  /// Shares that the list of tickers does not have: funds file under another one, companies from elsewhere nowhere.
  package func unlisted(_ want: Want) -> [String] {
    guard let list = list(for: want) else { return [] }
    return Set(want.tickers).filter { list.filers[$0.uppercased()] == nil }.sorted()
  }

  private func list(for want: Want) -> SECTickers? {
    guard case .question(let question) = want.subject, question.provider == Self.name, let told = want.lookedUp else {
      return nil
    }
    return try? SECTickers(told.body)  // Said to be good when it was read; else nobody is known.
  }

  /// What a company filed; of the list of tickers nothing, but that it is one.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    if request.target == SECAddress.tickers.target {
      try SECErrors.check(answer, about: nil)
      _ = try SECTickers(answer.body)
      return Reading([])
    }
    guard let asked = SECAddress.asked(in: request) else { throw .notOurs(request) }
    try SECErrors.check(answer, about: asked.filer)
    return try SECFilings(of: asked.filer, in: answer).reading(as: asked.ticker)
  }

  /// The cell that holds the day of a filing, or its form; of all else nothing.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    guard let asked = SECAddress.asked(in: request), figure.key.parts.count == 4,
      case .text(let accession) = figure.key.parts[3]
    else { return nil }
    return SECFilings.place(of: figure.field, of: accession, from: asked.filer, in: answer.body)
  }
}
