import Formats
import Market

/// EDGAR, where companies file with the Securities and Exchange Commission of the United States: what is asked of it, and
/// what its answers say. It wants to know whom it may write to, and answers nobody else.
///
/// Facts from its documentation, from recorded answers, and from the public issues of dgunning/edgartools and kdr/overcast.
enum SEC {
  /// Its name in settings, tables and messages.
  static let name: ProviderName = "sec"
  /// Twice a second, of the ten times that it allows.
  static let politeness = Politeness(
    limit: 120, window: 60, concurrency: 1, spacing: .milliseconds(500))

  /// The requests that tell what the companies behind some tickers filed: of two tickers of one company a single one, and
  /// none of a ticker that the list does not have.
  static func requests(for symbols: [String], knowing list: SECTickers) -> [Request] {
    Set(symbols.compactMap { list.filers[$0.uppercased()] }).sorted().map(SECAddress.submissions)
  }

  /// What a company filed, out of the answer to a request of ours.
  ///
  /// - Throws: also for the list of tickers, in which nothing was filed.
  static func filings(in answer: Answer, to request: Request) throws(ReadingError) -> SECFilings {
    guard let filer = SECAddress.filer(in: request) else { throw .notOurs(request) }
    try SECErrors.check(answer, about: filer)
    return try SECFilings(of: filer, in: answer)
  }

  /// The list of tickers, out of the answer to the request for it.
  static func tickers(in answer: Answer) throws(ReadingError) -> SECTickers {
    try SECErrors.check(answer, about: nil)
    return try SECTickers(answer.body)
  }
}
